"""One complete answer to our order query, every selected field present, to vary in tests."""

import copy

from tests.integrations.shopify.samples import Json, Tree, found


def bag(amount: str, currency: str = "EUR", shown: tuple[str, str] | None = None) -> Json:
    """A MoneyBag, likewise."""
    other, other_currency = shown or (amount, currency)
    return {
        "shopMoney": {"amount": amount, "currencyCode": currency},
        "presentmentMoney": {"amount": other, "currencyCode": other_currency},
    }


def _page(*nodes: Json) -> Json:
    return {"pageInfo": {"hasNextPage": False}, "nodes": list(nodes)}


def _postal(**changes: object) -> Json:
    address = {
        "name": "Ada Lovelace",
        "firstName": "Ada",
        "lastName": "Lovelace",
        "company": None,
        "address1": "Hauptstr. 1",
        "address2": "Hof",
        "city": "Berlin",
        "zip": "10115",
        "province": "Berlin",
        "provinceCode": "BE",
        "country": "Germany",
        "countryCodeV2": "DE",
        "phone": "+4930123",
    }
    return {**address, **changes}


_LINE: Json = {
    "id": "gid://shopify/LineItem/71",
    "title": "Ring",
    "quantity": 2,
    "currentQuantity": 1,
    "originalUnitPriceSet": bag("12.90"),
    "discountAllocations": [{"allocatedAmountSet": bag("1.50")}, {"allocatedAmountSet": bag("0.50")}],
    "taxLines": [{"priceSet": bag("3.80")}],
    "sku": "RING-52",
    "variantTitle": "52",
    "requiresShipping": True,
    "isGiftCard": False,
    "customAttributes": [{"key": "Engraving", "value": "For Ada"}, {"key": "_bundle", "value": "9"}],
    "product": {
        "id": "gid://shopify/Product/5",
        "productType": "Jewellery",
        "tags": ["final-sale"],
        "collections": {"nodes": [{"handle": "rings"}]},
    },
    "variant": {"id": "gid://shopify/ProductVariant/6", "selectedOptions": [{"name": "Size", "value": "52"}]},
}

_FULFILMENT: Json = {
    "id": "gid://shopify/Fulfillment/33",
    "status": "SUCCESS",
    "createdAt": "2026-10-02T07:00:00Z",
    "updatedAt": "2026-10-04T07:00:00Z",
    "deliveredAt": "2026-10-04T06:30:00Z",
    "estimatedDeliveryAt": "2026-10-05T06:00:00Z",
    "trackingInfo": [{"company": "DHL", "number": "1", "url": "https://example.com/1"}],
    "fulfillmentLineItems": _page({"quantity": 2, "lineItem": {"id": "gid://shopify/LineItem/71"}}),
    "events": _page(
        {
            "id": "gid://shopify/FulfillmentEvent/1",
            "status": "OUT_FOR_DELIVERY",
            "happenedAt": "2026-10-04T05:00:00Z",
            "message": "On the van",
            "estimatedDeliveryAt": None,
        },
        {
            "id": "gid://shopify/FulfillmentEvent/2",
            "status": "DELIVERED",
            "happenedAt": "2026-10-04T06:30:00Z",
            "message": None,
            "estimatedDeliveryAt": None,
        },
    ),
}

_PARCEL: Json = {
    "id": "gid://shopify/ReverseDelivery/66",
    "deliverable": {
        "__typename": "ReverseDeliveryShippingDeliverable",
        "tracking": {"number": "RR1", "url": "https://example.com/RR1"},
        "label": {"publicFileUrl": "https://example.com/label.pdf"},
    },
}

_ORDER: Json = {
    "id": "gid://shopify/Order/900",
    "name": "#1001",
    "processedAt": "2026-10-01T08:00:00Z",
    "updatedAt": "2026-10-06T08:00:00Z",
    "cancelledAt": None,
    "test": False,
    "taxesIncluded": True,
    "currencyCode": "EUR",
    "presentmentCurrencyCode": "EUR",
    "displayFinancialStatus": "PARTIALLY_REFUNDED",
    "paymentGatewayNames": ["shopify_payments"],
    "customerLocale": "de-DE",
    "note": "Ring twice",
    "tags": [],
    "customAttributes": [],
    "email": "ada@example.com",
    "phone": None,
    "customer": {"id": "gid://shopify/Customer/8", "firstName": "Ada", "lastName": "Lovelace"},
    "purchasingEntity": {"__typename": "Customer"},
    "billingAddress": _postal(),
    "shippingAddress": _postal(address2=None),
    "totalPriceSet": bag("29.75"),
    "shippingLines": _page({"discountedPriceSet": bag("5.95"), "taxLines": [{"priceSet": bag("0.95")}]}),
    "lineItems": _page(_LINE),
    "transactions": [
        {
            "kind": "AUTHORIZATION",
            "status": "SUCCESS",
            "processedAt": "2026-10-01T08:00:00Z",
            "manualPaymentGateway": False,
        },
        {"kind": "CAPTURE", "status": "SUCCESS", "processedAt": "2026-10-02T08:00:00Z", "manualPaymentGateway": False},
    ],
    "fulfillmentsCount": {"count": 1},
    "fulfillments": [_FULFILMENT],
    "refunds": [
        {
            "id": "gid://shopify/Refund/44",
            "processedAt": "2026-10-06T08:00:00Z",
            "totalRefundedSet": bag("11.90"),
            "return": {"id": "gid://shopify/Return/55"},
            "refundLineItems": _page(
                {
                    "quantity": 1,
                    "lineItem": {"id": "gid://shopify/LineItem/71"},
                    "subtotalSet": bag("11.90"),
                    "totalTaxSet": bag("1.90"),
                }
            ),
        }
    ],
    "returns": _page(
        {
            "id": "gid://shopify/Return/55",
            "status": "CLOSED",
            "returnShippingFees": [{"amountSet": {"presentmentMoney": bag("4.90")["presentmentMoney"]}}],
            "returnLineItems": _page(
                {
                    "quantity": 1,
                    "processedQuantity": 1,
                    "restockingFee": {"amountSet": {"presentmentMoney": bag("1.19")["presentmentMoney"]}},
                    "fulfillmentLineItem": {"lineItem": {"id": "gid://shopify/LineItem/71"}},
                }
            ),
            "reverseFulfillmentOrders": {"nodes": [{"reverseDeliveries": {"nodes": [_PARCEL]}}]},
        }
    ),
}


def a_node(**changes: object) -> Json:
    """An order as `order.graphql` answers it, every selected field present."""
    return {**copy.deepcopy(_ORDER), **changes}


def a_fulfilment_node(**changes: object) -> Json:
    """A fulfilment inside it."""
    return {**copy.deepcopy(_FULFILMENT), **changes}


def a_line_node(**changes: object) -> Json:
    """A line inside it."""
    return {**copy.deepcopy(_LINE), **changes}


def page(*nodes: Json) -> Json:
    """A connection without a further page."""
    return _page(*nodes)


def postal(**changes: object) -> Json:
    """An address inside it."""
    return _postal(**changes)


def completed(real: Json) -> Json:
    """A recorded order with what its query left out filled in from the complete answer, in its own currencies."""
    shop = [money["currencyCode"] for holder in found(real, "shopMoney") for money in [holder["shopMoney"]]]
    shown = [
        money["currencyCode"] for holder in found(real, "presentmentMoney") for money in [holder["presentmentMoney"]]
    ]
    whole = a_node(fulfillmentsCount=None)
    for holder in found(whole, "shopMoney"):
        holder["shopMoney"]["currencyCode"] = (shop or ["EUR"])[0]
        holder["presentmentMoney"]["currencyCode"] = (shown or shop or ["EUR"])[0]
    merged: Json = overlaid(real, whole)
    return merged


def overlaid(real: Tree, whole: Tree) -> Tree:
    """A recorded value completed, where its query asked for less, by the complete answer's; what is real wins."""
    if isinstance(real, dict) and isinstance(whole, dict):
        keys = {**whole, **real}
        return {key: overlaid(real[key], whole.get(key)) if key in real else whole[key] for key in keys}
    if isinstance(real, list) and isinstance(whole, list) and whole:
        return [overlaid(entry, whole[0]) for entry in real]
    return real
