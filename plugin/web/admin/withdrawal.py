"""The switch of a shop's withdrawal function: shown to everybody with the shops, turned by owners."""

from flask import Response, request, url_for

from plugin.domain.ids import ShopId
from plugin.domain.shop import Role
from plugin.usecases.switch_withdrawal import NoMailHasLeft, switch_withdrawal
from plugin.web.admin import notices, shops
from plugin.web.admin.auth import require
from plugin.web.admin.pages import see, words
from plugin.web.deps import deps
from plugin.web.problems import error_text, status_of


def switch(shop: str) -> Response:
    """Turn it; why it cannot be turned on yet is told beside it."""
    here, at = require(Role.OWNER), deps()
    is_on = request.form.get("is_on") == "1"
    now = at.clock.now()
    try:
        switch_withdrawal(ShopId(shop), is_on=is_on, merchant=here.merchant, by=here.member, units=at.units, now=now)
    except NoMailHasLeft as refusal:
        return shops.render(status_of(refusal), refusals={f"withdrawal.{shop}": error_text(words(), refusal.code)})
    notices.leave("declarations.switched_on" if is_on else "declarations.switched_off")
    return see(url_for("admin.shops"))
