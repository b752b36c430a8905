"""How an order's rights were computed, to read: the steps in words, each source with its text's address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.entitlement import Clock
from plugin.domain.law.errors import UnknownSource
from plugin.domain.law.rulebook import Rulebook
from plugin.i18n import Catalogue
from plugin.usecases.quote_entitlements import Quote
from plugin.wording.panel import WordedLine, clock_lines


@dataclass(frozen=True, slots=True)
class Cited:
    """A source as cited; `url` only http(s), None when the text has no address or the source is the shop's policy."""

    citation: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Explained:
    """One right in words with its steps, its sources and how sure the rule behind it is (`verified` ...)."""

    worded: WordedLine
    steps: tuple[str, ...]
    sources: tuple[Cited, ...]
    certainty: str


def explained(
    quote: Quote, rulebook: Rulebook, words: Catalogue, now: datetime
) -> Sequence[tuple[str, Sequence[Explained]]]:
    """Each line's title with its rights explained, as of `now`."""
    return [
        (
            line.title,
            [
                _explained(worded, clock, rulebook)
                for worded, clock in zip(clock_lines(found, words, now), found.clocks, strict=True)
            ],
        )
        for line, found in zip(quote.stored.order.lines, quote.lines, strict=True)
    ]


def _explained(worded: WordedLine, clock: Clock, rulebook: Rulebook) -> Explained:
    """The trace's last line names the sources, which stand here as links instead."""
    steps = worded.trace[:-1] if clock.basis else worded.trace
    sources = tuple(
        Cited(source.citation, address_of(basis.id, rulebook) if basis.kind == "law" else None)
        for source, basis in zip(worded.sources, clock.basis, strict=True)
    )
    return Explained(worded, steps, sources, clock.certainty.value)


def address_of(source_id: str, rulebook: Rulebook) -> str | None:
    """Where a source's text can be read."""
    try:
        url = rulebook.source(source_id).url
    except UnknownSource:
        return None
    return url if url and url.startswith(("https://", "http://")) else None
