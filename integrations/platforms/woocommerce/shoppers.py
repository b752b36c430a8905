"""Who ordered: everything personal of an order, in one place. Texts stay as typed, markup and all."""

from collections.abc import Iterable

from integrations.platforms.woocommerce.fields import optional_identifier
from integrations.platforms.woocommerce.lines import line_properties
from integrations.platforms.woocommerce.records import AddressRecord, OrderRecord
from plugin.domain.order import Address, DeliveryPlace, Shopper


def shopper(record: OrderRecord) -> Shopper:
    """The shopper of an order; `customer_id` 0 is a guest."""
    billing, delivery = record.billing, record.shipping
    return Shopper(
        external_id=optional_identifier(record.customer_id, "customer_id"),
        name=_name(billing) or _name(delivery),
        email=billing.email or None,
        phone=billing.phone or delivery.phone or None,
        billing=_address(billing),
        delivery=_address(delivery),
        note=record.customer_note or None,
        line_properties=line_properties(record.line_items),
    )


def place(record: OrderRecord) -> DeliveryPlace:
    """Where the order goes: the shipping address, or the billing one when nothing is shipped."""
    address = record.shipping if record.shipping.country else record.billing
    country = (address.country or "").upper()
    is_code = len(country) == len("DE") and country.isascii() and country.isalpha()
    return DeliveryPlace(country if is_code else None, address.state or None)


def _address(record: AddressRecord) -> Address | None:
    address = Address(
        name=_name(record),
        company=record.company or None,
        lines=tuple(line for line in (record.address_1, record.address_2) if line),
        city=record.city or None,
        postcode=record.postcode or None,
        state=record.state or None,
        country=record.country or None,
        phone=record.phone or None,
    )
    return None if address == _EMPTY else address


def _name(record: AddressRecord) -> str | None:
    return _joined((record.first_name, record.last_name))


def _joined(parts: Iterable[str | None]) -> str | None:
    return " ".join(part for part in parts if part) or None


_EMPTY = Address()
