"""Which carrier is asked for which kind of account, and where."""

from collections.abc import Callable, Mapping
from typing import Final

from requests import Session

from integrations.carriers.karrio.worker import dhl, dhl_express, dpd, fedex, gls, royal_mail, ups, usps
from integrations.carriers.karrio.worker.carrier import Carrier
from integrations.carriers.karrio.worker.line import Line
from integrations.carriers.karrio.worker.source import KarrioSource
from plugin.domain.tracking.account import CarrierAccount
from plugin.ports.carrier import CarrierSource

_CARRIERS: Final[Mapping[str, tuple[Callable[[Mapping[str, str], Line], Carrier], str]]] = {
    "dhl": (dhl.Dhl, dhl.ADDRESS),
    "dhl-express": (dhl_express.DhlExpress, dhl_express.ADDRESS),
    "dpd": (dpd.Dpd, dpd.ADDRESS),
    "fedex": (fedex.FedEx, fedex.ADDRESS),
    "gls": (gls.Gls, gls.ADDRESS),
    "royal-mail": (royal_mail.RoyalMail, royal_mail.ADDRESS),
    "ups": (ups.Ups, ups.ADDRESS),
    "usps": (usps.Usps, usps.ADDRESS),
}


def opened(account: CarrierAccount, session: Session, address: str | None) -> CarrierSource:
    """The account at its carrier, or at `address` in its stead."""
    carrier, own = _CARRIERS[account.kind]
    if account.kind == "dpd" and account.keys.get("country", "").strip().upper() == "NL":
        own = dpd.ADDRESS_NL
    return KarrioSource(carrier(account.keys, Line(session, address or own)))
