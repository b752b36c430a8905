"""The whole after-sales page in words: policy, process, support, each in the sentences every other surface has."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from plugin.domain.clocks.before_purchase import MarketRights, market_rights
from plugin.domain.clocks.scoped_rights import scoped_rights
from plugin.domain.law.in_force import Law
from plugin.domain.policy.identity import Trader
from plugin.domain.policy.version import PolicyVersion
from plugin.i18n import Catalogue
from plugin.wording.aftersales.goods_back import address_rows, by_law, method_rows, payer_rows
from plugin.wording.aftersales.law_rows import LegalRows, legal_rows
from plugin.wording.aftersales.parts import Row, Said, row
from plugin.wording.aftersales.process import Step, process_steps
from plugin.wording.aftersales.promise_rows import Card, promise_cards, rules_of, warranty_cards
from plugin.wording.aftersales.support import SupportWords, support_words
from plugin.wording.badge import summary_text
from plugin.wording.promise_terms import refund_text


@dataclass(frozen=True, slots=True)
class PageWords:
    """Everything the page says. `order` tells which group of goods counts where several do; empty where it is clear."""

    summary: str
    law: LegalRows
    promises: tuple[Card, ...]
    order: str
    back: tuple[Row, ...]
    warranties: tuple[Card, ...]
    seller: tuple[Row, ...]
    versions: tuple[str, ...]
    steps: tuple[Step, ...]
    support: SupportWords


def page_words(country: str, policy: PolicyVersion | None, law: Law, words: Catalogue, today: date) -> PageWords:
    """The page for goods that go to this ISO 3166-1 country."""
    rights = market_rights(country, policy, law)
    groups = scoped_rights(country, policy, law, today) if policy else ()
    market = policy.for_country(country) if policy else None
    trader = policy.trader_of(market) if policy and market else None
    legal, place = legal_rows(rights, policy, law, words), law.rulebook.known(country)
    is_one = len(groups) <= 1
    payers = payer_rows(rights if is_one else by_law(rights), place, law, words)
    addresses, methods = address_rows(rules_of(groups), policy, words), method_rows(rights, words)
    promises, warranties = promise_cards(groups, words), warranty_cards(groups, trader, words)
    outcome = (*(_unsourced(payers) if is_one else ()), *methods, *addresses, *_refunds(legal, rights, words))
    return PageWords(
        summary=summary_text(rights, words),
        law=legal if is_one else replace(legal, withdrawal=legal.withdrawal + payers),
        promises=promises,
        order=words.text("page.scope.order") if max(len(promises), len(warranties)) > 1 else "",
        back=(*(payers if is_one else ()), *addresses),
        warranties=warranties,
        seller=tuple(_seller(trader, words)),
        versions=tuple(_versions(policy, law, words)),
        steps=process_steps(rights, groups, policy, _withdrawal(legal, rights), outcome, words),
        support=support_words(policy.support_of(market) if policy and market else None, trader, words),
    )


def _withdrawal(legal: LegalRows, rights: MarketRights) -> tuple[Row, ...]:
    """The right to withdraw, where there is one; its sources stand with the law."""
    return _unsourced(legal.withdrawal[:1]) if rights.withdrawal_days else ()


def _unsourced(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return tuple(Row(each.term, each.said) for each in rows)


def _refunds(legal: LegalRows, rights: MarketRights, words: Catalogue) -> tuple[Row, ...]:
    """When the money is back, by law and by promise."""
    by_law = tuple(each for each in legal.withdrawal if each.term == words.text("page.refund"))
    promised = refund_text(rights.refund, words) if rights.shown_return is not None else ""
    said = tuple(said for each in by_law for said in each.said) + ((Said(promised),) if promised else ())
    return (Row(words.text("page.refund"), said),) if said else ()


def _seller(trader: Trader | None, words: Catalogue) -> Iterator[Row]:
    if trader is None:
        return
    lines = dict.fromkeys((trader.name, *trader.address.lines, words.country(trader.address.country)))
    yield from row(words.text("page.seller"), *lines)
    yield from row(words.text("page.channel.email"), trader.email)
    yield from row(words.text("page.channel.phone"), trader.phone or "")


def _versions(policy: PolicyVersion | None, law: Law, words: Catalogue) -> Iterator[str]:
    if policy is not None:
        yield words.text("page.policy.version", day=policy.effective_from.date(), version=policy.id)
    rulebook = law.rulebook
    yield words.text("page.law.version", day=rulebook.as_of, version=rulebook.version)
