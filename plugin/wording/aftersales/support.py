"""How shoppers reach a person: channels in the shop's order, hours in its zone, and how soon it answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import groupby
from urllib.parse import quote

from babel.dates import format_time
from babel.lists import format_list

from plugin.domain.policy.identity import Channel, ChannelKind, OpenHours, Support, Trader
from plugin.i18n import Catalogue
from plugin.wording.aftersales.measures import hours

_BRANDS = {
    ChannelKind.WHATSAPP: "WhatsApp",
    ChannelKind.VIBER: "Viber",
    ChannelKind.LINE: "LINE",
    ChannelKind.ZALO: "Zalo",
    ChannelKind.TELEGRAM: "Telegram",
}
"""Names that are the same in every language."""
_MINUTES_A_DAY = 1440


@dataclass(frozen=True, slots=True)
class WordedChannel:
    """A way to reach the shop; `href` None where the contact is no address a browser can open."""

    name: str
    contact: str
    href: str | None
    languages: str


@dataclass(frozen=True, slots=True)
class WordedHours:
    """Open hours in words, and as numbers for a script that shifts them: minutes after midnight, Monday is 0."""

    days: str
    times: str
    weekdays: tuple[int, ...]
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class SupportWords:
    """The support section. `zone` is the IANA name the hours are in, `zone_text` says it; empty without hours."""

    channels: tuple[WordedChannel, ...]
    hours: tuple[WordedHours, ...]
    zone: str
    zone_text: str
    reply: str
    none: str
    """What to say where no way is known; else empty."""


def support_words(support: Support | None, trader: Trader | None, words: Catalogue) -> SupportWords:
    """What the policy says of support; else the trader's own contacts."""
    channels = support.channels if support else _of_trader(trader)
    has_hours = support is not None and bool(support.hours)
    return SupportWords(
        channels=tuple(_channel(channel, words) for channel in channels),
        hours=tuple(_hours(span, words) for span in support.hours) if support else (),
        zone=support.zone if support and has_hours else "",
        zone_text=words.text("page.support.zone", city=words.city(support.zone)) if support and has_hours else "",
        reply=_reply(support, words),
        none="" if channels else words.text("page.support.none"),
    )


def _of_trader(trader: Trader | None) -> tuple[Channel, ...]:
    if trader is None:
        return ()
    phone = (Channel(ChannelKind.PHONE, trader.phone),) if trader.phone else ()
    return (Channel(ChannelKind.EMAIL, trader.email), *phone)


def _reply(support: Support | None, words: Catalogue) -> str:
    if support is None or support.reply_within_hours is None:
        return ""
    return words.text("page.support.reply", length=hours(support.reply_within_hours, words))


def _channel(channel: Channel, words: Catalogue) -> WordedChannel:
    brand = _BRANDS.get(channel.kind)
    spoken = str(format_list([words.language_name(tag) for tag in channel.languages], locale=words.locale))
    return WordedChannel(
        name=brand or words.text(f"page.channel.{channel.kind.value}"),
        contact=channel.contact,
        href=_href(channel),
        languages=words.text("page.support.languages", names=spoken) if spoken else "",
    )


def _href(channel: Channel) -> str | None:
    contact = channel.contact
    if contact.startswith("https://"):
        return contact
    if channel.kind is ChannelKind.EMAIL:
        return f"mailto:{quote(contact, safe='@+.')}"
    if channel.kind is ChannelKind.PHONE:
        return "tel:" + "".join(sign for sign in contact if sign.isdigit() or sign == "+")
    return None


def _hours(span: OpenHours, words: Catalogue) -> WordedHours:
    weekdays = tuple(sorted(span.weekdays))
    return WordedHours(
        days=", ".join(_days(weekdays, words)),
        times=f"{_time(span.opens, words)} – {_time(span.closes, words)}",
        weekdays=weekdays,
        opens=span.opens,
        closes=span.closes,
    )


def _days(weekdays: Sequence[int], words: Catalogue) -> Iterator[str]:
    """Days that follow one another as a span."""
    names = words.locale.days["stand-alone"]["wide"]
    for _, run in groupby(enumerate(weekdays), key=lambda each: each[1] - each[0]):
        days = [day for _, day in run]
        yield names[days[0]] if len(days) == 1 else f"{names[days[0]]} – {names[days[-1]]}"


def _time(minutes: int, words: Catalogue) -> str:
    hour, minute = divmod(minutes % _MINUTES_A_DAY, 60)
    return format_time(time(hour, minute), "short", locale=words.locale)
