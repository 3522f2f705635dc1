"""A report as a Word draft in the layout of the body that held the dialogue."""

from django.utils.translation import gettext as _

from doithoai.core.days import local_day
from doithoai.files.documents import Table, Text, draft
from doithoai.files.signing import headed
from doithoai.reports import prose
from doithoai.reports.exports.drafting import drafted
from doithoai.reports.queries.dialogue import Report, Section
from doithoai.reports.queries.dialogue import Table as Counted
from doithoai.theme.formatting import number, percent


def write(report: Report) -> bytes:
    """The draft, to be numbered by the body's clerk and signed by its head."""
    day = local_day(report.cutoff.at)
    return draft(
        drafted(
            headed(report.dialogue.host, today=day),
            title=_("Settlement report"),
            subject=_("on the settlement of what people recommended at: %(title)s")
            % {"title": report.dialogue.title},
            blocks=_blocks(report),
        )
    )


def _blocks(report: Report) -> tuple[Text | Table, ...]:
    blocks: list[Text | Table] = [Text(prose.about(report)), Text(prose.cut_off(report))]
    blocks += [Text(sentence) for sentence in prose.sentences(report)]
    for section in report.sections:
        blocks += [Text(section.chapter.words, heading=True), _section(section)]
    for table in report.tables:
        blocks += [Text(prose.heading(table.dimension), heading=True), _table(report, table)]
    return tuple(blocks)


def _section(section: Section) -> Table:
    rows = tuple(
        (measure.words, number(figure.count), percent(figure.count, section.whole))
        for measure, figure in section.figures
    )
    return Table((_("Figure"), _("Number"), _("Share")), rows, (110, 25, 30))


def _table(report: Report, table: Counted) -> Table:
    head = (prose.heading(table.dimension), *(m.head for m in report.columns))
    rows = tuple(
        (line.label or _("not stated"), *(number(f.count) for f in line.figures))
        for line in table.rows
    )
    total = (_("Total"), *(number(f.count) for f in report.total.figures))
    return Table(head, (*rows, total), (36, *(16 for _column in report.columns)))
