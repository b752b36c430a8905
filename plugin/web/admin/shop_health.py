"""How the connection to one shop is doing: what came last and when, and each problem with what to do about it."""

from dataclasses import dataclass
from datetime import timedelta

from babel.dates import format_timedelta
from flask import Response

from plugin.domain.connection import Connection
from plugin.domain.connection_faults import NotConnected
from plugin.domain.hooks import ShopHooks
from plugin.domain.ids import ShopId
from plugin.domain.shop_health import Problem, problems, scope
from plugin.usecases.shopify.order_reach import hides_older_orders
from plugin.web.admin.auth import presence
from plugin.web.admin.connection_states import FOLLOW_SECONDS, connection_states
from plugin.web.admin.pages import page, words
from plugin.web.deps import deps


@dataclass(frozen=True, slots=True)
class ProblemView:
    """A problem in words: what is wrong, what to do, and the platform's own word for who looks closer."""

    title: str
    advice: str
    detail: str | None
    goes_on: str | None = None
    """What is not touched by it."""


def show(shop: str) -> Response:
    """The page; a shop that is not connected has none."""
    now = deps().clock.now()
    with deps().units.read(presence().merchant) as unit:
        here = unit.shops.get(ShopId(shop))
        connection, hooks = unit.connections.get(here.id), unit.hooks.get(here.id)
        is_limited = hides_older_orders(here, deps().shopify, unit)
    if connection is None:
        raise NotConnected
    return page(
        "shop_health.html",
        shop=here,
        connection=connection,
        hooks=hooks,
        state=connection_states([connection], now)[here.id],
        follow_seconds=FOLLOW_SECONDS,
        is_limited=is_limited,
        scope=scope(hooks),
        delay=_delay(hooks.delay) if hooks and hooks.delay is not None else None,
        problems=[_view(each, connection, hooks) for each in problems(connection, hooks, now)],
    )


def _delay(delay: timedelta) -> str:
    """In seconds up to two minutes, in minutes up to two hours, and so on."""
    return format_timedelta(delay, threshold=2, locale=words().locale)


def _view(problem: Problem, connection: Connection, hooks: ShopHooks | None) -> ProblemView:
    said, fault, detail, goes_on = words(), None, None, None
    if problem in {Problem.CONNECTION, Problem.SILENT}:
        fault, detail = connection.fault, connection.fault_detail
        goes_on = said.text("admin.health.goes_on")
    if problem is Problem.HOOKS and hooks:
        fault, detail = hooks.fault, hooks.fault_detail
    advice = f"connection.{fault}" if fault else f"admin.health.problem.{problem.value}_help"
    return ProblemView(said.text(f"admin.health.problem.{problem.value}"), said.text(advice), detail, goes_on)
