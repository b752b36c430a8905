"""Home: what is due, what is stuck, four figures, and what to do next on a new installation."""

from flask import Response

from plugin.domain.certificates import due
from plugin.web.admin.auth import presence
from plugin.web.admin.pages import page
from plugin.web.deps import deps


def show() -> Response:
    """The home page. The figures have no trend: nothing is kept of how they were yesterday."""
    merchant, now = presence().merchant, deps().clock.now()
    with deps().units.read(merchant) as unit:
        shops = unit.shops.all()
        policy = unit.policies.in_force(now)
        expiring = due(unit.certificates.all(), now.date())
    figures = deps().views.figures(merchant, now)
    is_set_up = bool(shops and figures.orders and policy)
    return page("home.html", figures=figures, shops=shops, policy=policy, is_set_up=is_set_up, expiring=expiring)
