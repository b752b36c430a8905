"""A part of the editor: what it is made with, and its sections of controls, each saved by itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from plugin.domain.law.rulebook import Rulebook
from plugin.i18n import Catalogue
from plugin.web.admin.policy.controls import Control, Kind
from plugin.web.admin.policy.places import value_at


@dataclass(frozen=True, slots=True)
class Desk:
    """What pages are made with: the draft's document, words, and the countries whose law is known.

    `also` is a language in which the reader wants to add words.
    """

    document: Mapping[str, object]
    words: Catalogue
    rulebook: Rulebook
    also: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Controls under one heading; `name` is unique on its page."""

    name: str
    title: str
    controls: tuple[Control, ...]
    help: str = ""
    place: str = ""
    """The entry of a list that the section is about and can be removed with; empty for all others."""


def own_words(
    document: Mapping[str, object], path: str, words: Catalogue, also: str, label: str = ""
) -> tuple[Control, ...]:
    """The merchant's words there: in each language they are in, in the reader's own and in the one asked for."""
    there = value_at(document, path)
    written = list(there) if isinstance(there, Mapping) else []
    languages = dict.fromkeys([*written, words.language, *filter(None, [also])])
    named = ((tag, words.locale.languages.get(tag.replace("-", "_"), tag)) for tag in languages)
    return tuple(Control(f"{path}.{tag}", Kind.LONG, f"{label} ({name})" if label else name) for tag, name in named)
