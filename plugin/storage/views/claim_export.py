"""Every claim with each of its lines, in slices of whole claims."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, select

from plugin.domain.carrier_claim import CarrierClaim
from plugin.domain.claim.machines.decision import DecisionState, RemedyState
from plugin.domain.claim.machines.goods import Disposition, InspectionState, ReturnState
from plugin.domain.claim.machines.survey import SurveyAnswer
from plugin.domain.claim.status import ClaimStatus
from plugin.domain.claim.vocabulary import ClaimTrack, Tier
from plugin.domain.decoding import decoder
from plugin.domain.ids import ClaimId
from plugin.domain.money import Money
from plugin.domain.policy.decision import Ground
from plugin.domain.policy.terms import Fault
from plugin.domain.remedy import Remedy
from plugin.ports.claim_views import ExportedClaim, ExportedLine
from plugin.storage.scope import Scope
from plugin.storage.tables import carrier_claims, claim_lines, claims, orders, shops

_LISTED = (
    *("merchant_id", "id", "number", "shop_id", "order_id", "track", "status", "tier", "country", "language"),
    *("opened_at", "changed_at", "survey"),
)
_LINE = (
    *("no", "order_line", "quantity", "reason", "fault", "ground", "wanted", "decision", "remedy", "remedy_state"),
    *("leg", "inspection", "disposition", "price_minor", "currency"),
)
_carrier = decoder(CarrierClaim)


def exported_claims(scope: Scope, after: ClaimId | None, limit: int) -> Sequence[ExportedClaim]:
    """By id, and within a claim by line."""
    listed = scope.select(claims, *(claims.c[name] for name in _LISTED)).order_by(claims.c.id).limit(limit)
    found = (listed if after is None else listed.where(claims.c.id > after)).subquery("found")
    joined = (
        found.join(shops, and_(shops.c.merchant_id == found.c.merchant_id, shops.c.id == found.c.shop_id))
        .join(orders, and_(orders.c.merchant_id == found.c.merchant_id, orders.c.id == found.c.order_id))
        .outerjoin(
            claim_lines,
            and_(claim_lines.c.merchant_id == found.c.merchant_id, claim_lines.c.claim_id == found.c.id),
        )
        .outerjoin(
            carrier_claims,
            and_(carrier_claims.c.merchant_id == found.c.merchant_id, carrier_claims.c.claim_id == found.c.id),
        )
    )
    names = shops.c.name.label("shop_name"), orders.c.number.label("order_number")
    carrier = carrier_claims.c.record.label("carrier")
    statement = select(*found.c, *names, carrier, *(claim_lines.c[name] for name in _LINE)).select_from(joined)
    return [_claim(row) for row in scope.rows(statement.order_by(found.c.id, claim_lines.c.no))]


def _claim(row: Row[Any]) -> ExportedClaim:
    return ExportedClaim(
        id=row.id,
        number=row.number,
        shop_name=row.shop_name,
        order_number=row.order_number,
        track=ClaimTrack(row.track),
        status=ClaimStatus(row.status),
        tier=Tier(row.tier),
        country=row.country,
        language=row.language,
        opened_at=row.opened_at,
        changed_at=row.changed_at,
        survey=SurveyAnswer(row.survey) if row.survey else None,
        line=_line(row) if row.no is not None else None,
        carrier=_carrier.decode(row.carrier) if row.carrier else None,
    )


def _line(row: Row[Any]) -> ExportedLine:
    return ExportedLine(
        no=row.no,
        order_line=row.order_line,
        quantity=row.quantity,
        reason=row.reason,
        fault=Fault(row.fault),
        ground=Ground(row.ground),
        wanted=Remedy(row.wanted),
        decision=DecisionState(row.decision),
        remedy=Remedy(row.remedy) if row.remedy else None,
        remedy_state=RemedyState(row.remedy_state),
        leg=ReturnState(row.leg),
        inspection=InspectionState(row.inspection),
        disposition=Disposition(row.disposition),
        price=Money(row.price_minor, row.currency),
    )
