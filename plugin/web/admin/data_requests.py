"""Requests for all that is kept about somebody: begun, looked at, downloaded, and said to be handed over."""

from http import HTTPStatus

from flask import Response, request, url_for

from plugin.domain.data_request import KEPT_AFTER, KEPT_WAITING, AskedThrough, DataRequest, Sought
from plugin.domain.ids import DataRequestId, OrderId, ShopId
from plugin.domain.shop import Role
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.person_data.ask import ask_for_data, buyer_of
from plugin.usecases.person_data.hand_over import hand_over, take_copy
from plugin.usecases.person_data.reach import MOST_TOLD, orders_in
from plugin.web.admin import notices
from plugin.web.admin.auth import presence, require
from plugin.web.admin.pages import page, see, words
from plugin.web.deps import deps

_MOST = 200
_LONGEST_EMAIL = 254


def index() -> Response:
    """Those that are owed an answer first."""
    return _page()


def begin() -> Response:
    """Have it put together, for whoever placed an order or has an address. Raises `NotFound`, `RoleTooLow`."""
    here, at = require(Role.MANAGER), deps()
    order, email = request.form.get("order", ""), request.form.get("email", "").strip()
    if not order and ("@" not in email.strip("@") or len(email) > _LONGEST_EMAIL):
        return _page(email, words().text("requests.email_wrong"), HTTPStatus.UNPROCESSABLE_ENTITY)
    shop, sought = ShopId(request.form.get("shop", "")), Sought(email=email)
    if order:
        shop, sought = buyer_of(OrderId(order), merchant=here.merchant, units=at.units)
    asked = DataRequest(
        DataRequestId(at.ids.new()), shop, AskedThrough.DESK, at.clock.now(), sought, asked_by=here.member.id
    )
    ask_for_data(asked, merchant=here.merchant, units=at.units)
    notices.leave("requests.begun")
    return see(url_for("admin.data_requests"))


def download(asked: str) -> Response:
    """The archive. Raises `UnknownDataRequest`, `RoleTooLow`."""
    here, at = require(Role.MANAGER), deps()
    copy = take_copy(
        DataRequestId(asked),
        here.member.id,
        merchant=here.merchant,
        units=at.units,
        files=at.evidence.files,
        now=at.clock.now(),
    )
    answer = Response(copy.content, content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="data-{copy.request.asked_at:%Y-%m-%d}-{asked}.zip"'
    answer.headers["Content-Length"] = str(copy.request.size)
    return answer


def done(asked: str) -> Response:
    """Say that it was answered. Raises `UnknownDataRequest`, `NothingToHandOver`, `RoleTooLow`."""
    here, at = require(Role.MANAGER), deps()
    hand_over(DataRequestId(asked), here.member.id, merchant=here.merchant, units=at.units, now=at.clock.now())
    notices.leave("requests.handed_over")
    return see(url_for("admin.data_requests"))


def _page(email: str = "", fault: str | None = None, status: HTTPStatus = HTTPStatus.OK) -> Response:
    at, merchant = deps(), presence().merchant
    with at.units.read(merchant) as unit:
        rows, shops = unit.data_requests.all(_MOST), unit.shops.all()
        orders_of = {row.id: _orders(row, unit) for row in rows if row.is_open or row.has_file}
    return page(
        "data_requests.html",
        status,
        rows=rows,
        orders_of=orders_of,
        most_told=MOST_TOLD,
        shops=shops,
        shop_of={shop.id: shop.name for shop in shops},
        now=at.clock.now(),
        days=KEPT_AFTER.days,
        most=KEPT_WAITING.days,
        email=email,
        fault=fault,
    )


def _orders(asked: DataRequest, unit: UnitOfWork) -> list[tuple[OrderId, str]]:
    """The newest of the orders in its file, with their numbers, and one more where there are more."""
    return [(order, unit.orders.get(order).order.number) for order in orders_in(asked, unit)[: MOST_TOLD + 1]]
