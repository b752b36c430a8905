"""Loads the demo store once: its shops, policy, owner, products, orders, and what happened to their parcels."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files

from plugin.demo import catalogue
from plugin.demo.calendar import offset, shifted
from plugin.demo.claims import tell_tales
from plugin.demo.documents import product_documents
from plugin.demo.policy import demo_policy
from plugin.demo.stories import Report, Story, stories
from plugin.demo.ways import tell_ways
from plugin.domain.ids import MerchantId
from plugin.domain.order import DeliveryEvent, OrderRef, Platform
from plugin.domain.policy.document import write_policy
from plugin.domain.shop import Merchant, Role, Shop
from plugin.domain.shop_events import DeliverySeen, ProductSeen
from plugin.domain.stored import StoredOrder
from plugin.domain.times import Moment, Source
from plugin.ports.deps import Deps
from plugin.ports.platform import Message
from plugin.usecases.add_certificate import add_certificate
from plugin.usecases.apply_shop_events import apply_shop_events
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.confirm_order import confirm_order
from plugin.usecases.create_merchant import create_merchant
from plugin.usecases.create_shop import create_shop
from plugin.usecases.import_orders import import_orders
from plugin.usecases.invite_staff import invite_staff
from plugin.usecases.mark_delivered import Delivery, mark_delivered
from plugin.usecases.publish_draft import publish_draft
from plugin.usecases.read_record import Reading, read_record
from plugin.usecases.rebuild_entitlements import rebuild_entitlements
from plugin.usecases.start_draft import start_draft
from plugin.usecases.switch_withdrawal import switch_withdrawal

MERCHANT = "Nordlicht Outdoor"
OWNER = "owner@nordlicht.example"
SHOPS = {Platform.WOOCOMMERCE: "Nordlicht", Platform.SHOPIFY: "Nordlicht on Shopify"}
_FILES = {
    Platform.WOOCOMMERCE: ("recorded-woocommerce.jsonl", "crafted-woocommerce.jsonl", "parcels-woocommerce.jsonl"),
    Platform.SHOPIFY: ("shopify.jsonl",),
}
_CONFIRMED = "1043"
_POLICY_SINCE = timedelta(days=4 * 365)


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo as it is now; `tally` counts what this call imported, nothing when it was there already."""

    merchant: Merchant
    shops: dict[Platform, Shop]
    tally: Counter[str]


def load_demo(deps: Deps) -> Demo:
    """The demo, loaded on the first call: dates are moved to that day and then stay.

    A load that was interrupted is completed by the next one.
    """
    now = deps.clock.now()
    merchant = _merchant(deps, now)
    with deps.units.read(merchant.id) as unit:
        is_complete = bool(unit.staff.all())
        shops = {shop.platform: shop for shop in unit.shops.all()}
    if is_complete:
        return Demo(merchant, shops, Counter())
    shops |= {platform: _shop(platform, merchant, deps, now) for platform in SHOPS if platform not in shops}
    _publish(merchant.id, deps, now)
    _stock(shops[catalogue.PLATFORM], deps)  # before the orders, so that their lines copy what was sold
    tally = sum((_import(shop, deps, now) for shop in shops.values()), Counter[str]())
    for story in stories():
        _tell(story, shops[story.shop], deps, now)
    tell_ways(merchant.id, units=deps.units, now=now)
    rebuild_entitlements((), merchant=merchant.id, units=deps.units, law=deps.law, now=now)
    _confirm(shops[Platform.SHOPIFY], deps, now)
    tell_tales(shops[Platform.WOOCOMMERCE], desk_of(deps, merchant.id), now)
    _document(merchant.id, deps, now)
    _invite(merchant.id, deps, now)  # last: its presence says that the demo is complete
    return Demo(merchant, shops, tally)


def _merchant(deps: Deps, now: datetime) -> Merchant:
    known = next((merchant for merchant in deps.directory.merchants() if merchant.name == MERCHANT), None)
    return known or create_merchant(MERCHANT, units=deps.units, ids=deps.ids, now=now)


def _publish(merchant: MerchantId, deps: Deps, now: datetime) -> None:
    """As its owner would: by a draft that the linter has to pass."""
    with deps.units.read(merchant) as unit:
        is_published, draft = bool(unit.policies.all()), unit.drafts.open()
    if is_published:
        return
    since = now - _POLICY_SINCE
    units, ids = deps.units, deps.ids
    promised = write_policy(demo_policy(since))
    draft = draft or start_draft(promised, merchant=merchant, by=None, units=units, ids=ids, now=now)
    publish_draft(
        draft.id,
        draft.version,
        effective_from=since,
        merchant=merchant,
        by=None,
        units=units,
        ids=ids,
        law=deps.law,
        now=now,
    )


def _shop(platform: Platform, merchant: Merchant, deps: Deps, now: datetime) -> Shop:
    shop = create_shop(
        SHOPS[platform],
        platform,
        merchant=merchant.id,
        units=deps.units,
        ids=deps.ids,
        secrets=deps.secrets,
        now=now,
        is_demo=True,
    )
    return switch_withdrawal(shop.id, is_on=True, merchant=merchant.id, by=None, units=deps.units, now=now)


def _stock(shop: Shop, deps: Deps) -> None:
    reports = [(ProductSeen(product),) for product in catalogue.products()]
    with deps.units(shop.merchant) as unit:
        apply_shop_events(reports, shop, unit, deps.ids)
        unit.commit()


def _import(shop: Shop, deps: Deps, now: datetime) -> Counter[str]:
    batches = import_orders(_readings(shop, deps, now), shop=shop, units=deps.units, ids=deps.ids, now=now)
    return sum(batches, Counter[str]())


def _readings(shop: Shop, deps: Deps, now: datetime) -> Iterator[Reading]:
    by = offset(now)
    for name in _FILES[shop.platform]:
        for line in (files(__package__) / "data" / name).read_bytes().splitlines():
            body = shifted(line, by)
            yield Reading("", body, read_record(Message("", body, {}), deps.translators[shop.platform]))


def _tell(story: Story, shop: Shop, deps: Deps, now: datetime) -> None:
    with deps.units.read(shop.merchant) as unit:
        (stored,) = unit.orders.by_number(shop.id, story.order)
    if story.mark_days_ago is not None:
        delivery = Delivery(stored.id, (now - timedelta(days=story.mark_days_ago)).date())
        mark_delivered([delivery], merchant=shop.merchant, by=None, units=deps.units, now=now)
    if story.reports:
        reports = [(_seen(report, stored, now),) for report in story.reports]
        with deps.units(shop.merchant) as unit:
            apply_shop_events(reports, shop, unit, deps.ids)
            unit.commit()


def _seen(report: Report, stored: StoredOrder, now: datetime) -> DeliverySeen:
    ref: OrderRef = stored.order.ref
    fulfilment = stored.order.fulfilments[report.parcel]
    moment = Moment(now - timedelta(days=report.days_ago), Source.CARRIER)
    expected = report.estimated_in_days
    estimated = None if expected is None else Moment(now + timedelta(days=expected), Source.ESTIMATE)
    return DeliverySeen(ref, fulfilment.id, DeliveryEvent(report.status, moment), estimated)


def _confirm(shop: Shop, deps: Deps, now: datetime) -> None:
    """Write to the shopper of the newest order, once, so that the mailbox has a confirmation to read."""
    with deps.units.read(shop.merchant) as unit:
        (stored,) = unit.orders.by_number(shop.id, _CONFIRMED)
        is_done = bool(unit.shown.of(stored.id))
    if deps.papers is not None and not is_done:
        confirm = deps.papers.confirm
        confirm_order(
            stored.id, merchant=shop.merchant, units=deps.units, ids=deps.ids, law=deps.law, confirm=confirm, now=now
        )


def _document(merchant: MerchantId, deps: Deps, now: datetime) -> None:
    with deps.units.read(merchant) as unit:
        known = {each.name for each in unit.certificates.all()}
    for given in product_documents(now.date()):
        if given.name not in known:
            add_certificate(given, merchant=merchant, by=None, units=deps.units, ids=deps.ids, now=now)


def _invite(merchant: MerchantId, deps: Deps, now: datetime) -> None:
    invite_staff(
        OWNER, Role.OWNER, "en", merchant=merchant, units=deps.units, ids=deps.ids, secrets=deps.secrets, now=now
    )
