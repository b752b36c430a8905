"""A claim's case file: the signed document, and the paper to read. Who takes it away is put on record."""

from flask import Response, current_app

from plugin.domain.case_file.signed import key_id
from plugin.domain.errors import NotFound
from plugin.domain.ids import ClaimId
from plugin.domain.personal_view import PersonalView, Seen
from plugin.domain.shop import Role
from plugin.ports.case_paper import CasePaper, Told
from plugin.ports.signer import Signer
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.claim.read_case import read_case
from plugin.usecases.export_case import CaseExport, export_case
from plugin.usecases.record_view import record_view
from plugin.web.admin.auth import require
from plugin.web.admin.claims.case import names_of
from plugin.web.admin.claims.timeline import timeline
from plugin.web.admin.pages import words
from plugin.web.case_file_key import PATH
from plugin.web.deps import deps


def signed(claim: str) -> Response:
    """The file itself. Raises `NotFound`, `RoleTooLow`."""
    made = _exported(ClaimId(claim))
    return _download(made.data, "application/json", f"case-{made.case.claim.number}.json")


def paper(claim: str) -> Response:
    """The same to read, with the file inside. Raises `NotFound`, `RoleTooLow`."""
    made, at = _exported(ClaimId(claim)), deps()
    if at.print_case is None:
        raise NotFound({"claim": claim})
    address = f"{current_app.config['BASE_URL']}{PATH}"
    key = key_id(_signer().public_key)
    printed = CasePaper(made.case, _told(ClaimId(claim)), words().language, made.data, key, address)
    return _download(at.print_case(printed), "application/pdf", f"case-{made.case.claim.number}.pdf")


def _exported(claim: ClaimId) -> CaseExport:
    here, at, issuer = require(Role.AGENT), deps(), current_app.config["BASE_URL"]
    made = export_case(claim, merchant=here.merchant, units=at.units, signer=_signer(), issuer=issuer)
    look = PersonalView(here.member.id, Seen.CLAIM, claim, made.case.claim.number, at.clock.now())
    record_view(look, merchant=here.merchant, units=at.units)
    return made


def _told(claim: ClaimId) -> tuple[Told, ...]:
    here, at, said = require(Role.AGENT), deps(), words()
    case = read_case(claim, here.member.id, desk=desk_of(at, here.merchant), now=at.clock.now())
    happened = timeline(case.entries, names_of(case), said)
    return tuple(Told(each.seq, each.at, each.who, each.text, each.words, each.is_erased) for each in happened)


def _signer() -> Signer:
    signer = deps().signer
    if signer is None:
        raise NotFound
    return signer


def _download(data: bytes, media_type: str, name: str) -> Response:
    response = Response(data, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
