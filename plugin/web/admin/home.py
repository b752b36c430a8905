"""Home: what is due, what is stuck, four figures, and what to do next on a new installation."""

from flask import Response

from plugin.web.admin.auth import presence
from plugin.web.admin.pages import page
from plugin.web.deps import deps


def show() -> Response:
    """The home page."""
    merchant, now = presence().merchant, deps().clock.now()
    with deps().units.read(merchant) as unit:
        shops = unit.shops.all()
        has_policy = unit.policies.in_force(now) is not None
    figures = deps().views.figures(merchant, now)
    return page("home.html", figures=figures, shops=shops, has_policy=has_policy)
