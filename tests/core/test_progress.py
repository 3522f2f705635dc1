"""A long command says how far it is to a person at a terminal, and to nobody else."""

import io

from doithoai.core.progress import WIPE, during, followed


class Terminal(io.StringIO):
    """A terminal that keeps what was written."""

    def isatty(self) -> bool:
        """A person watches."""
        return True


def test_a_bar_shows_how_many_are_done_and_is_wiped_at_the_end() -> None:
    terminal = Terminal()
    assert list(followed("abcd", "Counting", on=terminal)) == list("abcd")
    assert "Counting [" in terminal.getvalue()
    assert "0/4" in terminal.getvalue()
    assert terminal.getvalue().endswith(WIPE)


def test_seconds_are_shown_while_nobody_knows_the_end() -> None:
    terminal = Terminal()
    with during("Dumping", on=terminal):
        pass
    assert "Dumping … 0 s" in terminal.getvalue()
    assert terminal.getvalue().endswith(WIPE)


def test_a_pipe_sees_nothing_of_it() -> None:
    pipe = io.StringIO()
    with during("Dumping", on=pipe):
        assert list(followed([1, 2], "Counting", on=pipe)) == [1, 2]
    assert pipe.getvalue() == ""
