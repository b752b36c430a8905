"""Who bought and where it goes. Everything here may be withheld (protected customer data): None is no fault."""

from collections.abc import Mapping

from integrations.platforms.shopify.fields import country, text
from integrations.platforms.shopify.webhook_shapes import Address as PostalAddress
from plugin.domain.order import Address, DeliveryPlace


def address(given: PostalAddress | None) -> Address | None:
    """The address as typed, its country as ISO code where Shopify knows it."""
    if given is None:
        return None
    return Address(
        name=full_name(given.name, given.first_name, given.last_name),
        company=text(given.company),
        lines=tuple(line for line in (text(given.address1), text(given.address2)) if line),
        city=text(given.city),
        postcode=text(given.zip),
        state=_state(given),
        country=country(given.country_code) or text(given.country),
        phone=text(given.phone),
    )


def full_name(name: str | None, first: str | None, last: str | None) -> str | None:
    """The name as given, else first and last."""
    return text(name) or text(f"{first or ''} {last or ''}")


def name_of(*addresses: Address | None) -> str | None:
    """The first name that an address gives."""
    return next((given.name for given in addresses if given and given.name), None)


def place(shipping: PostalAddress | None, billing: PostalAddress | None) -> DeliveryPlace:
    """Where the order goes; nothing is shipped (digital goods, gift cards): where the bill goes."""
    given = billing if shipping is None else shipping
    if given is None:
        return DeliveryPlace(country=None, state=None)
    return DeliveryPlace(country=country(given.country_code), state=_state(given))


def line_properties(by_line: Mapping[str, tuple[tuple[str, str], ...]]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Typed-in properties of the lines that have any."""
    return {line: pairs for line, pairs in by_line.items() if pairs}


def _state(given: PostalAddress) -> str | None:
    return text(given.province_code) or text(given.province)
