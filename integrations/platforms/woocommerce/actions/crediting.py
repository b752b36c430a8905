"""Store credit as WooCommerce has it: a code for one purchase, for this shopper's address alone."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from integrations.platforms.woocommerce.actions.calls import Calls, code_of
from integrations.platforms.woocommerce.actions.marks import KEY, mark, meta, says
from integrations.platforms.woocommerce.actions.seen import Coupon
from integrations.platforms.woocommerce.actions.settings import shop_currency, takes_codes
from plugin.domain.money import Money
from plugin.domain.order import Order
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.platform_actions import CreditReceipt, Refusal

_TAKEN: Final = "woocommerce_rest_coupon_code_already_exists"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a code is worth, until when, and whether it is good beside other codes."""

    amount: Money
    expires_at: datetime | None
    is_combinable: bool


def issue_store_credit(calls: Calls, order: Order, terms: Terms, key: str) -> CreditReceipt:
    """The code, made now or before; what one purchase leaves of it is lost."""
    code = f"credit-{mark(key)}"
    if made := _made(calls, code, key):
        return made
    live, _ = calls.order(order)
    email = live.billing.email
    if terms.amount.minor <= 0:
        raise Rejected(Refusal.INVALID, detail="nothing to credit")
    if not email or shop_currency(calls) != terms.amount.currency or not takes_codes(calls):
        raise Rejected(Refusal.NOT_SUPPORTED, detail="no address, another currency, or codes are off")
    try:
        coupon = calls.write("POST", "coupons", _body(code, terms, email, key), Coupon)
    except (Rejected, Unavailable) as error:
        if code_of(error) == _TAKEN and (made := _made(calls, code, key)):
            return made
        raise
    return CreditReceipt(str(coupon.id), coupon.code)


def _made(calls: Calls, code: str, key: str) -> CreditReceipt | None:
    """The code that this command made; one that somebody else gave the same name is not ours."""
    for coupon in calls.pages("coupons", Coupon, {"code": code}):
        if not says(coupon.meta_data, KEY, key):
            raise Rejected(Refusal.INVALID, detail=f"coupon {coupon.id} has the code and not the key")
        return CreditReceipt(str(coupon.id), coupon.code)
    return None


def _body(code: str, terms: Terms, email: str, key: str) -> dict[str, object]:
    """`date_expires_gmt` is passed over (WooCommerce 9.2); `date_expires` with an offset is taken as it stands."""
    expires = f"{terms.expires_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if terms.expires_at else None
    return {
        "code": code,
        "discount_type": "fixed_cart",
        "amount": f"{terms.amount.decimal():f}",
        "individual_use": not terms.is_combinable,
        "usage_limit": 1,
        "usage_limit_per_user": 1,
        "email_restrictions": [email],
        "meta_data": [meta(KEY, key)],
        **({"date_expires": expires} if expires else {}),
    }
