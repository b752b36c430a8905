"""What the engine says of a product, part by part; surfaces are compared with this."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from plugin.domain.clocks.before_purchase import MarketRights, market_rights
from plugin.i18n import Catalogue, catalogue
from plugin.wording.badge import badge, banner
from plugin.wording.promises import one_line_promises
from tests.drift.surfaces import Question

PARTS: Mapping[str, Callable[[MarketRights, Catalogue], object]] = {
    "summary": lambda rights, words: badge(rights, words).summary,
    "lines": lambda rights, words: [(line.label, line.text) for line in badge(rights, words).lines],
    "promises": lambda rights, words: [line.text for line in one_line_promises(rights, words)],
    "banner": banner,
}
"""Each from the product as it was drawn, not as any table keeps it."""


@cache
def expected(question: Question, part: str) -> object:
    """What a surface has to say in this part."""
    store = question.store
    rights = market_rights(question.country, store.policy, store.law, question.sold.item)
    return PARTS[part](rights, catalogue(question.language))
