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


def written() -> str:
    """The whole document."""
    return INTRODUCTION + "".join(_row(form) for form in forms())


def _row(form: Form) -> str:
    wording = "official" if form.found else "ours"
    signed = " / ".join(form.sides) if form.sides else "head of the body"
    number = form.number or "none found"
    return (
        f"| {form.vi} ({form.en}) | {number} | {wording} | {form.certainty} | {form.source} "
        f"| {signed} |\n"
    )
