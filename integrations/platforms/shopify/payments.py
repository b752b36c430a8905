"""How an order is paid, and what its financial status means for the shopper's rights."""

from collections.abc import Iterable

from plugin.domain.order import Fulfilment, PaymentKind, Standing

_KINDS: dict[PaymentKind, tuple[str, ...]] = {
    PaymentKind.CASH_ON_DELIVERY: (
        "cash on delivery", "cash_on_delivery", "(cod)", "nachnahme", "contrareembolso", "contra reembolso",
        "contrassegno", "contre remboursement", "paiement à la livraison", "za pobraniem", "货到付款", "代金引換",
    ),
    PaymentKind.BANK_TRANSFER: (
        "bank deposit", "bank_deposit", "bank transfer", "bank_transfer", "wire transfer", "vorkasse", "überweisung",
        "virement", "transferencia bancaria", "bonifico", "przelew", "bankoverføring", "银行转账", "銀行振込",
    ),
    PaymentKind.CHEQUE: ("money order", "money_order", "cheque", "check by mail", "assegno", "chèque"),
    PaymentKind.MANUAL: ("manual", "external"),
}  # fmt: skip
# Manual methods, Shopify Help "Manual payments": three have fixed English names, a custom one is named by the merchant.

_STORED_VALUE = frozenset({"gift_card", "shopify_store_credit"})

_FINANCIAL = {
    "pending": Standing.UNPAID,
    "authorized": Standing.PLACED,
    "partially_paid": Standing.PLACED,
    "paid": Standing.PLACED,
    "partially_refunded": Standing.PLACED,
    "refunded": Standing.REFUNDED,
    "voided": Standing.CANCELLED,
    "expired": Standing.FAILED,
}
"""REST `financial_status`, GraphQL OrderDisplayFinancialStatus (2026-10); null: no payment has succeeded yet."""

_NO_PAYMENT = frozenset({Standing.UNPAID, Standing.CANCELLED, Standing.FAILED})


def payment_kind(gateways: Iterable[str], *, has_manual: bool = False) -> PaymentKind:
    """How the shopper pays the part that no gift card or store credit covers.

    `has_manual`: a transaction says that its gateway, whatever its name, is a manual one.
    """
    names = [name.strip().casefold() for name in gateways]
    if not names:
        return PaymentKind.NONE
    for name in names:
        if name not in _STORED_VALUE:
            return _kind(name, has_manual=has_manual)
    return PaymentKind.ONLINE


def standing(
    status: str | None, payment: PaymentKind, fulfilments: Iterable[Fulfilment], *, is_cancelled: bool, is_free: bool
) -> Standing:
    """What the order is to the shopper.

    An order exists only after checkout, so a missing payment does not mean a missing contract: paid on delivery, or
    already sent, it is placed. Raises nothing for a status Shopify has yet to invent: such an order is placed.
    """
    if is_cancelled:
        return Standing.CANCELLED
    said = _FINANCIAL.get(status or "pending", Standing.PLACED)
    if said is Standing.UNPAID and (is_free or payment is PaymentKind.CASH_ON_DELIVERY):
        return Standing.PLACED
    if said in _NO_PAYMENT and any(fulfilment.shipped for fulfilment in fulfilments):
        return Standing.PLACED
    return said


def _kind(name: str, *, has_manual: bool) -> PaymentKind:
    for kind, words in _KINDS.items():
        if kind is not PaymentKind.MANUAL and any(word in name for word in words):
            return kind
    return PaymentKind.MANUAL if has_manual or name in _KINDS[PaymentKind.MANUAL] else PaymentKind.ONLINE
