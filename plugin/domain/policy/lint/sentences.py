"""The merchant's own sentences in a policy, and where each stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugin.domain.policy.lint.fix import Fix
from plugin.domain.policy.lint.question import Served
from plugin.domain.policy.terms import Words

_SENTENCE = re.compile(r"[^.!?。！？\n]*(?:[.!?](?=\S)[^.!?。！？\n]*)*(?:[.!?。！？]+|\n|$)")
"""Up to a full stop that ends something: the one in `ec.europa.eu` or `2.5` does not."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text; `clause` is the id of the rule it belongs to.

    `rest` is the text without it, `may_go` whether the text may be left out when nothing remains.
    """

    text: str
    language: str
    path: str
    clause: str | None
    rest: str
    may_go: bool

    @property
    def removal(self) -> Fix | None:
        """The fix that takes the sentence out."""
        return Fix(self.path, self.rest or None) if self.rest or self.may_go else None


def sentences(served: Served) -> Iterator[Sentence]:
    """Every sentence a shopper reads in the merchant's words: the market's texts, notes, and what a warranty covers."""
    for i, words in enumerate(served.market.texts):
        yield from _of(words, f"{served.path}.texts.{i}", None, may_go=True)
    for at, rule in served.rules():
        if rule.note is not None:
            yield from _of(rule.note, f"{at}.note", rule.id, may_go=True)
        if rule.coverage is not None:
            for name in ("covers", "proof", "excludes", "serves"):
                yield from _of(getattr(rule.coverage, name), f"{at}.coverage.{name}", rule.id, may_go=False)


def split(text: str) -> list[str]:
    """A text's sentences, trimmed, without empty ones."""
    return [each for each in (found.group().strip() for found in _SENTENCE.finditer(text)) if each]


def _of(words: Words, path: str, clause: str | None, *, may_go: bool) -> Iterator[Sentence]:
    for language, text in words.items():
        parts = split(text)
        for i, part in enumerate(parts):
            rest = " ".join([*parts[:i], *parts[i + 1 :]])
            yield Sentence(part, language, f"{path}.{language}", clause, rest, may_go)
