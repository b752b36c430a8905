"""Fills the policy document: each country's rights, as `market_rights` gives them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Literal

from plugin.documents import policy_document as told
from plugin.documents.policy_document_deadlines import Deadlines, deadlines
from plugin.documents.policy_document_repairs import repairs
from plugin.domain.clocks.before_purchase import MarketRights, market_rights
from plugin.domain.entitlement import Right
from plugin.domain.law.in_force import Law
from plugin.domain.law.jurisdiction import Block
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import BASIS_POINTS, Counting, Fee, Track, Window, WindowUnit
from plugin.usecases.quote_page import PageQuote

_RIGHT = {
    Track.RETURN: Right.SHOP_RETURN,
    Track.EXCHANGE: Right.EXCHANGE,
    Track.WARRANTY: Right.COMMERCIAL_WARRANTY,
}
_NONE: Deadlines = {}


def policy_document(
    quote: PageQuote, countries: tuple[str, ...], law: Law, page: Callable[[str], str], delivered_at: datetime | None
) -> told.PolicyDocument:
    """The document for these countries; `page` gives the address of a country's page, `delivered_at` is aware."""
    policy, rulebook = quote.policy, law.rulebook
    delivered = delivered_at.astimezone(UTC) if delivered_at else None
    return told.PolicyDocument(
        format=told.FORMAT,
        schema=f"{page(quote.country).partition(f'/{quote.shop.key}/')[0]}/{quote.shop.key}/policy.schema.json",
        shop=told.Shop(key=quote.shop.key, name=quote.shop.name),
        policy=told.Policy(id=policy.id, effective_from=policy.effective_from) if policy else None,
        law=told.Rulebook(
            version=rulebook.version,
            as_of=rulebook.as_of,
            calendar=law.calendar.version,
            disclaimer=rulebook.disclaimer,
        ),
        product=quote.item.product,
        delivered_at=delivered,
        countries=tuple(_country(code, quote, law, page(code), delivered) for code in countries),
        repairs=repairs(quote),
    )


def _country(code: str, quote: PageQuote, law: Law, page: str, delivered: datetime | None) -> told.Country:
    rights = market_rights(code, quote.policy, law, quote.item)
    ends = deadlines(rights, quote.policy, law, delivered, quote.item) if delivered else _NONE
    return told.Country(
        country=code,
        region=rights.region,
        page=page,
        withdrawal=_withdrawal(rights, law, ends),
        guarantee=_guarantee(rights, law, ends),
        shop_return=_promise(rights, Track.RETURN, ends),
        exchange=_promise(rights, Track.EXCHANGE, ends),
        warranty=_promise(rights, Track.WARRANTY, ends),
        is_final_sale=rights.is_final_sale,
        is_return_free=rights.is_return_free,
    )


def _withdrawal(rights: MarketRights, law: Law, ends: Deadlines) -> told.Withdrawal:
    place = law.rulebook.known(rights.country)
    fields = ("exists", "days", "who_pays_return_default", "refund_days", "exceptions")
    return told.Withdrawal(
        days=rights.withdrawal_days,
        counted_in="working_days" if rights.is_in_working_days else "calendar_days",
        certainty=rights.withdrawal_certainty.value,
        payer=rights.legal_payer.value,
        payer_depends_on_notice=rights.depends_on_notice,
        fee=_fee(rights.withdrawal_fee),
        refund_within_days=rights.refund_days_by_law,
        some_goods_excepted=rights.may_be_excepted,
        deadline=ends.get(Right.WITHDRAWAL) if rights.withdrawal_days is not None else None,
        sources=tuple(_sources(place.withdrawal.block, law, *fields)) if place else (),
    )


def _guarantee(rights: MarketRights, law: Law, ends: Deadlines) -> told.Guarantee:
    place = law.rulebook.known(rights.country)
    return told.Guarantee(
        months=rights.guarantee_months,
        at_least_months=rights.guarantee_min_months,
        certainty=rights.guarantee_certainty.value,
        deadline=ends.get(Right.LEGAL_GUARANTEE) if rights.guarantee_months is not None else None,
        sources=tuple(_sources(place.guarantee.block, law, "kind", "months")) if place else (),
    )


def _promise(rights: MarketRights, track: Track, ends: Deadlines) -> told.Promise | None:
    rule = rights.rules[track]
    windows = {Track.RETURN: rights.return_window, Track.EXCHANGE: rights.exchange_window}
    window = windows.get(track, rights.warranty_window)
    if rule is None or window is None:
        return None
    beyond = {Track.RETURN: rights.extra_return, Track.WARRANTY: rights.extra_warranty}
    is_return = track is Track.RETURN
    return told.Promise(
        window=_window(window, rights, track),
        is_beyond_law=beyond.get(track, window) is not None,
        payer=rule.payers.none.value,
        payer_if_faulty=rule.payers.seller.value,
        fee=_fee(rights.fee) if is_return else None,
        conditions=tuple(condition.value for condition in rule.conditions),
        remedies=tuple(offer.remedy.value for offer in rule.offers),
        refund=_refund(rule),
        methods=tuple(dict.fromkeys(way.kind.value for way in rule.methods if _reaches(way.countries, rights))),
        deadline=ends.get(_RIGHT[track]),
    )


def _reaches(countries: frozenset[str], rights: MarketRights) -> bool:
    return not countries or rights.country in countries


def _window(window: Window, rights: MarketRights, track: Track) -> told.Window:
    is_working = window.unit is WindowUnit.DAYS and window.counting is Counting.WORKING
    in_days: Literal["days", "working_days"] = "working_days" if is_working else "days"
    unit: Literal["days", "working_days", "months"] = "months" if window.unit is WindowUnit.MONTHS else in_days
    return told.Window(length=window.length, unit=unit, counted_from=rights.anchor(track).value)


def _refund(rule: Rule) -> told.Refund | None:
    refund = rule.refund
    if refund is None:
        return None
    return told.Refund(within_days=refund.days, counted_from=refund.start.value, means=refund.means.value)


def _fee(fee: Fee | None) -> told.Fee | None:
    if fee is None:
        return None
    amount = told.Amount(value=f"{fee.amount.decimal():f}", currency=fee.amount.currency) if fee.amount else None
    return told.Fee(percent=fee.rate * 100 / BASIS_POINTS, amount=amount)


def _sources(block: Block, law: Law, *fields: str) -> Iterator[told.Source]:
    for name in block.sources(*(field for field in fields if field in block.provenance)):
        source = law.rulebook.source(name)
        yield told.Source(id=name, citation=source.citation, url=source.url)
