"""Where an order's parcels are: found by number and e-mail address, by a session, or by a link that was mailed."""

from http import HTTPStatus

from flask import Response, request

from plugin.domain.claim_draft import ClaimDraft, Page, Step
from plugin.domain.errors import NotFound
from plugin.domain.shopper_session import NoSuchPage, OrderNotFound, Proof
from plugin.domain.tracking.shipment import Purpose
from plugin.domain.tracking.told import Situation, ToldOrder, ToldParcel
from plugin.ports.claim_drafts import LinkPurpose
from plugin.usecases.list_shopper_orders import list_shopper_orders, shopper_order
from plugin.usecases.prove_shopper import read_tracking
from plugin.usecases.quote_claim import ClaimQuote
from plugin.usecases.tracking.quote_tracking import quote_tracking
from plugin.usecases.write_claim import choose_lines
from plugin.web.deps import deps
from plugin.web.portal.find import LONGEST_NUMBER, link_wished, looked_for, placed_on
from plugin.web.portal.reason import leaves
from plugin.web.portal.visit import Visit, session_of, typed, visit
from plugin.web.portal.writing import claiming
from plugin.web.proxied import account
from plugin.wording.order_language import language_of
from plugin.wording.tracking.answer import tracking_answer

_REASONS = {"lost": "logistics.lost", "damaged": "logistics.damaged_in_transit"}
"""What can be wrong with a parcel, by the reason it is claimed for."""
_NEVER_SENT = frozenset({Situation.NOT_SENT, Situation.DIGITAL, Situation.CANCELLED})
_ARRIVED = frozenset({Situation.DELIVERED, Situation.COLLECTED})
_BACK = frozenset({Situation.RETURNING, Situation.RETURNED})
_FINE = frozenset(
    {
        Situation.INFO_RECEIVED,
        Situation.IN_TRANSIT,
        Situation.CUSTOMS,
        Situation.OUT_FOR_DELIVERY,
        Situation.PICKUP_READY,
        Situation.FAILED_ATTEMPT,
    }
)
"""In which a parcel that is not late is simply waited for."""


def find(shop_key: str) -> Response:
    """Ask for the order."""
    number = typed(request.args.get("order", ""), LONGEST_NUMBER)
    return _find_page(visit(shop_key), number=number, is_sent=request.args.get("sent") == "1")


def look(shop_key: str) -> Response:
    """To the order's parcels, or the same form again with one sentence, whatever it was that did not fit."""
    at = visit(shop_key)
    return looked_for(at, "tracking_orders", lambda *status, **facts: _find_page(at, *status, **facts))


def mail_link(shop_key: str) -> Response:
    """Take the wish for a link; the answer is the same whoever asks."""
    at = visit(shop_key)
    return link_wished(at, "tracking", LinkPurpose.TRACKING, lambda *status, **facts: _find_page(at, *status, **facts))


def orders(shop_key: str, token: str) -> Response:
    """The orders a session opens; where it is one, straight to that one."""
    at = visit(shop_key)
    found = list_shopper_orders(session_of(at, token), at.shop, units=deps().units)
    if not found:
        raise OrderNotFound
    if len(found) == 1:
        return at.see("tracking_of", token=token, order=found[0].id)
    return at.page("orders.html", token=token, orders=found, placed_on=placed_on, leads_to="tracking_of")


def show(shop_key: str, token: str, order: str) -> Response:
    """The parcels of an order that the session opens; with number and address alone, nothing of where they go."""
    at = visit(shop_key)
    told = _told(at, token, order)
    return _page(at, told, token=token, order=order, ways=_ways(told))


def linked(shop_key: str, token: str) -> Response:
    """The parcels of the order a link was mailed for, in its language unless another was chosen."""
    at, needs = visit(shop_key), deps()
    order, now = read_tracking(needs.secrets, at.shop.id, token, needs.clock.now()), needs.clock.now()
    with needs.units.read(at.shop.merchant) as unit:
        try:
            stored = unit.orders.get(order)
        except NotFound as error:
            raise NoSuchPage from error
        if stored.shop != at.shop.id or stored.order.shopper.is_erased:
            raise NoSuchPage
        told = quote_tracking(stored, unit, now)
    return _page(visit(shop_key, language_of(stored.order)), told)


def report(shop_key: str, token: str, order: str) -> Response:
    """To a claim of a parcel's goods that has its reason already; every answer can still be changed there.

    What the page does not offer, because the parcel is another by now or came meanwhile, leads back to the page.
    """
    at, needs = claiming(shop_key, token, order), deps()
    told = _told(at.at, token, order)
    parcel = next((each for each in told.parcels if each.id == request.form.get("parcel")), None)
    about = request.form.get("about", "")
    if parcel is None or about not in _wrong(parcel):
        return at.at.see("tracking_of", token=token, order=order)
    reason = leaves(at.case).get(_REASONS[about])
    chosen = tuple((each.line, each.quantity) for each in parcel.contents)
    choose_lines(chosen, at.writing, at.at.shop, units=needs.units, law=needs.law, ids=needs.ids, now=needs.clock.now())

    def because(draft: ClaimDraft, _: ClaimQuote) -> ClaimDraft:
        return draft.saying(*(each.because(reason.id, each.note) for each in draft.lines)) if reason else draft

    return at.changed(because).on(Page(Step.LINES))


def _told(at: Visit, token: str, order: str) -> ToldOrder:
    needs, session = deps(), session_of(at, token)
    with needs.units.read(at.shop.merchant) as unit:
        stored = shopper_order(session, order, unit)
        is_proven = session.proof is not Proof.MAIL_EQUALS_ORDER
        return quote_tracking(stored, unit, needs.clock.now(), is_proven=is_proven)


def _ways(told: ToldOrder) -> dict[str, tuple[str, ...]]:
    """What can be reported of each parcel: that it has not come, and what was wrong when it came."""
    return {each.id: tuple(_wrong(each)) for each in told.parcels}


def _wrong(parcel: ToldParcel) -> list[str]:
    if parcel.purpose is Purpose.RETURN or parcel.situation in _NEVER_SENT or not parcel.contents:
        return []
    if parcel.situation in _ARRIVED:
        return ["lost", "damaged"]
    is_awaited = parcel.situation in _FINE and not parcel.is_late
    return [] if is_awaited or parcel.situation in _BACK else ["lost"]


def _page(at: Visit, told: ToldOrder, **facts: object) -> Response:
    return at.page("tracking.html", answer=tracking_answer(told, at.words), **facts)


def _find_page(at: Visit, status: HTTPStatus = HTTPStatus.OK, /, **facts: object) -> Response:
    ways = {"action": at.address("look_for_tracking"), "link_action": at.address("mail_tracking_link")}
    title = at.words.text("tracking.follow")
    return at.page("find.html", status, title=title, account=account(), **ways, **facts)
