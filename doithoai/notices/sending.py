"""The three ways out of the machine: SMTP, and one HTTP gateway for text messages and Zalo."""

import http.client
import json
import smtplib
from dataclasses import dataclass
from enum import Enum
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.template.exceptions import TemplateDoesNotExist

from doithoai.notices.models import Channel, Outbox
from doithoai.notices.plain_sms import plain_sms
from doithoai.notices.rendering import Words, words

PATIENCE = 15  # seconds for the gateway to answer


class Result(Enum):
    """What became of one try."""

    SENT = "sent"
    RETRY = "retry"  # surely not sent, may work later
    FAILED = "failed"  # surely not sent, and never will be
    UNCERTAIN = "uncertain"  # handed over without an answer


@dataclass(frozen=True)
class Outcome:
    """A result with its reason: a status or an error's name, never an address or a text."""

    result: Result
    error: str = ""


SENT = Outcome(Result.SENT)


def channels() -> list[str]:
    """The channels this installation can send by: what has no server waits in the queue."""
    mail = [str(Channel.EMAIL)] if settings.EMAIL_HOST else []
    gateway = [str(Channel.SMS), str(Channel.ZALO)] if settings.GATEWAY_URL else []
    return mail + gateway


def deliver(row: Outbox, *, extra: dict[str, str] | None = None) -> Outcome:
    """Send one claimed notice. Never raises for what a server or a network does.

    A text message goes by Zalo first where the gateway knows Zalo, and as an SMS when it says that
    this number cannot be reached so.
    """
    outcome = Outcome(Result.FAILED)
    for channel in _ways(row):
        outcome = _by(channel, row, extra)
        if outcome.result is not Result.FAILED:
            break
    return outcome


def _ways(row: Outbox) -> list[str]:
    if row.channel == Channel.SMS and settings.GATEWAY_ZALO:
        return [str(Channel.ZALO), str(Channel.SMS)]
    return [row.channel]


def _by(channel: str, row: Outbox, extra: dict[str, str] | None) -> Outcome:
    try:
        said = words(row, form=channel, extra=extra)
    except TemplateDoesNotExist as missing:
        return Outcome(Result.FAILED, f"no template {missing}")
    if channel == Channel.EMAIL:
        return _mail(row, said)
    return _gateway(channel, row, said)


def _mail(row: Outbox, said: Words) -> Outcome:
    message = EmailMessage(
        subject=said.subject,
        body=said.text,
        to=[row.address],
        headers={"Message-ID": row.message_id, "Auto-Submitted": "auto-generated"},  # RFC 3834
        connection=EmailBackend(),
    )
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _text in refused.recipients.values()]
        return _refusal(max(codes, default=450))
    except smtplib.SMTPResponseException as refused:
        return _refusal(refused.smtp_code)
    except ValueError as odd:  # a line break in an address or a subject, an address that is none
        return Outcome(Result.FAILED, type(odd).__name__)
    except (smtplib.SMTPException, OSError) as broken:
        # If the server took it before the line broke, its Message-ID makes the second one known.
        return Outcome(Result.RETRY, type(broken).__name__)
    return SENT


def _refusal(code: int) -> Outcome:
    # RFC 5321, 4.2.1: 4xx may work later, 5xx never will.
    return Outcome(Result.FAILED if code >= 500 else Result.RETRY, f"SMTP {code}")


def _gateway(channel: str, row: Outbox, said: Words) -> Outcome:
    address = urlsplit(settings.GATEWAY_URL)
    connection = _connection(address)
    try:
        connection.connect()
    except OSError as broken:
        connection.close()
        return Outcome(Result.RETRY, type(broken).__name__)
    try:
        connection.request(
            "POST", _path(address), _body(channel, row, said), _headers(channel, row)
        )
        return _answer(connection.getresponse().status)
    except (OSError, http.client.HTTPException) as broken:
        return Outcome(Result.UNCERTAIN, type(broken).__name__)
    finally:
        connection.close()


def _connection(address: SplitResult) -> http.client.HTTPConnection:
    # http.client follows no redirect, which would turn the POST into an empty GET that "succeeds".
    secure = address.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    return kind(address.hostname or "", address.port, timeout=PATIENCE)


def _path(address: SplitResult) -> str:
    return (address.path or "/") + (f"?{address.query}" if address.query else "")


def _body(channel: str, row: Outbox, said: Words) -> bytes:
    text = plain_sms(said.text) if channel == Channel.SMS else said.text
    message = {"id": str(row.pk), "channel": channel, "to": row.address, "text": text}
    return json.dumps(message, ensure_ascii=False).encode()


def _headers(channel: str, row: Outbox) -> dict[str, str]:
    another = "" if channel == row.channel else f"-{channel}"  # the SMS after it is no repetition
    return {
        "Content-Type": "application/json; charset=utf-8",
        "Authorization": f"Bearer {settings.GATEWAY_TOKEN}",
        "Idempotency-Key": f"{row.pk}{another}",
    }


def _answer(status: int) -> Outcome:
    if 200 <= status < 300:
        return SENT
    if status in {408, 425, 429, 503}:  # the gateway says itself that it has not taken it
        return Outcome(Result.RETRY, f"HTTP {status}")
    if status >= 500:
        return Outcome(Result.UNCERTAIN, f"HTTP {status}")
    return Outcome(Result.FAILED, f"HTTP {status}")
