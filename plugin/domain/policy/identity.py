"""Who the trader is and how to reach them, as information duties require (Directive 2011/83/EU art. 6); asked once."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from plugin.domain.policy.terms import CountryCode, Language, Slug

Line = Annotated[str, Meta(min_length=1, max_length=200)]


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address as it is written on a parcel; `country` ISO 3166-1."""

    lines: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=6)]
    country: CountryCode


@dataclass(frozen=True, slots=True)
class ReturnAddress:
    """Where goods go back to; a hub collects for several countries and sends on in batches."""

    id: Slug
    name: Line
    address: Address
    is_hub: bool = False


@dataclass(frozen=True, slots=True)
class Trader:
    """The seller's identity towards shoppers (Directive 2011/83/EU art. 6(1)(b)-(d))."""

    name: Line
    address: Address
    email: Annotated[str, Meta(pattern="^[^@\\s]+@[^@\\s][^@\\s.]*\\.[^@\\s]+$")]
    phone: Annotated[str, Meta(pattern="^\\+?[0-9 ()/.-]{5,30}$")] | None = None


class ChannelKind(StrEnum):
    """A way to reach support."""

    EMAIL = "email"
    PHONE = "phone"
    TICKET = "ticket"
    CHAT = "chat"
    WHATSAPP = "whatsapp"
    VIBER = "viber"
    LINE = "line"
    ZALO = "zalo"
    TELEGRAM = "telegram"


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to reach support: an e-mail address, a number, or an https link; the languages spoken there."""

    kind: ChannelKind
    contact: Line
    languages: tuple[Language, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenHours:
    """Open from `opens` to `closes` (minutes after midnight, in the support's zone) on these weekdays (Monday is 0)."""

    weekdays: frozenset[Annotated[int, Meta(ge=0, le=6)]]
    opens: Annotated[int, Meta(ge=0, le=1440)]
    closes: Annotated[int, Meta(ge=0, le=1440)]


@dataclass(frozen=True, slots=True)
class Support:
    """How shoppers reach a person, best way first. `zone` is an IANA name; `reply_within_hours` counts open or not."""

    channels: tuple[Channel, ...]
    zone: str
    hours: tuple[OpenHours, ...] = ()
    reply_within_hours: Annotated[int, Meta(ge=1, le=720)] | None = None
