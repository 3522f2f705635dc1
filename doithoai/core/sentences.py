"""A sentence kept as what it is, its message and its facts, and told in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext

Fact = str | int


@dataclass(frozen=True)
class Sentence:
    """A message of the catalogues and the facts it names; ``str()`` says it as it is read now."""

    message: str
    params: Mapping[str, Fact] = field(default_factory=dict)

    def __str__(self) -> str:
        told = gettext(self.message)
        return told % self.params if self.params else told

    def kept(self) -> dict[str, object]:
        """What is stored of it, in JSON."""
        return {"message": self.message, "params": dict(self.params)}


def told(kept: str | Mapping[str, object]) -> str:
    """A stored sentence in the reader's language; one stored as words stays as it was written."""
    if isinstance(kept, str):
        return kept
    message, params = kept.get("message", ""), kept.get("params", {})
    assert isinstance(params, dict), "kept() stores its facts by name"
    return str(Sentence(str(message), params))
