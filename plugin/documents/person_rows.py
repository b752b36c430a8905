"""What the page about a person is made of: headings over rows of names and values."""

from dataclasses import dataclass

Row = tuple[str | None, str]
"""A name, where it has one, and its value: plain text."""


@dataclass(frozen=True, slots=True)
class Section:
    """One thing that is told about."""

    title: str
    rows: tuple[Row, ...]
