"""Tables for people: as wide as the terminal, and wide enough to read when there is none."""

from rich.console import Console

_WIDE = 160


def console() -> Console:
    """Standard output; in a pipe, lines are up to 160 characters wide."""
    found = Console()
    return found if found.is_terminal else Console(width=_WIDE)
