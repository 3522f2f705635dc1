"""Tags and filters of the pages: ``{% load doithoai %}``.

Every tag takes facts and writes escaped text; none asks the database or decides who may what.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from doithoai.core import sentences
from doithoai.core.decisions import Decision
from doithoai.theme import components, fields, formatting

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """``{{ case.due_on|day }}`` → ``05/08/2026``; a dash for nothing."""
    return formatting.day(value) if value else formatting.NOTHING


@register.filter
def moment(value: datetime | None) -> str:
    """``{{ entry.at|moment }}`` → ``05/08/2026 17:00``, local; a dash for nothing."""
    return formatting.moment(value) if value else formatting.NOTHING


@register.filter
def weekday(value: date | datetime | None) -> str:
    """``{{ case.due_on|weekday }}`` → ``thứ Tư``."""
    return formatting.weekday(value) if value else ""


@register.filter
def number(value: formatting.Number | None, decimals: int | None = None) -> str:
    """``{{ count|number }}`` → ``1.234``; ``{{ x|number:1 }}`` → ``1.234,5``."""
    return formatting.NOTHING if value is None else formatting.number(value, decimals=decimals)


@register.filter
def percent(part: formatting.Number | None, whole: formatting.Number = 1) -> str:
    """``{{ share|percent }}`` or ``{{ settled|percent:received }}`` → ``66,7%``."""
    return formatting.NOTHING if part is None else formatting.percent(part, whole)


@register.filter
def told(kept: str | Mapping[str, object]) -> str:
    """``{{ reason|told }}``: a kept sentence in the reader's language."""
    return sentences.told(kept)


@dataclass(frozen=True, slots=True)
class Shown:
    """What an inclusion template is given when it needs one value and a label."""

    value: object
    label: str = ""


@register.simple_tag
def icon(name: str) -> SafeString:
    """``{% icon "search" %}``: a drawing beside words, so hidden from screen readers."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-{}"></use></svg>',
        name,
    )


@register.inclusion_tag("theme/parts/due.html")
def due(
    due_on: date | None, today: date, *, working: int | None = None, paused: bool = False
) -> dict[str, formatting.Due | None]:
    """``{% due row.due_on today %}``: words, then the date; ``working=`` working days left."""
    if due_on is None:
        return {"due": None}
    return {"due": formatting.due(due_on, today, working=working, paused=paused)}


@register.inclusion_tag("theme/parts/deadline.html")
def deadline(
    duty: str,
    due_on: date,
    today: date,
    *,
    because: str = "",
    url: str = "",
    working: int | None = None,
) -> dict[str, object]:
    """``{% deadline "Answer" due_on today because=reason url=why %}``: a page begins so."""
    shown = formatting.due(due_on, today, working=working)
    return {"duty": duty, "due": shown, "because": because, "url": url}


@register.inclusion_tag("theme/parts/field.html")
def field(bound: BoundField) -> dict[str, fields.FieldParts]:
    """``{% field form.name %}``: label, help, error and control, tied together."""
    return {"field": fields.parts(bound)}


@register.inclusion_tag("theme/parts/fields.html", name="fields")
def all_fields(form: BaseForm) -> dict[str, BaseForm]:
    """``{% fields form %}``: the summary of errors, then every field of the form."""
    return {"form": form}


@register.inclusion_tag("theme/parts/errors.html")
def errors(form: BaseForm) -> dict[str, BaseForm]:
    """``{% errors form %}``: what must be mended, each line leading to its field."""
    return {"form": form}


# A template can only pass loose arguments, so this one tag has more of them than a function may.
@register.inclusion_tag("theme/parts/act.html")
def act(  # noqa: PLR0913
    label: str,
    url: str,
    allowed: Decision | bool = True,  # noqa: FBT001, FBT002
    reason: str = "",
    *,
    key: str = "",
    primary: bool = False,
    post: bool = False,
) -> dict[str, str | bool]:
    """``{% act "Close" url decision key="c" primary=True %}``: an act, or why not now.

    ``allowed`` may be a Decision, whose reason is then shown. ``post=True`` sends a form.
    """
    return {
        "label": label,
        "url": url,
        "allowed": bool(allowed),
        "reason": reason or (allowed.reason if isinstance(allowed, Decision) else ""),
        "key": key,
        "primary": primary,
        "post": post,
    }


@register.inclusion_tag("theme/parts/bars.html")
def bars(rows: Iterable[components.Bar], caption: str, *, unit: str = "") -> dict[str, object]:
    """``{% bars rows "By field" %}``: a table with a bar in each row; figures open their rows."""
    return {"rows": components.draw(rows), "caption": caption, "unit": unit}


@register.inclusion_tag("theme/parts/empty.html")
def empty(title: str, text: str = "", url: str = "", label: str = "") -> dict[str, str]:
    """``{% empty "No dialogue yet." "What one is for." url "Plan the first" %}``."""
    return {"title": title, "text": text, "url": url, "label": label}


@register.inclusion_tag("theme/parts/tabs.html")
def tabs(items: Iterable[components.Tab], label: str) -> dict[str, object]:
    """``{% tabs items "By due date" %}``: each tab is an address."""
    return {"tabs": tuple(items), "label": label}


@register.inclusion_tag("theme/parts/pager.html", takes_context=True)
def pager(
    context: Context, page: "Page[object] | None" = None, *, older: str = "", newer: str = ""
) -> dict[str, object]:
    """``{% pager page %}`` (Django's Page), or ``{% pager older=url newer=url %}`` by key."""
    if page is None:
        return {"page": None, "older": older, "newer": newer}
    request = context.get("request")
    query = dict(request.GET.lists()) if request else {}
    return {
        "page": page,
        "older": _page_url(query, page.next_page_number()) if page.has_next() else "",
        "newer": _page_url(query, page.previous_page_number()) if page.has_previous() else "",
    }


def _page_url(query: Mapping[str, list[str]], number: int) -> str:
    """The same list, filters kept, at another page."""
    return "?" + urlencode({**query, "page": [str(number)]}, doseq=True)


@register.inclusion_tag("theme/parts/timeline.html")
def timeline(happenings: Iterable[components.Happening]) -> dict[str, object]:
    """``{% timeline happenings %}``: what happened, in the order given."""
    return {"happenings": tuple(happenings)}


@register.inclusion_tag("theme/parts/code.html")
def code(value: str, label: str = "") -> dict[str, Shown]:
    """``{% code "2611 4470 8163" "Code" %}``: big type, easy to copy by hand."""
    return {"code": Shown(value, label)}


@register.inclusion_tag("theme/parts/quote.html")
def quote(text: str, source: str = "") -> dict[str, Shown]:
    """``{% quote text "Hamlet, in the hall" %}``: a person's own words, line breaks kept."""
    return {"quote": Shown(text, source)}


class Again(template.Node):
    """Writes a block a second time, so that a page names its title once."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: Context) -> SafeString:
        """The block as the page redefined it; nothing when no page did."""
        blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
        block = blocks.get_block(self.name) if blocks else None
        return block.render(context) if block else SafeString()


@register.tag
def again(parser: Parser, token: Token) -> Again:
    """``{% again "title" %}``.

    Raises TemplateSyntaxError unless it is given exactly one name.
    """
    words = token.split_contents()
    if len(words) != 2:
        raise template.TemplateSyntaxError("again takes the name of one block.")
    return Again(words[1].strip("\"'"))


class Same(template.Node):
    """Writes what is the same on every page of a language, composed once for a process.

    A fifth of the time a citizen's page takes went into frames that never differ.
    """

    def __init__(self, nodelist: NodeList, unlike: Sequence[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.unlike = unlike
        self.kept: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """The part as it was composed first for this language and these values."""
        key = (get_language(), *(value.resolve(context) for value in self.unlike))
        found = self.kept.get(key)
        if found is None:
            found = self.kept[key] = self.nodelist.render(context)
        return found


@register.tag
def same(parser: Parser, token: Token) -> Same:
    """``{% same links.home %}…{% endsame %}``: only what depends on the language and these values.

    Never anything of the reader or the request: the values must be few, for all are kept.
    """
    unlike = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endsame",))
    parser.delete_first_token()
    return Same(nodelist, unlike)
