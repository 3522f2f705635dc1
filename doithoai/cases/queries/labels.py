"""What stored codes are called on officials' pages."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


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
