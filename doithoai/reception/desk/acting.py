"""What the pages that do one thing share, and how files go out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Official
from doithoai.cases import portal_queries
from doithoai.cases.commands.petitions.receiving import Registered
from doithoai.core.decisions import require
from doithoai.core.errors import NotFound
from doithoai.core.identifiers import spoken
from doithoai.core.trying import attempt
from doithoai.docket.lawbook import calendar
from doithoai.files.models import Stored
from doithoai.files.portal import serve
from doithoai.reception import policies
from doithoai.reception.models import Session
from doithoai.theme.formatting import day

T = TypeVar("T")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


@dataclass(frozen=True)
class Act:
    """One act: its step of the workflow, its page's title, its button, what is said when done."""

    step: str
    title: str
    button: str
    done: str
    lead: str = ""


def act_on(
    request: HttpRequest,
    actor: Official,
    session: Session,
    act: Act,
    form: BaseForm,
    call: Callable[[], T],
) -> HttpResponse:
    """Ask what the act needs, do it, go back to the day. Raises Denied when not offered."""
    if request.method == "POST" and form.is_valid() and attempt(form, call) is not None:
        messages.success(request, act.done)
        return redirect("reception", session.matter.code)
    if request.method != "POST":
        require(policies.offered(actor, session)[act.step])
    context = {"act": act, "session": session, "form": form}
    return render(request, "reception/desk/act.html", context)


def sealed_slip(request: HttpRequest, made: Registered) -> HttpResponse:
    """The slip of what was taken in sealed, in this one answer and nowhere else."""
    receipt = made.taken.receipt
    assert receipt is not None, "whoever registers a petition hands out its slip"
    context = {
        "receipt": receipt,
        "lodged": made.taken,
        "code": spoken(receipt.code),
        "address": portal_queries.whole_address(reverse("denounce_messages")),
    }
    return render(request, "cases/desk/sealed_taken.html", context)


def remark_day_off(request: HttpRequest, due_on: date | None) -> None:
    """A day promised that is no working day is said, not refused: somebody may mean it."""
    off = due_on and calendar().day_off(due_on)
    if not due_on or not off:
        return
    facts = {"day": day(due_on), "name": off.vi if get_language() == "vi" else off.en}
    said = _("The day by which it is settled, %(day)s, is a day off (%(name)s).")
    messages.warning(request, said % facts)


def download(data: bytes, name: str, media_type: str) -> HttpResponse:
    """Bytes made for this reader, kept by nobody on the way."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": disposition, "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type=media_type, headers=headers)


def file(stored: Stored | None, name: str, *, preview: bool) -> FileResponse:
    """A kept file. Raises NotFound where there is none."""
    if stored is None:
        raise NotFound(_("There is no such file."))
    return serve(stored, filename=name, preview=preview)
