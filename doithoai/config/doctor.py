"""`doithoai doctor`: what is wrong with this installation; exits 1 if anything is."""

import argparse
import json
import shutil
import smtplib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from tempfile import TemporaryFile

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection
from django.db import OperationalError, ProgrammingError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from doithoai.config import vocabulary
from doithoai.docket.models import Adoption
from doithoai.law.rulebooks import RulebookError
from doithoai.vault.keys import Locked, wrapping
from doithoai.vault.models import DataKey
from doithoai.vault.reading import UNSEALING

OLDEST = 150000  # PostgreSQL 15, as the server numbers itself
SILENT_AFTER = 60  # seconds; the worker's heart beats every ten
SHORTEST_KEY = 32  # characters
FREE_BYTES = 1_000_000_000


@dataclass(frozen=True)
class Finding:
    """One thing looked at: is it well, and one sentence about it."""

    name: str
    well: bool
    says: str


def main(argv: list[str]) -> int:
    """Look at everything an installation needs and say what is wrong."""
    parser = argparse.ArgumentParser(
        prog="doithoai doctor",
        description=_("Look at everything an installation needs and say what is wrong."),
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON, for machines"))
    chosen = parser.parse_args(argv)
    findings = examine(timezone.now())
    if chosen.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            print(f"{_('well') if finding.well else _('WRONG')}  {finding.name}: {finding.says}")
    return 0 if all(finding.well for finding in findings) else 1


def examine(now: datetime) -> list[Finding]:
    """Every finding; those the database must answer only while it is reached and up to date."""
    found, rest = [database()], [check(now) for check in WITHOUT_DATABASE]
    for check in WITH_DATABASE:
        if all(each.well for each in found if each.name in NEEDED):
            found.append(check(now))
    return [*found, *rest]


def database() -> Finding:
    """Reachable, not too old, UTF-8."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_encoding")
            encoding = cursor.fetchone()[0]
            cursor.execute("SHOW server_version_num")
            number = int(cursor.fetchone()[0])
    except OperationalError as error:
        says = _("It does not answer, see DATABASE_URL: {reason}")
        return Finding("database", well=False, says=says.format(reason=_line(error)))
    if number < OLDEST or encoding != "UTF8":
        says = _("PostgreSQL 15 or newer with UTF8 is needed; this is {number}, {encoding}.")
        return Finding(
            "database", well=False, says=says.format(number=number // 10000, encoding=encoding)
        )
    return Finding("database", well=True, says=f"PostgreSQL {number // 10000}, {encoding}")


def roles(now: datetime) -> Finding:
    """The web's role owns nothing and may not change what was entered.

    The owner of a table could switch its trigger off, so the promise of an append-only ledger
    rests on this.
    """
    del now
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.rolname, r.rolsuper, (SELECT count(*) FROM pg_class c"
            " WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'S')),"
            " (SELECT count(*) FROM pg_auth_members m WHERE m.member = r.oid),"
            " coalesce((SELECT bool_or(has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE'))"
            " FROM pg_class c WHERE c.relname IN ('ledger_entry', 'ledger_sequence')), false)"
            " FROM pg_roles r WHERE r.rolname = current_user"
        )
        role, superuser, owned, memberships, may_rewrite = cursor.fetchone()
    if superuser or owned or memberships or may_rewrite:
        says = _("The web's role {role} owns tables or may rewrite entries: use a plain role.")
        return Finding("roles", well=False, says=says.format(role=role))
    return Finding("roles", well=True, says=_("{role} owns no table.").format(role=role))


def migrations(now: datetime) -> Finding:
    """Every migration of this version has been applied."""
    del now
    try:
        executor = MigrationExecutor(connections["owner"])
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as error:
        says = _("The owner's role cannot connect, see DATABASE_OWNER_URL: {reason}")
        return Finding("migrations", well=False, says=says.format(reason=_line(error)))
    if missing:
        says = _("{number} migrations are not applied: run `doithoai upgrade`.")
        return Finding("migrations", well=False, says=says.format(number=len(missing)))
    return Finding("migrations", well=True, says=_("all applied"))


def vault(now: datetime) -> Finding:
    """The master keys are there, the unsealing role reads what is sealed, the web cannot."""
    del now
    try:
        known = wrapping()
        used = set(DataKey.objects.using(UNSEALING).values_list("master", flat=True).distinct())
    except (ImproperlyConfigured, OperationalError, ProgrammingError) as error:
        says = _("What is sealed cannot be opened here: {reason}")
        return Finding("vault", well=False, says=says.format(reason=_line(error)))
    shut = [master for master in sorted(used) if not _opens(master)]
    if shut:
        says = _(
            "What is sealed with {keys} does not open: put them back into DOITHOAI_VAULT_KEYS."
        )
        return Finding("vault", well=False, says=says.format(keys=", ".join(shut)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(current_user, 'vault_part', 'SELECT')")
        if cursor.fetchone()[0]:
            says = _("The web's role may read what is sealed: run `doithoai upgrade`.")
            return Finding("vault", well=False, says=says)
    older = sorted(used - {known.current()})
    if older:
        says = _("Keys are still wrapped with {older}: run `doithoai vault rotate`.")
        return Finding("vault", well=False, says=says.format(older=", ".join(older)))
    return Finding("vault", well=True, says=_("opens with {key}").format(key=known.current()))


def _opens(master: str) -> bool:
    """Whether one of the keys this master key wrapped can be unwrapped here."""
    row = DataKey.objects.using(UNSEALING).filter(master=master).first()
    assert row is not None, "asked only of those in use"
    try:
        wrapping().unwrap(master, bytes(row.wrapped), row.matter)
    except Locked:
        return False
    return True


def _line(error: Exception) -> str:
    return " ".join(str(error).split())


def worker(now: datetime) -> Finding:
    """A worker's heart beat within the last minute, and no job waits for longer than an hour."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
        beat = cursor.fetchone()[0]
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'"
            " AND coalesce(scheduled_at, '-infinity') < now() - interval '1 hour'"
        )
        waiting = cursor.fetchone()[0]
    if beat is None or (now - beat).total_seconds() > SILENT_AFTER:
        return Finding("worker", well=False, says=_("No worker runs: start `doithoai work`."))
    if waiting:
        says = _("{number} jobs have been waiting for more than an hour.")
        return Finding("worker", well=False, says=says.format(number=waiting))
    return Finding("worker", well=True, says=_("alive"))


def adopted_rules(now: datetime) -> Finding:
    """Every rule that no text prescribes has the document by which the province adopted it."""
    del now
    try:
        rulebook, _calendar = vocabulary.lawbook()
    except RulebookError as error:
        return Finding("rules", well=False, says=str(error))
    adopted = set(Adoption.objects.values_list("rule", flat=True))
    missing = sorted({rule.id for rule in rulebook.not_adopted()} - adopted)
    if missing:
        says = _("No document adopts these provisional rules yet: {rules}.")
        return Finding("rules", well=False, says=says.format(rules=", ".join(missing)))
    return Finding("rules", well=True, says=_("all have their text"))


def calendar_years(now: datetime) -> Finding:
    """The days off of this year have been announced, and from November those of the next too."""
    try:
        calendar = vocabulary.lawbook()[1]
    except RulebookError as error:
        return Finding("calendar", well=False, says=str(error))
    today = calendar.local_day(now)
    wanted = [today.year] if today.month < 11 else [today.year, today.year + 1]
    missing = [str(year) for year in wanted if not calendar.confirmed(year)]
    if missing:
        says = _("The days off of {years} are estimated: enter the announced plan.")
        return Finding("calendar", well=False, says=says.format(years=", ".join(missing)))
    return Finding("calendar", well=True, says=_("announced"))


def mail(now: datetime) -> Finding:
    """The mail server is named and takes a connection."""
    del now
    if not settings.EMAIL_HOST:
        says = _("No mail server is named: set DOITHOAI_SMTP_HOST. Notices by mail wait.")
        return Finding("mail", well=False, says=says)
    try:
        server = get_connection("django.core.mail.backends.smtp.EmailBackend")
        server.open()
        server.close()
    except (OSError, smtplib.SMTPException) as error:
        says = _("The mail server {host} does not answer: {reason}")
        return Finding(
            "mail", well=False, says=says.format(host=settings.EMAIL_HOST, reason=_line(error))
        )
    return Finding("mail", well=True, says=settings.EMAIL_HOST)


def messages(now: datetime) -> Finding:
    """Whoever is asked by text message can answer by text message."""
    del now
    if settings.GATEWAY_URL and not settings.SMS_KEY:
        says = _("Text messages go out, but no answer comes in: set DOITHOAI_SMS_KEY.")
        return Finding("messages", well=False, says=says)
    if settings.SMS_KEY and len(settings.SMS_KEY) < SHORTEST_KEY:
        says = _("DOITHOAI_SMS_KEY is short enough to be guessed: take {number} characters.")
        return Finding("messages", well=False, says=says.format(number=SHORTEST_KEY))
    says = _("out and in") if settings.GATEWAY_URL else _("none are sent")
    return Finding("messages", well=True, says=says)


def disk(now: datetime) -> Finding:
    """At least a gigabyte and a twentieth of the disk are free where the files are."""
    del now
    try:
        settings.VAR.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=settings.VAR):
            pass
    except OSError as error:
        says = _("Nothing can be written in {folder}: {reason}")
        reason = error.strerror or error
        return Finding("disk", well=False, says=says.format(folder=settings.VAR, reason=reason))
    used = shutil.disk_usage(settings.VAR)
    says = _("{free} of {total} GB free").format(
        free=round(used.free / 1e9, 1), total=round(used.total / 1e9, 1)
    )
    return Finding("disk", well=used.free > max(FREE_BYTES, used.total / 20), says=says)


def production(now: datetime) -> Finding:
    """A production says so, and people reach it by https."""
    del now
    if not settings.PRODUCTION:
        says = _("DOITHOAI_PRODUCTION is not set: this is a demo or a development machine.")
        return Finding("production", well=False, says=says)
    if not settings.SITE_URL.startswith("https://"):
        says = _("DOITHOAI_SITE_URL must begin with https://.")
        return Finding("production", well=False, says=says)
    return Finding("production", well=True, says=settings.SITE_URL)


Check = Callable[[datetime], Finding]
NEEDED = frozenset({"database", "migrations"})  # what the others ask of may else not be there
WITH_DATABASE: tuple[Check, ...] = (roles, migrations, vault, worker, adopted_rules)
WITHOUT_DATABASE: tuple[Check, ...] = (calendar_years, mail, messages, disk, production)
