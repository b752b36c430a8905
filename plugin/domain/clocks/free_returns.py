"""Whether free returns are proven for a whole cart, for how long, and if not, what stands in the way."""

from collections.abc import Sequence
from enum import StrEnum

from plugin.domain.clocks.before_purchase import MarketRights
from plugin.domain.law.answers import Certainty
from plugin.domain.policy.terms import Counting, Payer, Window, WindowUnit

_ENDLESS = 1_000_000


class NoBanner(StrEnum):
    """Why a cart is told nothing of free returns; for the merchant."""

    NOTHING_PROMISED = "nothing_promised"
    """No right by law and no promise of returns without a reason."""
    FINAL_SALE = "final_sale"
    EXCEPTED = "excepted"
    """The law excepts these goods, and the shop promises nothing in its place."""
    FEE = "fee"
    """Something is kept back from the refund."""
    PAYER_DEPENDS_ON_NOTICE = "payer_depends_on_notice"
    """Who pays depends on whether shoppers are told before they order, which nobody has declared."""
    PAYER_UNKNOWN = "payer_unknown"
    SHOPPER_PAYS = "shopper_pays"
    LAW_NOT_VERIFIED = "law_not_verified"
    """Only the law gives a return here, and its length is not confirmed."""
    MAY_BE_EXCEPTED = "may_be_excepted"
    """Only the law gives a return here, and it excepts some of the goods."""


def why_no_banner(cart: Sequence[MarketRights]) -> tuple[NoBanner, ...]:
    """What keeps the banner hidden for goods that go to one country, each reason once; nothing: it is shown."""
    return tuple(dict.fromkeys(why for why in map(_why, cart) if why is not None))


def free_window(cart: Sequence[MarketRights]) -> Window | None:
    """How long everything in the cart can be sent back free of charge at least; None unless that is proven."""
    if not cart or why_no_banner(cart):
        return None
    return min((_window(rights) for rights in cart), key=_length)


def _why(rights: MarketRights) -> NoBanner | None:
    if rights.withdrawal_days is None and rights.return_window is None:
        return _nothing(rights)
    if rights.fee is not None or rights.withdrawal_fee is not None:
        return NoBanner.FEE
    if not rights.is_return_free:
        return _paid(rights)
    if rights.extra_return is not None:
        return None
    if rights.withdrawal_days is None or rights.withdrawal_certainty is not Certainty.VERIFIED:
        return NoBanner.LAW_NOT_VERIFIED
    return NoBanner.MAY_BE_EXCEPTED if rights.may_be_excepted else None


def _nothing(rights: MarketRights) -> NoBanner:
    if rights.exception is not None:
        return NoBanner.EXCEPTED
    return NoBanner.FINAL_SALE if rights.is_final_sale else NoBanner.NOTHING_PROMISED


def _paid(rights: MarketRights) -> NoBanner:
    payers = [rights.legal_payer] if rights.withdrawal_days is not None else []
    payers += [rights.promised_payer] if rights.return_window is not None else []
    if Payer.SHOPPER in payers:
        return NoBanner.SHOPPER_PAYS
    return NoBanner.PAYER_DEPENDS_ON_NOTICE if rights.depends_on_notice else NoBanner.PAYER_UNKNOWN


def _window(rights: MarketRights) -> Window:
    """The promised time where it is longer than the law's, else the law's."""
    counting = Counting.WORKING if rights.is_in_working_days else Counting.CALENDAR
    return rights.extra_return or Window(rights.withdrawal_days, WindowUnit.DAYS, counting)


def _length(window: Window) -> int:
    return _ENDLESS if window.least_days is None else window.least_days
