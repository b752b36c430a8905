"""How goods go back: who pays, by which ways, to which address."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import MappingProxyType

from plugin.domain.clocks.before_purchase import MarketRights
from plugin.domain.law.in_force import Law
from plugin.domain.law.jurisdiction import Jurisdiction
from plugin.domain.policy.identity import ReturnAddress
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Payer, ReturnMethod, Track
from plugin.domain.policy.version import PolicyVersion
from plugin.i18n import Catalogue
from plugin.wording.aftersales.measures import weight
from plugin.wording.aftersales.parts import Row, Said, cited, row
from plugin.wording.badge import payer_text


def payer_rows(rights: MarketRights, place: Jurisdiction | None, law: Law, words: Catalogue) -> tuple[Row, ...]:
    """Who pays for returns without a reason; with the law that says so, unless the shop pays by its own promise."""
    if rights.withdrawal_days is None and rights.return_window is None:
        return ()
    rule = rights.rules[Track.WITHDRAWAL]
    is_promised = rule is not None and rule.payers.none is Payer.SHOP
    block = place.withdrawal.block if place and rights.withdrawal_days is not None and not is_promised else None
    sources = cited(block, law.rulebook, "who_pays_return_default")
    return row(words.text("badge.label.payer"), payer_text(rights, words), sources=sources)


def by_law(rights: MarketRights) -> MarketRights:
    """The rights without the promised return, where each group of goods has its own: who pays by law is left."""
    return replace(rights, rules=MappingProxyType({**rights.rules, Track.RETURN: None, Track.EXCHANGE: None}))


def method_rows(rights: MarketRights, words: Catalogue) -> tuple[Row, ...]:
    """The ways back from the country of these rights."""
    ways = dict.fromkeys(_way(way, words) for way in rights.methods)
    return (Row(words.text("page.methods"), tuple(map(Said, ways))),) if ways else ()


def address_rows(rules: Iterable[Rule], policy: PolicyVersion | None, words: Catalogue) -> tuple[Row, ...]:
    """Where goods go back to, each address once."""
    wanted = dict.fromkeys(rule.return_to for rule in rules if rule.return_to)
    known = {address.id: address for address in policy.return_addresses} if policy else {}
    term = words.text("page.return_address")
    return tuple(Row(term, tuple(_lines(known[name], words))) for name in wanted if name in known)


def _lines(place: ReturnAddress, words: Catalogue) -> Iterator[Said]:
    lines = (place.name, *place.address.lines, words.country(place.address.country))
    yield from map(Said, dict.fromkeys(lines))


def _way(way: ReturnMethod, words: Catalogue) -> str:
    name = words.text(f"page.method.{way.kind.value}")
    if way.max_grams is None:
        return name
    return words.text("page.method.up_to", method=name, weight=weight(way.max_grams, words))
