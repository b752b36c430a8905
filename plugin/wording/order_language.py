"""The language an order's shopper is written to."""

from collections.abc import Iterator

from babel.core import get_global

from plugin.domain.order import Order
from plugin.domain.policy import PolicyVersion
from plugin.i18n import FALLBACK, negotiate


def language_of(order: Order, policy: PolicyVersion | None = None) -> str:
    """The order's own, else the one its policy names for the market, else that of where it goes, else English.

    Of a country with several official languages it is the largest (Belgium: Dutch; Switzerland: German), as CLDR's
    likely subtags have it (UTS #35 §4.3). One that has no words here is as good as none.
    """
    country = order.place.country
    named = policy.for_country(country).language if policy is not None else None
    spoken = (order.language, named, *_spoken(country))
    found = (negotiate(tag.replace("_", "-"), None, otherwise="") for tag in spoken if tag)
    return next(filter(None, found), FALLBACK)


def _spoken(country: str | None) -> Iterator[str]:
    """The language of a country (ISO 3166-1) as a tag: with the country, for which it may have words of its own."""
    likely = get_global("likely_subtags").get(f"und_{country}")
    if likely is not None:
        language, script, _ = likely.split("_")
        yield f"{language}-{country}"
        yield f"{language}-{script}"
