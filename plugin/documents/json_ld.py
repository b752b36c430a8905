"""A market's promise as schema.org data (`MerchantReturnPolicy`, `WarrantyPromise`), for search engines and agents.

It never claims more than `market_rights`: a length is the longer of the law's and the shop's, in calendar days that are
certain; what is not known is left out. Terms: https://schema.org/MerchantReturnPolicy, version 30.
"""

from collections.abc import Iterator, Mapping

from plugin.domain.clocks.before_purchase import MarketRights
from plugin.domain.law.answers import Certainty
from plugin.domain.money import Money
from plugin.domain.policy.terms import BASIS_POINTS, Anchor, Fee, MethodKind, Payer, Track, WindowUnit
from plugin.domain.remedy import Remedy

Node = dict[str, object]
_TERM = "https://schema.org/"
_REFUNDS = {
    Remedy.REFUND: "FullRefund",
    Remedy.STORE_CREDIT: "StoreCreditRefund",
    Remedy.EXCHANGE: "ExchangeRefund",
}
_BY_MAIL = frozenset({MethodKind.LABEL, MethodKind.QR_CODE, MethodKind.OWN_CARRIER})
_LABELS = {
    MethodKind.LABEL: "ReturnLabelDownloadAndPrint",
    MethodKind.QR_CODE: "ReturnLabelDownloadAndPrint",
    MethodKind.OWN_CARRIER: "ReturnLabelCustomerResponsibility",
}
_MONTHS = "MON"
"""UN/CEFACT Rec. 20, as schema.org's `unitCode` asks."""


def return_policy(rights: MarketRights, link: str, return_country: str | None = None) -> Node:
    """`MerchantReturnPolicy` for the country of these rights. `link` is the page that says it in words."""
    return {
        "@context": "https://schema.org",
        "@type": "MerchantReturnPolicy",
        "applicableCountry": rights.country,
        **({"returnPolicyCountry": return_country} if return_country else {}),
        "merchantReturnLink": link,
        **dict(return_window(rights)),
        **dict(_costs(rights)),
        **dict(_ways(rights)),
    }


def warranty(rights: MarketRights) -> Node | None:
    """`WarrantyPromise` for the shop's own warranty, None without one or with one that no number of months says."""
    window = rights.warranty_window
    if window is None or window.length is None or window.unit is not WindowUnit.MONTHS:
        return None
    duration = {"@type": "QuantitativeValue", "value": window.length, "unitCode": _MONTHS}
    return {"@context": "https://schema.org", "@type": "WarrantyPromise", "durationOfWarranty": duration}


def certain_days(rights: MarketRights) -> int | None:
    """The calendar days from delivery in which goods can go back for certain; None for none, or for no end."""
    promised = rights.return_window if rights.anchor(Track.RETURN) is Anchor.DELIVERED else None
    lengths = [rights.withdrawal_days or 0, (promised.least_days or 0) if promised else 0]
    return max(lengths) or None


def return_window(rights: MarketRights) -> Iterator[tuple[str, object]]:
    """Whether and how long goods can go back: the category, and the days where there is an end."""
    promised = rights.return_window
    if promised is not None and promised.length is None:
        yield "returnPolicyCategory", f"{_TERM}MerchantReturnUnlimitedWindow"
        return
    days = certain_days(rights)
    if days is not None:
        yield "returnPolicyCategory", f"{_TERM}MerchantReturnFiniteReturnWindow"
        yield "merchantReturnDays", days
        return
    is_refused = rights.is_final_sale and rights.withdrawal_certainty is not Certainty.UNVERIFIED
    yield "returnPolicyCategory", f"{_TERM}MerchantReturn{'NotPermitted' if is_refused else 'Unspecified'}"


def _costs(rights: MarketRights) -> Iterator[tuple[str, object]]:
    if rights.is_return_free:
        yield "returnFees", f"{_TERM}FreeReturn"
        yield "customerRemorseReturnFees", f"{_TERM}FreeReturn"
    elif Payer.SHOPPER in _payers(rights):
        yield "returnFees", f"{_TERM}ReturnFeesCustomerResponsibility"
        yield "customerRemorseReturnFees", f"{_TERM}ReturnFeesCustomerResponsibility"
    rule = rights.rules[Track.RETURN]
    if rule is not None and rights.return_window is not None and rule.payers.seller is Payer.SHOP:
        yield "itemDefectReturnFees", f"{_TERM}FreeReturn"
    fees = [each for fee in (rights.fee, rights.withdrawal_fee) if fee is not None for each in _fee(fee)]
    if fees:
        told = [fee for number, fee in enumerate(fees) if fee not in fees[:number]]
        yield "restockingFee", told[0] if len(told) == 1 else told


def _payers(rights: MarketRights) -> list[Payer]:
    by_law = [rights.legal_payer] if rights.withdrawal_days is not None else []
    return by_law + ([rights.promised_payer] if rights.return_window is not None else [])


def _ways(rights: MarketRights) -> Iterator[tuple[str, object]]:
    rule = rights.rules[Track.RETURN] if rights.return_window is not None else None
    offered = [offer.remedy for offer in rule.offers] if rule else []
    refunds = [*([Remedy.REFUND] if rights.withdrawal_days is not None else []), *offered]
    named = dict.fromkeys(f"{_TERM}{_REFUNDS[remedy]}" for remedy in refunds if remedy in _REFUNDS)
    if named:
        yield "refundType", list(named)
    if any(way.kind in _BY_MAIL for way in rights.methods):
        yield "returnMethod", f"{_TERM}ReturnByMail"
    labels = dict.fromkeys(f"{_TERM}{_LABELS[way.kind]}" for way in rights.methods if way.kind in _LABELS)
    if len(labels) == 1:  # several ways differ in who makes the label, and the property takes one
        yield "returnLabelSource", next(iter(labels))


def _fee(fee: Fee) -> Iterator[object]:
    """A rate is a number of per cent, an amount is money; a fee of both is both values."""
    if fee.rate:
        yield fee.rate * 100 / BASIS_POINTS
    if fee.amount is not None and fee.amount.minor:
        yield _amount(fee.amount)


def _amount(money: Money) -> Mapping[str, object]:
    """The amount as decimal text, exact for every currency's minor unit."""
    return {"@type": "MonetaryAmount", "value": f"{money.decimal():f}", "currency": money.currency}
