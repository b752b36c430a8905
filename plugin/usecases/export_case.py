"""Write the case file of a claim: everything on record of it, signed with the installation's key."""

from dataclasses import dataclass

from plugin.domain.case_file.case_file import CaseFile
from plugin.domain.case_file.contents import OnRecord, case_file_of
from plugin.domain.case_file.signed import sign_case
from plugin.domain.claim.replay import replay
from plugin.domain.errors import NotFound
from plugin.domain.ids import ClaimId, MerchantId
from plugin.ports.signer import Signer
from plugin.ports.unit_of_work import UnitOfWork, Units


@dataclass(frozen=True, slots=True)
class CaseExport:
    """A case and the bytes of its file."""

    case: CaseFile
    data: bytes


def export_case(claim: ClaimId, *, merchant: MerchantId, units: Units, signer: Signer, issuer: str) -> CaseExport:
    """The file, read in one look at the database; the same bytes while nothing changes. Raises `NotFound`.

    `issuer`: the installation's own address.
    """
    with units.read(merchant) as unit:
        case = case_file_of(on_record(claim, unit), issuer)
    held = signer.held()
    return CaseExport(case, sign_case(case, held.sign, held.public_key))


def claim_called(name: str, *, merchant: MerchantId, units: Units) -> ClaimId | None:
    """The claim that has this number in one of the merchant's shops, or this id."""
    with units.read(merchant) as unit:
        numbered = (unit.claims.by_number(shop.id, name) for shop in unit.shops.all())
        return next(filter(None, numbered), None) or _by_id(ClaimId(name), unit)


def _by_id(claim: ClaimId, unit: UnitOfWork) -> ClaimId | None:
    try:
        unit.claims.record(claim)
    except NotFound:
        return None
    return claim


def on_record(claim: ClaimId, unit: UnitOfWork) -> OnRecord:
    """Everything its case file is made from. Raises `NotFound`."""
    entries = tuple(unit.claims.record(claim))
    known = replay(claim, entries)
    return OnRecord(
        claim=known,
        entries=entries,
        shop=unit.shops.get(known.shop),
        stored=unit.orders.get(known.order),
        policy=unit.policies.get(known.policy_version) if known.policy_version else None,
        shown=tuple(unit.shown.of(known.order)),
        refunds=tuple(unit.refunds.for_purpose(claim)),
        evidence=tuple(unit.evidence.of_claim(claim)),
    )
