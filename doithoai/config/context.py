"""What every page is framed with: links, navigation, who is acting."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from doithoai.accounts.actors import Official
from doithoai.config.ways import way_back
from doithoai.theme.components import NavigationLink

NAVIGATION = (
    ("direct", gettext_noop("To be directed"), "home.direct"),
    ("inbox", gettext_noop("To be handled"), "docket.inbox"),
    ("cases", gettext_noop("Recommendations"), "cases.read"),
    ("dialogues_desk", gettext_noop("Dialogues"), "dialogues.read"),
    ("reception_desk", gettext_noop("Citizen reception"), "reception.read"),
    ("petitions", gettext_noop("Petitions and letters"), "cases.read"),
    ("sealed", gettext_noop("Sealed items"), "docket.unseal"),
    ("late", gettext_noop("Supervision"), "supervision.read"),
    ("reports", gettext_noop("Reports"), "reports.read"),
    ("units", gettext_noop("Administration"), "units.edit"),
    ("rules", gettext_noop("Rules to be adopted"), "docket.adopt"),
    ("forms", gettext_noop("Forms of papers"), "docket.adopt"),
    ("people", gettext_noop("People and posts"), "accounts.manage"),
    ("people", gettext_noop("People and posts"), "accounts.manage_place"),
)
OFFICIALS = ("/desk/", "/account/")  # their own account has the same navigation
LINKS = (
    "home",
    "submit",
    "follow",
    "denounce",
    "dialogues",
    "reception_days",
    "deadlines",
    "visibility",
    "inbox",
    "search",
    "posts",
)


def frame(request: HttpRequest) -> dict[str, object]:
    """Context of the layouts."""
    links = _links(settings.ROOT_URLCONF)
    actor = getattr(request, "actor", None)
    framed: dict[str, object] = {"links": links | {"inbox": reverse("start")}}
    framed["page_url"] = way_back(request)
    framed["forgets"] = request.method == "POST"  # what was typed is not in the address
    framed["current_link"] = request.path if request.path in links.values() else ""
    if request.path.startswith(OFFICIALS) and actor is not None and actor.kind == "official":
        framed |= _desk(request, actor)
        if actor.may("docket.inbox"):
            framed["links"] = links
    return framed


@cache
def _links(addresses: str) -> dict[str, str]:
    """The same on every page, so they are worked out once for a module of addresses."""
    del addresses
    links = {name: reverse(name) for name in LINKS}
    return links | {"sign_in": reverse("account_login"), "sign_out": reverse("account_logout")}


def _desk(request: HttpRequest, actor: Official) -> dict[str, object]:
    mine = {reverse(name): label for name, label, right in NAVIGATION if actor.may(right)}
    here = max((url for url in mine if request.path.startswith(url)), key=len, default="")
    links = [NavigationLink(url, _(label), current=url == here) for url, label in mine.items()]
    return {
        "navigation": links,
        "actor_name": actor.name,
        "actor_post": actor.title,
        "actor": actor,
    }
