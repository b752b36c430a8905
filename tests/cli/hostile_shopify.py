"""Every trap of Shopify's data (Admin API and webhooks 2026-10) as a record of an import."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from plugin.domain.money import Money
from plugin.domain.order import Order, Standing
from plugin.domain.times import Source, instant
from tests.cli.traps import Meant, Platform, Record, Refused, line
from tests.integrations.shopify.nodes import a_fulfilment_node, a_node, page
from tests.integrations.shopify.samples import a_fulfilment, a_line, a_refund, an_order, money

_TYPED = '<b onclick="x()">Ring</b> & \u202eטבעת\u202c 💍 指輪'
_ids = count(70_001)


def _order(**changes: object) -> Record:
    number = next(_ids)
    return an_order(id=number, admin_graphql_api_id=f"gid://shopify/Order/{number}", **changes)


def _node(**changes: object) -> Record:
    return a_node(id=f"gid://shopify/Order/{next(_ids)}", **changes)


def _meant(sentence: str, record: Record, ask: Callable[[Order], object], answer: object) -> Meant:
    gid = record.get("admin_graphql_api_id") or record["id"]
    return Meant(sentence, line(record), str(gid).rsplit("/", 1)[-1], ask, answer)


def _refused(sentence: str, record: Record, code: str, field: str) -> Refused:
    return Refused(sentence, line(record), code, field)


def _without(field: str, record: Record) -> Record:
    return {key: value for key, value in record.items() if key != field}


def _yen() -> Record:
    taxes = [{"price_set": money("180.0", "JPY"), "rate": 0.1}]
    yen = a_line(quantity=1, price_set=money("1980.00", "JPY"), tax_lines=taxes)
    return _order(currency="JPY", presentment_currency="JPY", total_price_set=money("1980.00", "JPY"), line_items=[yen])


def _dinar() -> Record:
    dinar = a_line(quantity=1, price_set=money("12.345", "KWD"), tax_lines=[])
    total = money("12.345", "KWD")
    return _order(currency="KWD", presentment_currency="KWD", total_price_set=total, line_items=[dinar])


MEANT = (
    _meant(
        "the first half past two of an autumn night",
        _order(processed_at="2026-10-25T02:30:00+02:00"),
        lambda order: order.placed.at,
        instant("2026-10-25T00:30:00Z"),
    ),
    _meant(
        "the second half past two of an autumn night",
        _order(processed_at="2026-10-25T02:30:00+01:00"),
        lambda order: order.placed.at,
        instant("2026-10-25T01:30:00Z"),
    ),
    _meant("a yen total with decimals", _yen(), lambda order: order.total.shop, Money(1980, "JPY")),
    _meant("a yen line with tax inside", _yen(), lambda order: order.lines[0].total.shop, Money(1800, "JPY")),
    _meant("a dinar total with three decimals", _dinar(), lambda order: order.total.shop, Money(12345, "KWD")),
    _meant(
        "an id that JavaScript rounded",
        an_order(id=9007199254740992, admin_graphql_api_id="gid://shopify/Order/9007199254740993"),
        lambda order: order.ref.external_id,
        "9007199254740993",
    ),
    _meant(
        "ids beyond 2 to the 53 without a global id",
        an_order(
            id=2**53 + 3,
            admin_graphql_api_id=None,
            line_items=[a_line(id=2**63 - 1, admin_graphql_api_id=None, product_id=2**53 + 5)],
        ),
        lambda order: (order.ref.external_id, order.lines[0].id, order.lines[0].product_id),
        ("9007199254740995", "9223372036854775807", "9007199254740997"),
    ),
    _meant(
        "a tracking link that is a script",
        _order(fulfillments=[a_fulfilment(tracking_numbers=["1"], tracking_urls=["\tJavaScript:alert(1)"])]),
        lambda order: [(p.number, p.url) for f in order.fulfilments for p in f.parcels],
        [("1", None)],
    ),
    _meant(
        "a parcel delivered without an instant",
        _node(fulfillments=[a_fulfilment_node(deliveredAt=None, estimatedDeliveryAt=None, events=page())]),
        lambda order: [f.events for f in order.fulfilments],
        [()],
    ),
    _meant(
        "a parcel that is only expected",
        _node(
            fulfillments=[
                a_fulfilment_node(deliveredAt=None, estimatedDeliveryAt="2026-10-05T06:00:00Z", events=page())
            ]
        ),
        lambda order: [(f.events, f.estimated.source if f.estimated else None) for f in order.fulfilments],
        [((), Source.ESTIMATE)],
    ),
    _meant(
        "a refund that moved no money",
        _order(refunds=[a_refund(transactions=[])]),
        lambda order: [refund.amount for refund in order.refunds],
        [None],
    ),
    _meant(
        "a product that was deleted",
        _order(line_items=[a_line(product_id=None, variant_id=None, sku=None)]),
        lambda order: (order.lines[0].product_id, order.lines[0].variant_id, order.lines[0].sku),
        (None, None, None),
    ),
    _meant(
        "markup, other scripts and directions in a title",
        _order(line_items=[a_line(title=_TYPED)]),
        lambda order: order.lines[0].title,
        _TYPED,
    ),
    _meant(
        "a NUL in a title",
        _order(line_items=[a_line(title="Ring\x00<NUL>")]),
        lambda order: order.lines[0].title,
        "Ring\ufffd<NUL>",
    ),
    _meant("a NUL in a number", _order(name="#20\x0026"), lambda order: order.number, "20\ufffd26"),
    _meant(
        "customer data that is withheld",
        {
            **_node(customer=None, email=None, phone=None, note=None, billingAddress=None),
            "errors": [{"message": "This app is not approved to access the Customer object"}],
        },
        lambda order: (order.shopper.email, order.place.country),
        (None, "DE"),
    ),
    _meant(
        "cash on delivery that nobody has paid",
        _order(financial_status="pending", payment_gateway_names=["Cash on Delivery (COD)"]),
        lambda order: order.standing,
        Standing.PLACED,
    ),
    _meant(
        "no address at all",
        _order(shipping_address=None, billing_address=None),
        lambda order: order.place.country,
        None,
    ),
)

REFUSED = (
    *(
        _refused(f"{field} missing", _without(field, _order()), "missing_field", field)
        for field in ("name", "updated_at", "currency", "total_price_set", "financial_status")
    ),
    _refused("an instant without offset", _order(processed_at="2026-10-25T02:30:00"), "malformed", "processed_at"),
    _refused("an absurd year", _order(processed_at="0099-01-01T00:00:00Z"), "absurd_date", "processed_at"),
    _refused(
        "a total that is no amount",
        _order(total_price_set=money("NaN")),
        "malformed",
        "total_price_set.shop_money.amount",
    ),
    _refused(
        "a global id that is none",
        an_order(admin_graphql_api_id="gid://evil/Order/1"),
        "malformed",
        "admin_graphql_api_id",
    ),
    _refused(
        "lines that go on beyond their page",
        _node(lineItems={"pageInfo": {"hasNextPage": True}, "nodes": []}),
        "incomplete",
        "lineItems",
    ),
    _refused("a query's answer without an order", {"data": {"order": None}}, "missing_field", "data.order"),
    _refused("an error object", {"errors": "Not Found"}, "unrecognised", "id"),
    _refused(
        "an edited order that is only a difference",
        {"topic": "orders/edited", "payload": {"order_edit": {"id": 1, "order_id": 900}}},
        "needs_reread",
        "order",
    ),
    Refused("a line cut off", line(_order())[:-40], "not_json", "body"),
    Refused("nesting without end", b'{"a":' * 20_000, "nested_too_deep", "body"),
)

SKIPPED = (
    line({"topic": "returns/process", "payload": {}}),
    line({"topic": "customers/redact", "payload": {"customer": {"id": 7}}}),
)

SHOPIFY = Platform("shopify", MEANT, REFUSED, SKIPPED)
