"""Who spoke, guessed from what the clerk wrote about them."""

import re
from dataclasses import dataclass
from enum import StrEnum

from doithoai.dialogues.sheets.folding import plain


class Who(StrEnum):
    """What kind of speaker it is."""

    PERSON = "person"
    GROUP = "group"
    ORGANISATION = "organisation"
    VILLAGE = "village"


@dataclass(frozen=True)
class Speaker:
    """A speaker as written (`raw`) and as guessed, with the numbers of people named."""

    raw: str = ""
    who: Who | None = None
    honorific: str = ""
    name: str = ""
    place: str = ""
    people: int | None = None
    households: int | None = None


NOBODY = Speaker()

_PLACE = re.compile(
    r"(?:\b(?:thôn|thon|xóm|xom|tổ dân phố|to dan pho|tdp|khối phố|khối|khu phố|khu dân cư|"
    r"bản|ấp|buôn|làng)\s+"
    r"|\btổ\s+(?=\d))(?!trưởng\b|các\b|cac\b)[^,;()\n]+",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"^(?P<honorific>ông|bà(?!\s+con\b)|ong|anh|chị(?!\s+em\b)|cụ|cháu|em|bác|cô|chú|đ/c|"
    r"đồng chí)\s+(?:\(bà\)\s*)?(?P<name>[^,;()]+)",
    re.IGNORECASE,
)
_AND_OTHERS = re.compile(
    r"\s+(?:và|va|cùng|cung)\s+(?=.*\d|.*(?:các|những|nhiều|một số))", re.IGNORECASE
)
_HOUSEHOLDS = re.compile(r"\b(\d{1,5})\s*(?:ho|gia dinh)\b")
_PEOPLE = re.compile(r"\b(\d{1,5})\s*(?:nguoi|cong dan|cu tri|y kien|ca nhan|ba con|tieu thuong)\b")
_VILLAGE = re.compile(
    r"^(?:(?:nhan dan|nguoi dan|cu tri|ba con|dan|tap the|can bo va nhan dan)\s+)?"
    r"(?:thon|xom|to dan pho|tdp|khoi pho|khoi|khu pho|khu dan cu|ban|ap|buon|lang|"
    r"to(?=\s+\d))\s+\S"
)
_VILLAGE_HEAD = re.compile(r"^(?:truong (?:thon|ban|xom)|to truong|bi thu chi bo)\b")
_ORGANISATION = re.compile(
    r"^(?:hoi|doan|hop tac xa|htx|cong ty|cty|doanh nghiep|truong (?!thon|ban|xom)|tram|"
    r"chi bo|chi hoi|ban|to|uy ban|ubnd|mttq|"
    r"cau lac bo|clb|nha may|trung tam|giao xu|giao ho|chua|lien doan|cong doan|mat tran|benh vien|"
    r"phong|so|quy|hiep hoi|chi doan|van phong)\b"
)
_GROUP = re.compile(
    r"\b(?:nhan dan|nguoi dan|cac|nhung|nhieu|mot so|tap the|thanh nien|phu nu|tieu thuong|"
    r"cu tri|ba con)\b"
)
_NAME = re.compile(r"^(?:[^\W\d_]+\.?\s+){1,4}[^\W\d_]+\.?$")


def guess(raw: str, place: str = "") -> Speaker:
    """The speaker behind a cell, and behind the cell for the place where the sheet has one."""
    if not raw and not place:
        return NOBODY
    found = _PLACE.search(raw)
    where = place or (_place(found.group()) if found else "")
    words = plain(raw)
    honorific, name = _person(raw)
    people, households = _count(_PEOPLE, words), _count(_HOUSEHOLDS, words)
    who = _kind(raw, words, named=bool(name), several=bool(people or households))
    if who is None and _NAME.match(raw) and raw.istitle():
        who, name = Who.PERSON, raw
    return Speaker(raw, who, honorific, name, where, people, households)


def names_village(place: str) -> bool:
    """Whether words about a place name a village, and not only an address or a commune."""
    return _PLACE.search(place) is not None


def _place(text: str) -> str:
    """With the kind of place in lower case, as it stands inside a sentence."""
    text = text.strip(" .-–")
    return text[:1].lower() + text[1:]


def _person(raw: str) -> tuple[str, str]:
    found = _PERSON.match(raw)
    if not found:
        return "", ""
    alone = _AND_OTHERS.split(found["name"])[0]
    place = _PLACE.search(alone)
    name = alone[: place.start()] if place else alone
    return found["honorific"], name.strip(" -–")


def _count(pattern: re.Pattern[str], words: str) -> int | None:
    found = pattern.search(words)
    return int(found.group(1)) if found else None


def _kind(raw: str, words: str, *, named: bool, several: bool) -> Who | None:
    if named:
        return Who.GROUP if several or _AND_OTHERS.search(raw) else Who.PERSON
    if several or "cac " in words:
        return Who.GROUP
    if _VILLAGE_HEAD.match(words):
        return Who.PERSON
    if _VILLAGE.match(words):
        return Who.VILLAGE
    if _ORGANISATION.match(words):
        return Who.ORGANISATION
    return Who.GROUP if _GROUP.search(words) else None
