"""The shop's own warranty in a confirmation, with everything it has to state (Directive (EU) 2019/771 art. 17(2)).

That the legal remedies are free and unaffected, who gives it and where they are, what to do, for which goods, and on
what terms; on a durable medium at the latest at delivery.
"""

from collections.abc import Iterator

from plugin.documents.mail import Block, Heading, Items
from plugin.domain.clocks.before_purchase import MarketRights, market_rights
from plugin.domain.clocks.engine import Law
from plugin.domain.clocks.scoped_rights import ScopedRights
from plugin.domain.clocks.terms import item_of
from plugin.domain.entitlement import Right
from plugin.domain.order import OrderLine
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import EVERYTHING
from plugin.domain.policy.terms import Track
from plugin.i18n import Catalogue
from plugin.ports.confirmation import ToConfirm
from plugin.wording.aftersales.promise_rows import warranty_cards
from plugin.wording.names import title


def warranty_blocks(given: ToConfirm, law: Law, words: Catalogue) -> Iterator[Block]:
    """A heading and a list for each warranty the order's goods have, naming the goods."""
    country, policy = given.stored.order.place.country, given.policy
    if country is None or policy is None:
        return
    trader = policy.trader_of(policy.for_country(country))
    for rights, goods in _by_rule(given, country, law):
        group = ScopedRights(EVERYTHING, frozenset({Track.WARRANTY}), rights)
        for card in warranty_cards((group,), trader, words):
            said = (f"{row.term}: {_joined(tuple(each.text for each in row.said))}" for row in card.rows)
            heading = f"{title(Right.COMMERCIAL_WARRANTY, words)} ({card.label}): {', '.join(goods)}"
            yield Heading(heading)
            yield Items(tuple(said))


def _by_rule(given: ToConfirm, country: str, law: Law) -> list[tuple[MarketRights, list[str]]]:
    found: dict[str, tuple[MarketRights, list[str]]] = {}
    for line in given.stored.order.lines:
        rights = line_rights(line, country, given, law)
        rule: Rule | None = rights.rules[Track.WARRANTY]
        if rule is not None and rights.warranty_window is not None:
            found.setdefault(rule.id, (rights, []))[1].append(line.title)
    return list(found.values())


def line_rights(line: OrderLine, country: str, given: ToConfirm, law: Law) -> MarketRights:
    """What was promised for this line's goods when they were ordered, in lengths rather than days."""
    day, is_known = given.stored.order.placed.at.date(), any(copy.line == line.id for copy in given.stored.copies)
    return market_rights(country, given.policy, law, item_of(line, day, is_known=is_known))


def _joined(texts: tuple[str, ...]) -> str:
    """Sentences one after the other; lines of an address and the like with commas."""
    is_sentence = bool(texts) and texts[0].endswith((".", "。", "؟", "!", "?"))
    return (" " if is_sentence else ", ").join(texts)
