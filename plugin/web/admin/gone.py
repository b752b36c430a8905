"""Inside a shop's admin: that an owner let this shop go, and how it is connected again."""

from flask import Response, g

from plugin.domain.shop import Role
from plugin.usecases.shopify.admit_staff import ShopLetGo
from plugin.web.admin.pages import page


def let_go_page(gone: ShopLetGo) -> Response:
    """In every page's place; who may connect it again gets the button that does."""
    member = gone.member
    g.reading = member.language if member else None
    return page("let_go_here.html", shop=gone.shop, may_connect=member is not None and member.role is Role.OWNER)
