"""Which body a written name means, whatever the abbreviations, accents and former places."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz

from doithoai.dialogues.sheets.folding import even_tones, fold

ENOUGH = 88.0
_WORD_ENOUGH = 75.0
_CLOSE = 3.0
_WORTH_SHOWING = 60.0


@dataclass(frozen=True)
class Candidate:
    """A body that may be meant, its other names, and the places it serves and served."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    former_places: tuple[str, ...] = ()


class How(StrEnum):
    """In what way a name was recognised."""

    EXACT = "exact"
    ALIAS = "alias"
    FORMER = "former"
    PLACE = "place"
    FUZZY = "fuzzy"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


@dataclass(frozen=True)
class Match:
    """The body meant, or none with the nearest ones; the score runs from 0 to 100."""

    id: str | None
    score: float
    how: How
    alternatives: tuple[str, ...] = ()


_EXPANSIONS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"\bban thuong truc (?=ub|uy ban|mttq|mat tran)", ""),
        (
            r"\b(?:ub ?|uy ban )?mttq(?: ?vn| viet nam)?\b|"
            r"\b(?:uy ban )?mat tran to quoc(?: viet nam)?\b|^mat tran\b(?! to quoc)",
            "uy ban mat tran to quoc",
        ),
        (r"\bubnd\b|\bub nhan dan\b|\buy ban nd\b", "uy ban nhan dan"),
        (r"\bhdnd\b|\bhoi dong nd\b", "hoi dong nhan dan"),
        (
            r"\b(?:tt|t tam|trung tam) ?(?:pv ?|phuc vu )?(?:hcc|hanh chinh cong)\b|"
            r"\bbo phan (?:mot|1) cua\b",
            "trung tam phuc vu hanh chinh cong",
        ),
        (r"\bnn ?(?:va )?mt\b|\bnong nghiep (?:va )?mt\b", "nong nghiep va moi truong"),
        (r"\bgd ?(?:va )?dt\b", "giao duc va dao tao"),
        (r"\bkh ?(?:va )?cn\b", "khoa hoc va cong nghe"),
        (r"\bvh ?tt ?(?:va )?dl\b", "van hoa the thao va du lich"),
        (r"\bvh ?xh\b", "van hoa xa hoi"),
        (r"\bso gtvt\b", "so giao thong van tai"),
        (r"\bso xd\b", "so xay dung"),
        (r"\bso tc\b", "so tai chinh"),
        (r"\bso nv\b", "so noi vu"),
        (r"\bso yt\b", "so y te"),
        (r"\bso tp\b", "so tu phap"),
        (r"\bso ct\b", "so cong thuong"),
        (r"^ca\b", "cong an"),
        (r"^p\b", "phong"),
        (r"\bphong kt\b", "phong kinh te"),
        (r"\bbqlda\b|\bbql da\b|\bban qlda\b|\bban ql da\b", "ban quan ly du an"),
        (r"\bbql\b|\bban ql\b", "ban quan ly"),
        (r"\bkkt\b", "khu kinh te"),
        (r"\bcty\b|\bc ty\b", "cong ty"),
        (r"\btnhh(?: mtv)?\b|\bcong ty (?:co phan|cp)\b", "cong ty"),
        (r"\bcong ty cong ty\b", "cong ty"),
        (r"\bbhxh\b", "bao hiem xa hoi"),
        (r"\bnhcsxh\b|\bngan hang csxh\b|\bnh csxh\b", "ngan hang chinh sach xa hoi"),
        (r"\btyt\b", "tram y te"),
        (r"\b(?:ttyt|tt y te)\b", "trung tam y te"),
        (r"\bcdc\b|\b(?:tt|trung tam) ?ksbt\b", "trung tam kiem soat benh tat"),
        (r"\bvp\b", "van phong"),
        (r"\bvpdkdd\b|\bvan phong dkdd\b", "van phong dang ky dat dai"),
        (r"\bbch ?qs\b|\bban chqs\b", "ban chi huy quan su"),
        (r"\bqltt\b", "quan ly thi truong"),
        (r"\bhtx\b", "hop tac xa"),
        (r"\b(?:hlhpn|hoi lhpn|hoi phu nu)\b", "hoi lien hiep phu nu"),
        (r"\bhccb\b|\bhoi ccb\b", "hoi cuu chien binh"),
        (r"\bhnd\b|\bhoi nd\b", "hoi nong dan"),
        (r"\b(?:dtn|doan tn|doan tncs)\b", "doan thanh nien"),
        (r"\btdp\b", "to dan pho"),
        (r"\btt\b", "trung tam"),
        (r" \bcu$", ""),
        (r"\bva\b", " "),
    )
)  # fmt: skip
_UPPER_PLACE = re.compile(
    r"^(.*\b(?:xa(?! hoi)|phuong|thi tran) .+?) (?:huyen|thi xa|thanh pho|tinh) .+$"
)
_KIND = re.compile(r"^(xa|phuong|thi tran|thi xa|huyen|tinh|thanh pho|thon|xom|to dan pho)\b")

_KIND_WORDS = frozenset({"xa", "phuong", "huyen", "tinh", "thon", "xom"})


@lru_cache(maxsize=50_000)
def spelled_out(name: str) -> str:
    """The name in folded words without abbreviations and without "và"."""
    words = fold(name)
    for pattern, whole in _EXPANSIONS:
        words = pattern.sub(whole, words)
    return " ".join(words.split())


@dataclass(frozen=True)
class _Forms:
    """Every way a candidate may be written, by how it is recognised."""

    accented: frozenset[str]
    exact: frozenset[str]
    alias: frozenset[str]
    former: frozenset[str]
    place: frozenset[str]


@lru_cache(maxsize=50_000)
def _forms(candidate: Candidate) -> _Forms:
    places = tuple(map(spelled_out, candidate.places))
    former = tuple(map(spelled_out, candidate.former_places))
    names = [spelled_out(name) for name in (candidate.name, *candidate.aliases)]
    bases = frozenset(_base(name, (*places, *former)) for name in names)
    kinds = {kind.group() for place in places if (kind := _KIND.match(place))}
    return _Forms(
        accented=frozenset({even_tones(candidate.name)}),
        exact=frozenset(names[:1]),
        alias=frozenset(names[1:]) | _with_places(bases, places),
        former=_with_places(bases, former),
        place=bases | {f"{base} {kind}" for base in bases for kind in kinds},
    )


def _with_places(bases: frozenset[str], places: tuple[str, ...]) -> frozenset[str]:
    written = [*places, *(_KIND.sub("", place).strip() for place in places)]
    return frozenset(f"{base} {place}" for base in bases for place in written if place)


def _base(name: str, places: tuple[str, ...]) -> str:
    """The name without the place at its end; a village, being its place, keeps its name."""
    for place in sorted(places, key=len, reverse=True):
        for written in (place, _KIND.sub("", place).strip()):
            if (
                written
                and name.endswith(f" {written}")
                and not _KIND.fullmatch(name.removesuffix(written).strip())
            ):
                return name.removesuffix(written).strip()
    return name


_LADDER: tuple[tuple[How, float, Callable[[_Forms], frozenset[str]]], ...] = (
    (How.EXACT, 100.0, lambda forms: forms.exact),
    (How.ALIAS, 99.0, lambda forms: forms.alias),
    (How.FORMER, 97.0, lambda forms: forms.former),
    (How.PLACE, 96.0, lambda forms: forms.place),
)


def match(name: str, candidates: Sequence[Candidate], *, home: str = "") -> Match:
    """The one candidate a name means; several, or none as alike as 88, is nobody.

    `home` is the place ("xã Cẩm Lạc") whose bodies are meant where a name leaves the place out.
    """
    written = even_tones(name)
    same = [candidate for candidate in candidates if written in _forms(candidate).accented]
    if len(same) == 1:
        return Match(same[0].id, 100.0, How.EXACT)
    words = spelled_out(name)
    shorter = _UPPER_PLACE.sub(r"\1", words)
    for form in dict.fromkeys((words, shorter)):
        if found := _exactly(form, candidates, home):
            return found
    return _alike(shorter, candidates)


def _exactly(words: str, candidates: Sequence[Candidate], home: str) -> Match | None:
    for how, score, forms_of in _LADDER:
        found = [candidate for candidate in candidates if words in forms_of(_forms(candidate))]
        if not found:
            continue
        chosen = found if len(found) == 1 else _at_home(found, home)
        if len(chosen) == 1:
            return Match(chosen[0].id, score, how)
        return Match(None, score, How.AMBIGUOUS, tuple(candidate.id for candidate in found))
    return None


def _at_home(found: list[Candidate], home: str) -> list[Candidate]:
    place = spelled_out(home)
    return [candidate for candidate in found if place in map(spelled_out, candidate.places)]


def _alike(words: str, candidates: Sequence[Candidate]) -> Match:
    scored = sorted(
        ((_likeness(words, candidate), candidate.id) for candidate in candidates),
        key=lambda pair: -pair[0],
    )
    near = tuple(found for score, found in scored[:3] if score >= _WORTH_SHOWING)
    misspelt = ((_misspelt(words, candidate), candidate.id) for candidate in candidates)
    good = [(score, found) for score, found in misspelt if score >= ENOUGH]
    good.sort(key=lambda pair: -pair[0])
    if not good:
        return Match(None, scored[0][0] if scored else 0.0, How.NONE, near)
    if len(good) > 1 and good[0][0] - good[1][0] < _CLOSE:
        return Match(None, good[0][0], How.AMBIGUOUS, tuple(found for _score, found in good))
    best, chosen = good[0]
    return Match(chosen, best, How.FUZZY, tuple(found for found in near if found != chosen))


def _written_forms(candidate: Candidate) -> frozenset[str]:
    forms = _forms(candidate)
    return forms.exact | forms.alias | forms.former | forms.place


def _likeness(words: str, candidate: Candidate) -> float:
    return max(fuzz.ratio(words, form) for form in _written_forms(candidate))


def _misspelt(words: str, candidate: Candidate) -> float:
    """How well the name is the candidate's with slips of the pen, 0 where a word is another word.

    "Nam Hà Tĩnh" and "Bắc Hà Tĩnh" are alike as strings but are two names, so every word must have
    its own partner and numbers must be equal.
    """
    return max(_same_words(words, form) for form in _written_forms(candidate))


def _same_words(words: str, form: str) -> float:
    if words.replace(" ", "") == form.replace(" ", ""):
        return 99.0
    left, right = words.split(), form.split()
    if len(left) != len(right):
        return 0.0
    ends = _place_begins(right)
    pairs = zip(left, right, strict=True)
    if all(
        one == other or (at < ends and _slip(one, other)) for at, (one, other) in enumerate(pairs)
    ):
        return fuzz.ratio(words, form)
    return 0.0


def _place_begins(form: list[str]) -> int:
    """From where on a name is a place, which must be written right: Cẩm Minh is not Cẩm Bình."""
    for at, word in enumerate(form):
        after = form[at + 1] if at + 1 < len(form) else ""
        if word in _KIND_WORDS and after != "hoi" and form[at - 1 : at] != ["tac"]:
            return at
    return len(form)


def _slip(one: str, other: str) -> bool:
    """Two spellings of one word; among short words nearly every slip makes another word."""
    long_enough = min(len(one), len(other)) >= 4 and not (one + other).isdigit()
    return long_enough and fuzz.ratio(one, other) >= _WORD_ENOUGH
