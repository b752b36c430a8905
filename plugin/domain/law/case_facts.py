"""Reads the facts of one worked case; a missing or malformed one is an error that names its field."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from plugin.domain.law.errors import MalformedFact, MissingFact

Choice = TypeVar("Choice", bound=StrEnum)

# fmt: off
KNOWN_FACTS = frozenset({
    "order_type", "deliveries", "delivered_at", "shipped_at", "in_transit", "delivery_event", "event_at",
    "document_received_at", "informed", "informed_at", "contract_concluded_on", "statement_submitted_at",
    "condition", "repairs_completed_on", "repair_chosen_not_done", "replacement_delivered_at", "long_life",
    "durable", "listed_durable", "price_huf", "trader_informed_at", "goods_back_at", "proof_of_sending_at",
    "trader_collects", "sealed_hygiene", "sealed_av_or_software", "unsealed_after_delivery",
    "protective_film_removed", "personalised", "made_to_order_from_catalogue_options", "perishable",
    "inseparably_mixed", "newspaper_or_magazine", "subscription", "digital_content",
    "started_with_express_consent", "acknowledged_loss", "confirmation_on_durable_medium", "cart",
    "return_policy_displayed", "consumer_group", "cancelled_on", "item", "now", "days", "months", "base_months",
    "burden_months", "day_of_event_counted", "parcel",
})
# fmt: on
"""What a case may say; `now` and facts that repeat the rulebook are known and decide nothing."""
_REPEATS_PREFIX = "national_"
_YEARS = range(1900, 2200)


class Facts:
    """The facts of a case by name; null and absent differ only where a method says so."""

    __slots__ = ("_at", "_raw")

    def __init__(self, raw: object, at: str = "facts") -> None:
        if not isinstance(raw, Mapping):
            raise MalformedFact(at, "an object")
        self._raw: Mapping[str, object] = raw
        self._at = at

    def unknown(self) -> tuple[str, ...]:
        """Names no rule knows."""
        strange = (name for name in self._raw if name not in KNOWN_FACTS and not name.startswith(_REPEATS_PREFIX))
        return tuple(f"{self._at}.{name}" for name in strange)

    def states(self, name: str) -> bool:
        """Whether the case says anything about it, be it null."""
        return name in self._raw

    def is_null(self, name: str) -> bool:
        """Whether the case says it is known not to exist."""
        return name in self._raw and self._raw[name] is None

    def raw(self, name: str) -> object:
        """The value as given, None when absent."""
        return self._raw.get(name)

    def missing(self, name: str) -> MissingFact:
        """The error for a fact that must be there."""
        return MissingFact(f"{self._at}.{name}")

    def flag(self, name: str) -> bool:
        """True or false; absent and null are false."""
        value = self._raw.get(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        raise self._malformed(name, "true or false")

    def text(self, name: str) -> str | None:
        """A string, or None."""
        value = self._raw.get(name)
        if value is None or isinstance(value, str):
            return value
        raise self._malformed(name, "a text")

    def integer(self, name: str) -> int | None:
        """A whole number, or None."""
        value = self._raw.get(name)
        if isinstance(value, float) and value.is_integer():
            return int(value)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise self._malformed(name, "a whole number")

    def choice(self, name: str, choices: type[Choice]) -> Choice | None:
        """One of a closed set, or None."""
        value = self.text(name)
        if value is None:
            return None
        if value not in set(choices):
            raise self._malformed(name, " or ".join(choices))
        return choices(value)

    def instant(self, name: str) -> datetime | None:
        """An aware instant, or None."""
        value = self.text(name)
        return None if value is None else self._instant(name, value)

    def day(self, name: str) -> date | None:
        """A calendar day, or None."""
        value = self.text(name)
        return None if value is None else self._day(name, value)

    def days(self, name: str) -> tuple[date, ...]:
        """A list of calendar days, empty when absent."""
        items = self._list(name)
        return tuple(self._day(f"{name}[{at}]", item) for at, item in enumerate(items))

    def objects(self, name: str) -> "tuple[Facts, ...]":
        """A list of objects, each with its own field names."""
        return tuple(Facts(item, f"{self._at}.{name}[{at}]") for at, item in enumerate(self._list(name)))

    def _list(self, name: str) -> list[object]:
        value = self._raw.get(name)
        if value is None or isinstance(value, list):
            return value or []
        raise self._malformed(name, "a list")

    def _instant(self, name: str, value: str) -> datetime:
        try:
            at = datetime.fromisoformat(value)
        except ValueError as error:
            raise self._malformed(name, "an ISO 8601 instant with offset") from error
        if at.tzinfo is None or at.year not in _YEARS:
            raise self._malformed(name, "an ISO 8601 instant with offset")
        return at

    def _day(self, name: str, value: object) -> date:
        try:
            day = date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError as error:
            raise self._malformed(name, "a date YYYY-MM-DD") from error
        if day is None or day.year not in _YEARS:
            raise self._malformed(name, "a date YYYY-MM-DD")
        return day

    def _malformed(self, name: str, expected: str) -> MalformedFact:
        return MalformedFact(f"{self._at}.{name}", expected)


def zone_of(name: str) -> ZoneInfo:
    """The IANA zone of a case; raises `MalformedFact`."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        raise MalformedFact("tz", "an IANA time zone") from error


def used_agreed_months(condition: str) -> int | None:
    """The months in `used_agreed_N`, None for any other text."""
    agreed = re.fullmatch(r"used_agreed_(\d{1,4})", condition)
    return int(agreed[1]) if agreed else None
