"""docs/forms.md: every form of papers, its official number, its source and how sure that is."""

from doithoai.files.wordings import Form, forms

INTRODUCTION = """# Forms of papers

Generated from `doithoai/files/wordings/forms.toml` by `make docs`; do not edit.

Papers are drafted in Word in the layout of the body that signs (State: Decree 30/2020/NĐ-CP; Party:
Regulation 399-QĐ/TW; Front) and printed as PDF; number and date are the document clerk's. An
administrator puts another Word template in place under *Biểu mẫu văn bản* (`/desk/forms/`); each
version is kept, and each draft records which one made it.

Certainty is of the form's name, number and legal source: A read word for word · B secondary source
· C not checked. Numbers of the XLD list follow the order in which the names were found. **The
official wording was found for none marked "ours"**: the text is our own and carries the facts the
act asks for. Before use, replace it by the annex of the act.

The register of reception, form 03/TCD, is a page of its own, not a draft.

| form | official number | wording | certainty | source | signed by |
|---|---|---|---|---|---|
"""


# Named in the same lists (Circulars 04/2021 and 05/2021/TT-TTCP, Decrees 31/2019 and 124/2020), for
# steps after acceptance.
LATER = """
## Not here yet

These forms of the same lists belong to the steps after acceptance and come with the settlement of
complaints and denunciations:

- Quyết định giao xác minh nội dung khiếu nại (Decision to assign the verification of a complaint)
- Quyết định xác minh nội dung tố cáo, thay đổi thành viên Tổ xác minh (Decisions on verification)
- Quyết định, văn bản về áp dụng hoặc không áp dụng biện pháp bảo vệ (Decision on protection)
- Biên bản đối thoại, báo cáo xác minh, quyết định giải quyết, kết luận nội dung tố cáo (Dialogue,
  verification report, decision, conclusion)

*Đơn yêu cầu bảo vệ* is the person's own paper: it is printed with the body's head of paper like the
others, to be filled in at the desk. Of the second form called *Biên bản tiếp công dân* only the
name was found; ours is that of a head's session, with room for what the members say.
"""


def written() -> str:
    """The whole document."""
    return INTRODUCTION + "".join(_row(form) for form in forms()) + LATER


def _row(form: Form) -> str:
    wording = "official" if form.found else "ours"
    signed = " / ".join(form.sides) if form.sides else "head of the body"
    number = form.number or "none found"
    return (
        f"| {form.vi} ({form.en}) | {number} | {wording} | {form.certainty} | {form.source} "
        f"| {signed} |\n"
    )
