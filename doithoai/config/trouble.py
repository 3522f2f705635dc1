"""What the command line tells the operator when it cannot go on."""


class Trouble(Exception):
    """One sentence for the operator: what is wrong and, where we know it, what to do."""
