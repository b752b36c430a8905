"""What Sendcloud is sent, as its document of `POST /returns` shapes it."""

import re
from decimal import Decimal
from typing import Any, Final

from plugin.domain.money import Money
from plugin.domain.order import Address
from plugin.domain.returning.customs import CustomsArticle
from plugin.ports.errors import Rejected
from plugin.ports.label_provider import WantedLabel

_STATE: Final = re.compile(r"[A-Z0-9]{1,3}")
Json = dict[str, Any]


def order_number(wanted: WantedLabel) -> str:
    """How the return is called there, and found again: the order's number and our key."""
    return f"{wanted.order_number} {wanted.key}"


def return_body(wanted: WantedLabel) -> Json:
    """The body. Raises `Rejected` where the sender's address lacks what every parcel needs."""
    carrying: Json = {"type": "shipping_option_code", "shipping_option_code": wanted.carrying.code}
    if wanted.carrying.contract is not None:
        carrying["contract"] = wanted.carrying.contract
    body: Json = {
        "from_address": _sender(wanted),
        "to_address": _receiver(wanted),
        "ship_with": carrying,
        "weight": {"value": wanted.grams, "unit": "g"},
        "collo_count": 1,
        "send_tracking_emails": False,
        "order_number": order_number(wanted),
        "external_reference": wanted.key,
    }
    if wanted.crosses_a_border:
        body |= {
            "parcel_items": [_item(article) for article in wanted.articles],
            "customs_invoice_nr": wanted.claim_number,
            "customs_information": {"invoice_number": wanted.claim_number, "export_reason": "returned_goods"},
        }
    return body


def _sender(wanted: WantedLabel) -> Json:
    address = wanted.sender
    if not (address.name or address.company) or not address.lines or not address.postcode or not address.city:
        raise Rejected("sender_incomplete")
    told = {
        "name": address.name or address.company,
        "company_name": address.company,
        "address_line_1": address.lines[0],
        "address_line_2": ", ".join(address.lines[1:]),
        "postal_code": address.postcode,
        "city": address.city,
        "state_province_code": _state(address),
        "country_code": address.country,
        "phone_number": address.phone,
        "email": wanted.sender_email,
    }
    return {name: value for name, value in told.items() if value}


def _receiver(wanted: WantedLabel) -> Json:
    place, parts = wanted.to, wanted.to_parts
    country = place.address.country
    told = {
        "name": place.name,
        "company_name": place.name,
        "address_line_1": parts.street[0],
        "address_line_2": ", ".join(parts.street[1:]),
        "postal_code": parts.postcode,
        "city": parts.city,
        "state_province_code": f"{country}-{parts.state}" if parts.state else None,
        "country_code": country,
    }
    return {name: value for name, value in told.items() if value}


def _state(address: Address) -> str | None:
    """ISO 3166-2, where the order has the state's code and not its name."""
    is_code = address.state and address.country and _STATE.fullmatch(address.state)
    return f"{address.country}-{address.state}" if is_code else None


def _item(article: CustomsArticle) -> Json:
    each = Money(article.value.minor // article.quantity, article.value.currency)
    grams = article.goods.grams
    told: Json = {
        "description": article.title,
        "quantity": article.quantity,
        "price": {"value": _number(each.decimal()), "currency": each.currency},
        "weight": {"value": grams, "unit": "g"} if grams else None,
        "hs_code": article.goods.tariff_number,
        "origin_country": article.goods.origin,
    }
    return {name: value for name, value in told.items() if value}


def _number(amount: Decimal) -> float:
    """A JSON number with the amount's own digits: two or three decimals survive a float."""
    return float(amount)
