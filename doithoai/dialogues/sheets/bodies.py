"""Names of bodies in one cell, taken apart; "và" and commas inside a name stay."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from doithoai.dialogues.sheets.folding import plain

# A name begins with one of these; "Phòng, chống thiên tai" is the middle of one.
_HEAD = re.compile(
    r"(?:ubnd|hdnd|ubmttq|ub|uy ban|hoi dong|mttq|mat tran|dang uy|huyen uy|tinh uy|chi bo|"
    r"chi uy|so|bo|cuc|chi cuc|chi nhanh|tong cuc|"
    r"phong(?!\s*,|\s+chong|\s+chay|\s+ve)|p\.|ban(?!\s+hanh)|bql\w*|bch\w*|cong an|ca|"
    r"cong ty|cty|tong cong ty|tap doan|trung tam|tt|tram|tyt|"
    r"ngan hang|nhcsxh|bao hiem xa hoi|bhxh|bao hiem y te|vien|vien kiem sat|toa an|thanh tra|"
    r"doi|to(?!\s+(?:chuc|giac))|"
    r"hoi(?!\s+nhap)|doan|lien doan|truong|benh vien|kho bac|thue|hai quan|kiem lam|"
    r"quan ly thi truong|hop tac xa|htx|"
    r"thon|xom|to dan pho|khoi|van phong|vp|viettel|vnpt|mobifone|dien luc|buu dien|nha may|"
    r"doanh nghiep|chu tich|truong thon|bi thu)\b"
)
_ALWAYS = re.compile(r"\s*[;|]\s*|\s+\+\s+")
_PERHAPS = re.compile(r"\s*,\s*(?:và\s+|va\s+)?|\s+(?:và|va|&)\s+|\s*/\s*", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-–•*+]|\d{1,2}[.)])\s+")
_ROLE = re.compile(
    r"^\s*(?P<role>(?:cơ quan |đơn vị )?(?:chủ trì|phối hợp|chu tri|phoi hop))\s*(?:với\s*)?:\s*",
    re.IGNORECASE,
)
_COUNCIL_END = re.compile(r"(?:^|\s)(?:hdnd|hoi dong nhan dan)$")
_COMMITTEE_START = re.compile(r"^(?:ubnd|uy ban nhan dan)\b")
_OUTSIDE = re.compile(
    r"(?:ngoài|không thuộc|ngoai|khong thuoc|vượt|vuot)\s+(?:thẩm quyền|"
    r"tham quyen)(?:\s+(?:giải quyết|của xã|cấp xã|xã))*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Assigned:
    """Who leads and who coordinates, as written, or that the matter is out of competence."""

    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    out_of_competence: bool = False


def assigned(lead: Iterable[str], coordinating: Iterable[str]) -> Assigned:
    """Read the lines of the two cells; "Phối hợp: …" inside the first counts for the second.

    Of several names in the first cell the first one leads, the others coordinate.
    """
    lead_lines = list(lead)
    outside = any(_OUTSIDE.search(line) for line in lead_lines)
    kept = [_OUTSIDE.sub("", line) for line in lead_lines]
    leading: list[str] = []
    helping: list[str] = []
    for name, helps in _with_roles(names(kept)):
        (helping if helps else leading).append(name)
    helping += [name for name, _helps in _with_roles(names(coordinating))]
    others = dict.fromkeys([*leading[1:], *helping])
    return Assigned(tuple(leading[:1]), tuple(others), outside)


def names(lines: Iterable[str]) -> tuple[str, ...]:
    """The names in the lines of one cell, in order, each once."""
    found = [_bare(name) for whole in _whole_lines(lines) for name in _split(whole)]
    return tuple(dict.fromkeys(name for name in found if re.search(r"\w", name)))


def _with_roles(found: Iterable[str]) -> list[tuple[str, bool]]:
    """Each name without its role, and whether it coordinates; a role holds until the next one."""
    helps = False
    told = []
    for name in found:
        role = _ROLE.match(name)
        if role:
            helps = "hop" in plain(role["role"])
        rest = name[role.end() :] if role else name
        if rest:
            told.append((rest, helps))
    return told


def _whole_lines(lines: Iterable[str]) -> list[str]:
    """A line that begins no name continues the one above: the clerk broke it to fit the column."""
    whole: list[str] = []
    for line in lines:
        begins = _BULLET.match(line) or _ROLE.match(line) or _HEAD.match(plain(line))
        if whole and not begins:
            whole[-1] = f"{whole[-1]} {line}"
        else:
            whole.append(_BULLET.sub("", line))
    return whole


def _split(text: str) -> list[str]:
    parts: list[str] = []
    for part in _ALWAYS.split(text):
        parts += _split_perhaps(part)
    return parts


def _split_perhaps(text: str) -> list[str]:
    parts: list[str] = []
    begins = 0
    for gap in _PERHAPS.finditer(text):
        left, right = text[begins : gap.start()], text[gap.end() :]
        if _may_part(plain(left), plain(right)):
            parts.append(left)
            begins = gap.end()
    return [*parts, text[begins:]]


def _may_part(left: str, right: str) -> bool:
    """Both sides must be names of their own; "HĐND và UBND" is the name of one office."""
    if _COUNCIL_END.search(left) and _COMMITTEE_START.match(right):
        return False
    return bool(_HEAD.match(_ROLE.sub("", left)) and (_HEAD.match(right) or _ROLE.match(right)))


def _bare(name: str) -> str:
    name = name.strip(" .,;:-–")
    if name.startswith("(") and name.endswith(")"):
        return name[1:-1].strip()
    return name
