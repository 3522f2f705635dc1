"""What stored codes are called on officials' pages."""

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from doithoai.units.territory import country


def channel(code: str) -> str:
    """By which way a statement came in."""
    words = {
        "hall": _("taken down in the hall"),
        "import": _("from the clerk's sheet"),
        "web": _("sent on the web"),
        "counter": _("taken down at the counter"),
        "telephone": _("by telephone"),
        "letter": _("by letter"),
        "sms": _("by SMS"),
    }
    return words.get(code, code)


def occasion(code: str) -> str:
    """On which occasion it was said."""
    words = {
        "dialogue": _("at a dialogue"),
        "voter_meeting": _("at a voter meeting"),
        "reception": _("at a reception of citizens"),
        "letter": _("in a letter"),
        "front": _("through the Fatherland Front"),
        "press": _("in the press"),
        "web": _("on the web"),
        "telephone": _("by telephone"),
        "counter": _("at the counter"),
    }
    return words.get(code, code)


def how(code: str) -> str:
    """How the person's word reached us."""
    words = {
        "web": pgettext("how heard", "on the web"),
        "sms": pgettext("how heard", "by SMS"),
        "telephone": pgettext("how heard", "by telephone"),
        "counter": pgettext("how heard", "at the counter"),
        "slip": pgettext("how heard", "on a signed slip"),
    }
    return words.get(code, code)


def who(code: str) -> str:
    """Who spoke."""
    words = {
        "person": pgettext("who spoke", "One person"),
        "group": pgettext("who spoke", "A group of people"),
        "village": pgettext("who spoke", "People of a village"),
        "organisation": pgettext("who spoke", "An organisation"),
    }
    return words.get(code, code)


def procedure(code: str) -> str:
    """What it looks like when it is not a recommendation."""
    words = {
        "none": _("No: a recommendation or a reflection"),
        "complaint": _("Looks like a complaint"),
        "denunciation": _("Looks like a denunciation"),
        "conduct": _("About an official's conduct"),
        "dispute": _("A dispute between neighbours"),
    }
    return words.get(code, code)


def withheld(code: str) -> str:
    """Why it is not published."""
    words = {
        "private_life": _("It is about private life"),
        "no_consent": _("The person did not agree"),
        "secret": _("It touches a secret"),
        "third_person": _("It is about a third person"),
        "other": _("Another reason"),
    }
    return words.get(code, code)


def language() -> str:
    """The reader's language, as country packs name it."""
    return (get_language() or "vi")[:2]


def petition_kind(code: str) -> str:
    """What a petition is: the country pack's words."""
    named = country().petition_kinds.get(code)
    return named.label(language()) if named else code


def ground(code: str) -> str:
    """A legal ground in words, with its article."""
    found = country().ground(code)
    return f"{found.label(language())} ({found.basis})" if found else code


def instance(code: str) -> str:
    """Which settlement a complaint asks for."""
    words = {
        "first": _("First complaint"),
        "second": _("Second complaint"),
        "disciplinary": _("Complaint against a disciplinary decision"),
    }
    return words.get(code, code)


def competence(code: str) -> str:
    """Whose competence it is."""
    words = {"own": _("Ours"), "other": _("Another body's")}
    return words.get(code, code)


def arrived_by(code: str) -> str:
    """How a petition came in."""
    words = {
        "in_person": _("handed in"),
        "post": _("by post"),
        "box": _("in the letter box"),
        "web": _("on the web"),
        "telephone": _("by telephone"),
        "transferred": _("transferred by another body"),
        "reception": _("at a reception of citizens"),
    }
    return words.get(code, code)


def forwarder(code: str) -> str:
    """Who passed a petition on."""
    words = {
        "none": _("nobody"),
        "deputy": _("a deputy"),
        "council": _("the People's Council"),
        "reception_board": _("the reception board"),
        "front": _("the Fatherland Front"),
        "press": _("the press"),
        "agency": _("another agency"),
        "party": _("a Party body"),
    }
    return words.get(code, code)


def complexity(code: str) -> str:
    """How complex a matter was found to be, in writing."""
    words = {
        "normal": _("Not complex"),
        "complex": _("Complex"),
        "special": _("Specially complex"),
    }
    return words.get(code, code)


def relation(code: str) -> str:
    """What an official is to a party."""
    words = {
        "spouse": _("husband or wife"),
        "parent": _("father or mother"),
        "child": _("child"),
        "sibling": _("brother or sister"),
        "kin": _("other close kin"),
        "colleague": _("former colleague or superior"),
        "interest": _("somebody with an interest of their own in it"),
    }
    return words.get(code, code)


def side(code: str) -> str:
    """A side of a petition."""
    words = {"sender": _("whoever sent the petition"), "respondent": _("whom it is about")}
    return words.get(code, code)
