"""How codes that are given in place of money may be used: read by all, set by managers."""

from dataclasses import replace

from flask import Response, request, url_for

from plugin.domain.shop import Role
from plugin.usecases.save_claim_settings import save_claim_settings
from plugin.web.admin import notices
from plugin.web.admin.auth import require
from plugin.web.admin.claims.typed import Typed
from plugin.web.admin.pages import see
from plugin.web.deps import deps


def save() -> Response:
    """Save whether a code is good beside other codes; those that were given stay as they are."""
    here, at = require(Role.MANAGER), deps()
    with at.units.read(here.merchant) as unit:
        known = unit.claim_desk.settings()
    changed = replace(known, vouchers_alone=Typed(request.form).is_ticked("vouchers.alone"))
    save_claim_settings(changed, by=here.member, merchant=here.merchant, units=at.units, now=at.clock.now())
    notices.leave("desk.settings.saved")
    return see(url_for("admin.claim_settings") + "#vouchers")
