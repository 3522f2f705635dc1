"""The door for machines: text messages the gateway hands over (docs/operation.md)."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from doithoai.accounts.actors import Clock
from doithoai.cases.api_reading import arrived
from doithoai.cases.commands.messaging import hear_message
from doithoai.core.http import address_of
from doithoai.core.limits import Bucket

WRONG_KEYS = Bucket(10, timedelta(minutes=1))


@csrf_exempt  # a machine with a key, no browser with a cookie
@require_POST
@never_cache
def sms(request: HttpRequest) -> HttpResponse:
    """Take one message in. Answers 200 once it is kept, also when it was kept before."""
    now = timezone.now()
    if not _knows_the_key(request):
        WRONG_KEYS.take(address_of(request), at=now)
        return JsonResponse({"error": "the key is missing or wrong"}, status=403)
    message = arrived(request.body)
    if message is None:
        wanted = "JSON with the texts id, from and text is wanted"
        return JsonResponse({"error": wanted}, status=400)
    heard = hear_message(message, by=Clock("sms"), at=now)
    return JsonResponse({"kept": True, "before": heard is None})


def _knows_the_key(request: HttpRequest) -> bool:
    """Without a key in the environment nobody does."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.SMS_KEY) and constant_time_compare(given, settings.SMS_KEY)
