"""A policy version as a document: what a merchant writes, checks and keeps; every fault is reported, naming its field.

Shape (JSON): `{"id", "effective_from", "home_country", "default": MARKET, "markets": [MARKET ...]}`, where MARKET is
`{"market", "countries", "return_days", "exchange_days", "return_payer", "warranty_months", "is_informed",
"is_told_return_cost", "warranty_payer"}`. Only `id`, `effective_from` and `default.market` must be there; what is
missing is not promised.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from plugin.domain.errors import Invalid
from plugin.domain.policy import MarketPolicy, Payer, PolicyVersion
from plugin.domain.times import NotAnInstant, instant

Document = Mapping[str, object]
_VERSION_KEYS = frozenset(PolicyVersion.__dataclass_fields__)
_MARKET_KEYS = frozenset(MarketPolicy.__dataclass_fields__)
_MAX_DAYS = 3650
_MAX_MONTHS = 1200
_COUNTRY_LENGTH = 2
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PolicyFault:
    """One thing wrong with a document: `field` is a path (`markets.0.return_days`), `code` says what."""

    field: str
    code: str


class InvalidPolicy(Invalid):
    """The document is no policy; `faults` lists everything wrong with it."""

    code = "invalid_policy"

    def __init__(self, faults: tuple[PolicyFault, ...]) -> None:
        self.faults = faults
        super().__init__({fault.field: fault.code for fault in faults})


def read_policy(document: object) -> PolicyVersion:
    """The policy version a document describes; raises `InvalidPolicy` with every fault found."""
    reader = _Reader()
    version = reader.version(document)
    if reader.faults:
        raise InvalidPolicy(tuple(reader.faults))
    return version


def write_policy(version: PolicyVersion) -> dict[str, object]:
    """The document of a policy version; `read_policy` gives the same version back."""
    return {
        "id": version.id,
        "effective_from": version.effective_from.isoformat(),
        "home_country": version.home_country,
        "default": _market_document(version.default),
        "markets": [_market_document(market) for market in version.markets],
    }


def _market_document(market: MarketPolicy) -> dict[str, object]:
    values = {name: getattr(market, name) for name in MarketPolicy.__dataclass_fields__}
    return {
        **values,
        "countries": sorted(market.countries),
        "return_payer": market.return_payer.value,
        "warranty_payer": market.warranty_payer.value,
    }


@dataclass(slots=True)
class _Reader:
    """Reads a document field by field and goes on after a fault, so that all of them are reported together."""

    faults: list[PolicyFault] = field(default_factory=list)

    def version(self, document: object) -> PolicyVersion:
        whole = self._object(document, "policy", _VERSION_KEYS)
        listed = whole.get("markets", [])
        if not isinstance(listed, list):
            self._fault("markets", "not_a_list")
            listed = []
        markets = tuple(self._market(market, f"markets.{i}") for i, market in enumerate(listed))
        self._served_once(markets)
        return PolicyVersion(
            id=self._text(whole, "id", ""),
            effective_from=self._instant(whole, "effective_from"),
            markets=markets,
            default=self._market(whole.get("default"), "default"),
            home_country=self._country(whole, "home_country"),
        )

    def _market(self, document: object, at: str) -> MarketPolicy:
        market = self._object(document, at, _MARKET_KEYS)
        prefix = f"{at}."
        return MarketPolicy(
            market=self._text(market, "market", prefix),
            countries=self._countries(market, prefix, must_name=at != "default"),
            return_days=self._count(market, "return_days", prefix, _MAX_DAYS),
            exchange_days=self._count(market, "exchange_days", prefix, _MAX_DAYS),
            return_payer=self._payer(market, "return_payer", prefix),
            warranty_months=self._count(market, "warranty_months", prefix, _MAX_MONTHS) or 0,
            is_informed=self._declared(market, "is_informed", prefix),
            is_told_return_cost=self._declared(market, "is_told_return_cost", prefix),
            warranty_payer=self._payer(market, "warranty_payer", prefix),
        )

    def _object(self, value: object, at: str, keys: frozenset[str]) -> Document:
        if not isinstance(value, Mapping):
            self._fault(at, "missing" if value is None else "not_an_object")
            return {}
        for key in value:
            if key not in keys:
                self._fault(key if at == "policy" else f"{at}.{key}", "unknown_field")
        return value

    def _text(self, source: Document, key: str, prefix: str) -> str:
        value = source.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self._fault(prefix + key, "missing" if value is None else "not_a_text")
        return ""

    def _instant(self, source: Document, key: str) -> datetime:
        try:
            return instant(self._text(source, key, ""))
        except NotAnInstant:
            if source.get(key) is not None:
                self._fault(key, "not_an_instant")
            return _NEVER

    def _count(self, source: Document, key: str, prefix: str, most: int) -> int | None:
        value = source.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
            return value
        self._fault(prefix + key, "not_a_count")
        return None

    def _payer(self, source: Document, key: str, prefix: str) -> Payer:
        value = source.get(key, Payer.UNKNOWN.value)
        if isinstance(value, str) and value in set(Payer):
            return Payer(value)
        self._fault(prefix + key, "not_a_payer")
        return Payer.UNKNOWN

    def _declared(self, source: Document, key: str, prefix: str) -> bool | None:
        value = source.get(key)
        if value is None or isinstance(value, bool):
            return value
        self._fault(prefix + key, "not_yes_or_no")
        return None

    def _country(self, source: Document, key: str) -> str | None:
        value = source.get(key)
        if value is None or (isinstance(value, str) and _is_country(value)):
            return value
        self._fault(key, "not_a_country_code")
        return None

    def _countries(self, source: Document, prefix: str, *, must_name: bool) -> frozenset[str]:
        value = source.get("countries", [])
        if not isinstance(value, list) or not all(_is_country(code) for code in value):
            self._fault(prefix + "countries", "not_country_codes")
            return frozenset()
        if must_name and not value:
            self._fault(prefix + "countries", "missing")
        return frozenset(value)

    def _served_once(self, markets: tuple[MarketPolicy, ...]) -> None:
        times = Counter(country for market in markets for country in market.countries)
        for i, market in enumerate(markets):
            if any(times[country] > 1 for country in market.countries):
                self._fault(f"markets.{i}.countries", "country_in_two_markets")

    def _fault(self, at: str, code: str) -> None:
        self.faults.append(PolicyFault(at, code))


def _is_country(code: object) -> bool:
    return isinstance(code, str) and len(code) == _COUNTRY_LENGTH and code.isascii() and code.isupper()
