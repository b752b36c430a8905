"""The file that a carrier is handed with a claim. Who takes it away is put on record."""

from typing import cast

from flask import Flask, Response, current_app

from plugin.domain.ids import ClaimId
from plugin.domain.personal_view import PersonalView, Seen
from plugin.domain.shop import Role
from plugin.ports.carrier_file import MakeCarrierFile
from plugin.usecases.claim.export_carrier_claim import export_carrier_claim
from plugin.usecases.record_view import record_view
from plugin.web.admin.auth import require
from plugin.web.deps import deps

_KEY = "aftercare.admin.carrier_file"


def provide(app: Flask, make: MakeCarrierFile) -> None:
    """Give `app` what writes the file, from a layer beside this one."""
    app.extensions[_KEY] = make


def show(claim: str) -> Response:
    """The file. Raises `RoleTooLow`, and `NotFound` for a claim the carrier is not asked about."""
    here, at = require(Role.AGENT), deps()
    facts = export_carrier_claim(ClaimId(claim), merchant=here.merchant, units=at.units)
    look = PersonalView(here.member.id, Seen.CLAIM, claim, facts.record.claim_number, at.clock.now())
    record_view(look, merchant=here.merchant, units=at.units)
    make = cast("MakeCarrierFile", current_app.extensions[_KEY])
    answer = Response(make(facts), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="carrier-claim-{facts.record.claim_number}.csv"'
    return answer
