"""What is worded about a dialogue for others: it bears no stamp of a state secret, and names nobody
who spoke under seal.
"""

from doithoai.cases import secrecy
from doithoai.cases.commands.naming import refuse_naming_in
from doithoai.cases.models import Case
from doithoai.core.actors import Actor
from doithoai.dialogues.models import Dialogue


def checked(dialogue: Dialogue, *texts: str, not_secret: bool = False, by: Actor) -> None:
    """Raises Invalid for a mark nobody looked at (Law 117/2025/QH15, article 5(2)), and as
    ``unnamed`` does.
    """
    secrecy.keep_out(*texts, looked=not_secret, by=by)
    unnamed(dialogue, *texts, by=by)


def unnamed(dialogue: Dialogue, *texts: str, by: Actor) -> None:
    """Raises Invalid for the name, address or number of a person who must not be named (Law
    25/2018/QH14, articles 8 and 40).
    """
    said = Case.objects.filter(occasion_matter=dialogue.matter).values_list("pk", flat=True)
    refuse_naming_in(said, *texts, by=by)
