"""The carriers that can be asked by an account of the shop's own: what each needs, and how often it may be asked."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from plugin.ports.carrier import Capability, CarrierKind, KeyField

_ASKED: Final = frozenset({Capability.POLL})
_FORECASTS: Final = frozenset({Capability.POLL, Capability.FORECAST})
_CLIENT: Final = (KeyField("client_id", is_secret=False), KeyField("client_secret"))

KINDS: Final[Mapping[str, CarrierKind]] = {
    each.kind: each
    for each in (
        CarrierKind(
            kind="dhl",
            name="DHL (Shipment Tracking - Unified)",
            capabilities=_FORECASTS,
            keys=(KeyField("api_key"),),
            covers=frozenset({"dhl"}),
            pause=timedelta(seconds=5),
            documentation="https://developer.dhl.com/api-reference/shipment-tracking",
        ),
        CarrierKind(
            kind="dhl-express",
            name="DHL Express (MyDHL API)",
            capabilities=_FORECASTS,
            keys=(KeyField("username", is_secret=False), KeyField("password")),
            covers=frozenset({"dhl"}),
            pause=timedelta(seconds=1),
            documentation="https://developer.dhl.com/api-reference/dhl-express-mydhl-api",
        ),
        CarrierKind(
            kind="dpd",
            name="DPD (Shipper web services, Benelux)",
            capabilities=_ASKED,
            keys=(
                KeyField("delis_id", is_secret=False),
                KeyField("password"),
                KeyField("country", is_secret=False, is_optional=True),
            ),
            covers=frozenset({"dpd"}),
            pause=timedelta(seconds=1),
            documentation="https://integrations.dpd.nl/dpd-shipper/dpd-shipper-webservices/parcellifecycle-service/",
        ),
        CarrierKind(
            kind="fedex",
            name="FedEx (Track API)",
            capabilities=_FORECASTS,
            keys=(KeyField("api_key", is_secret=False), KeyField("secret_key")),
            covers=frozenset({"fedex"}),
            batch=30,
            pause=timedelta(seconds=1),
            documentation="https://developer.fedex.com/api/en-us/catalog/track.html",
        ),
        CarrierKind(
            kind="gls",
            name="GLS (Track and Trace API)",
            capabilities=_ASKED,
            keys=_CLIENT,
            covers=frozenset({"gls"}),
            batch=10,
            pause=timedelta(seconds=1),
            documentation="https://dev-portal.gls-group.net/",
        ),
        CarrierKind(
            kind="royal-mail",
            name="Royal Mail (Tracking API v2)",
            capabilities=_FORECASTS,
            keys=_CLIENT,
            covers=frozenset({"royal-mail"}),
            pause=timedelta(seconds=1),
            documentation="https://developer.royalmail.net/",
        ),
        CarrierKind(
            kind="ups",
            name="UPS (Tracking API)",
            capabilities=_FORECASTS,
            keys=_CLIENT,
            covers=frozenset({"ups"}),
            pause=timedelta(seconds=1),
            documentation="https://developer.ups.com/api/reference/tracking",
        ),
        CarrierKind(
            kind="usps",
            name="USPS (Tracking API v3)",
            capabilities=_FORECASTS,
            keys=_CLIENT,
            covers=frozenset({"usps"}),
            pause=timedelta(minutes=1),
            documentation="https://developers.usps.com/trackingv3r2",
        ),
    )
}
"""By kind, whether karrio is installed or not. FedEx takes 30 numbers a question, GLS 10, the others one; DHL lets new
keys ask every 5 seconds and 250 times a day, USPS 60 times an hour. Who publishes no limit is asked once a second."""

_PACKAGES: Final = {
    "dhl": "karrio-dhl-universal",
    "dhl-express": "karrio-mydhl",
    "dpd": "karrio-dpd",
    "fedex": "karrio-fedex",
    "gls": "karrio-gls",
    "royal-mail": "karrio-royalmail",
    "ups": "karrio-ups",
    "usps": "karrio-usps",
}


def installed_kinds() -> Mapping[str, CarrierKind]:
    """Those whose part of karrio is installed here."""
    return {kind: each for kind, each in KINDS.items() if _is_installed(_PACKAGES[kind])}


def missing_kinds() -> Mapping[str, CarrierKind]:
    """Those that the extra `carriers` would add."""
    return {kind: each for kind, each in KINDS.items() if not _is_installed(_PACKAGES[kind])}


@cache
def _is_installed(package: str) -> bool:
    """Asked of the installer's records, for importing karrio takes half a second and has effects."""
    try:
        return bool(version(package))
    except PackageNotFoundError:
        return False
