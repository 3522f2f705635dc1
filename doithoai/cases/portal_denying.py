"""A person's way back when an official recorded a withdrawal that was not theirs."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Citizen
from doithoai.cases import portal_forms as forms
from doithoai.cases import portal_queries as queries
from doithoai.cases.commands import ending
from doithoai.cases.portal import following
from doithoai.core.trying import attempt
from doithoai.ledger.models import Receipt


@following
def follow_not_withdrawn(request: HttpRequest, receipt: Receipt, case_id: UUID) -> HttpResponse:
    """Say that it was not withdrawn; it is taken up again."""
    by = Citizen(receipt.pk)
    case = queries.followed_case(by, receipt, case_id)
    form = forms.NotWithdrawn(request.POST if request.method == "POST" else None)
    if form.is_valid():
        why, now = form.cleaned_data["reason"], timezone.now()
        again = attempt(form, lambda: ending.reopen(case_id, reason=why, by=by, at=now))
        if again is not None:
            messages.success(request, _("It is taken up again. You are owed an answer."))
            return redirect("follow_case", case_id)
    return render(request, "cases/portal/not_withdrawn.html", {"form": form, "case": case})
