"""The head's report as a Word draft in the layout of the body."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from doithoai.core.days import local_day
from doithoai.files.documents import Table, Text, draft
from doithoai.files.signing import headed
from doithoai.reports import prose
from doithoai.reports.exports.drafting import drafted
from doithoai.reports.queries.heads import Chapter, HeadReport
from doithoai.theme.formatting import number

WIDTHS = (12, 118, 30)  # millimetres


def write(report: HeadReport) -> bytes:
    """The draft, to be numbered by the body's clerk and signed by its head."""
    day = local_day(report.cutoff.at)
    return draft(
        drafted(
            headed(report.body, today=day),
            title=_("Report of the head"),
            subject=_("on citizen reception, dialogue and petitions, %(first)s to %(last)s")
            % {"first": f"{report.span.first:%d/%m/%Y}", "last": f"{report.span.last:%d/%m/%Y}"},
            blocks=_blocks(report),
        )
    )


def _blocks(report: HeadReport) -> tuple[Text | Table, ...]:
    blocks: list[Text | Table] = [Text(prose.about_head(report))]
    blocks += [Text(f"{report.period.label(get_language() or 'vi')}: {report.period.basis}.")]
    blocks += [Text(sentence) for sentence in prose.head_sentences(report)]
    for chapter in report.chapters:
        blocks += [Text(chapter.words, heading=True), _table(chapter)]
    return (*blocks, Text(prose.cut_off_of(report.cutoff)))


def _table(chapter: Chapter) -> Table:
    rows = tuple(
        (str(place), figure.measure.words, number(figure.count))
        for place, figure in enumerate(chapter.figures, start=1)
    )
    return Table((_("No."), _("Figure"), _("Number")), rows, WIDTHS)
