"""The clocks of one order's lines, each computed once for all lines that have the same of what it depends on."""

from collections.abc import Callable

from plugin.domain.clocks.commercial_warranty import commercial_warranty_clock
from plugin.domain.clocks.exchange import exchange_clock
from plugin.domain.clocks.inputs import LineFacts, OrderFacts, is_goods
from plugin.domain.clocks.legal_guarantee import legal_guarantee_clock
from plugin.domain.clocks.shop_return import shop_return_clock
from plugin.domain.clocks.withdrawal import for_line, withdrawal_clock
from plugin.domain.entitlement import Clock, Right
from plugin.domain.law.in_force import Law
from plugin.domain.policy.terms import Track

_Compute = Callable[[], Clock]


class OrderClocks:
    """Answers for one order under one policy version."""

    def __init__(self, facts: OrderFacts, law: Law) -> None:
        self._facts = facts
        self._law = law
        self._shared: Clock | None = None
        self._known: dict[tuple[object, ...], Clock] = {}

    def withdrawal(self, line: LineFacts) -> Clock:
        """The order's clock with what is special to the line's goods and rule."""
        if self._shared is None:
            self._shared = withdrawal_clock(self._facts, self._law)
        shared = self._shared
        rules = (line.meant.rule_key(Track.WITHDRAWAL), line.meant.rule_key(Track.RETURN))
        of = (*rules, line.meant.goods.names, line.line.property_names)
        return self._of(lambda: for_line(shared, line, self._facts, self._law), Right.WITHDRAWAL, *of)

    def shop_return(self, line: LineFacts) -> Clock:
        """The same for all lines with the same rule: it counts from the order's last good."""
        key = line.meant.rule_key(Track.RETURN)
        return self._of(lambda: shop_return_clock(line, self._facts, self._law), Right.SHOP_RETURN, key)

    def exchange(self, line: LineFacts) -> Clock:
        """Likewise."""
        key = line.meant.rule_key(Track.EXCHANGE)
        return self._of(lambda: exchange_clock(line, self._facts, self._law), Right.EXCHANGE, key)

    def legal_guarantee(self, line: LineFacts) -> Clock:
        """By the arrival of the line's own goods, by what they are, and by what was repaired."""
        of = (id(line.arrival), is_goods(line.line), line.line.is_gift_card, line.meant.goods.names, line.repaired_on)
        return self._of(lambda: legal_guarantee_clock(line, self._facts, self._law), Right.LEGAL_GUARANTEE, *of)

    def commercial_warranty(self, line: LineFacts) -> Clock:
        """By the arrival of the line's own goods, and by its rule."""
        of = (id(line.arrival), is_goods(line.line), line.meant.rule_key(Track.WARRANTY))
        return self._of(lambda: commercial_warranty_clock(line, self._facts, self._law), Right.COMMERCIAL_WARRANTY, *of)

    def _of(self, compute: _Compute, *key: object) -> Clock:
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = compute()
        return known
