"""A body's text put into a form that is being filled in, without a script: the form comes back
with the text at the end of what was typed.
"""

from uuid import UUID

from django.utils.datastructures import MultiValueDict

from doithoai.files.form_queries import paragraphs


def appended(
    posted: MultiValueDict[str, str], field: str, *, body: UUID, code: str
) -> MultiValueDict[str, str]:
    """What was typed, with the text chosen under ``paragraph`` after what stands in ``field``."""
    typed = MultiValueDict({name: posted.getlist(name) for name in posted})
    wanted = posted.get("paragraph", "")
    if "insert" not in posted or not wanted:
        return typed
    found = next((p for p in paragraphs(body, code=code) if str(p.series) == wanted), None)
    if found is not None:
        before = typed.get(field, "").rstrip()
        typed[field] = f"{before}\n{found.text}" if before else found.text
    return typed
