"""What letters are made of. Every text is plain: a line break in it is a line break, nothing else means anything."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """What the blocks after it are about; it leads with the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences; `is_quiet` for what matters less."""

    text: str
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with their values, a row each: dates, amounts, who pays."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered where the order matters."""

    texts: tuple[str, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """The one thing to do next: a verb with its object, and an absolute address. At most one a letter."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Link:
    """Where else to go; `language` where the label is not in the letter's own."""

    label: str
    address: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What a person typed, told apart from our own words; `author` says who."""

    text: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Legal:
    """Official or agreed words, whole and unchanged; `language` where it is not the letter's own."""

    title: str
    paragraphs: tuple[str, ...]
    language: str | None = None


Block = Heading | Paragraph | Facts | Items | Button | Link | Quote | Legal
