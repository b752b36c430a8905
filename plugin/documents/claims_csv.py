"""All claims as a table for spreadsheets: CSV (RFC 4180), one row a line of a claim, nothing personal.

No cell is run as a formula (spreadsheet.py). Codes are those of the programming interface, instants UTC (ISO 8601),
prices in the presentment currency.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from plugin.documents.spreadsheet import table
from plugin.domain.carrier_claim import CarrierClaim
from plugin.domain.money import Money, exponent
from plugin.ports.claim_views import ExportedClaim, ExportedLine

COLUMNS = (
    *("claim", "shop", "order", "track", "status", "tier", "country", "language", "opened_at", "changed_at"),
    *("line", "order_line", "quantity", "reason", "fault", "ground", "wanted", "decision", "remedy", "remedy_state"),
    *("return", "inspection", "disposition", "price", "currency", "survey"),
    *("carrier_claim", "carrier_reference", "carrier_paid"),
)


def claims_csv(claims: Iterable[ExportedClaim]) -> Iterator[bytes]:
    """The table line by line, so that nobody holds all of it."""
    return table(COLUMNS, map(_cells, claims))


def _cells(claim: ExportedClaim) -> tuple[str, ...]:
    return (
        claim.number,
        claim.shop_name,
        claim.order_number,
        claim.track.value,
        claim.status.value,
        claim.tier.value,
        claim.country or "",
        claim.language,
        _instant(claim.opened_at),
        _instant(claim.changed_at),
        *(_line_cells(claim.line) if claim.line else ("",) * 15),
        claim.survey.value if claim.survey else "",
        *_carrier_cells(claim.carrier),
    )


def _line_cells(line: ExportedLine) -> tuple[str, ...]:
    return (
        str(line.no),
        line.order_line,
        str(line.quantity),
        line.reason or "",
        line.fault.value,
        line.ground.value,
        line.wanted.value,
        line.decision.value,
        line.remedy.value if line.remedy else "",
        line.remedy_state.value,
        line.leg.value,
        line.inspection.value,
        line.disposition.value,
        _decimal(line.price),
        line.price.currency,
    )


def _carrier_cells(carrier: CarrierClaim | None) -> tuple[str, str, str]:
    """What the carrier pays is in the presentment currency too."""
    if carrier is None:
        return "", "", ""
    return carrier.state.value, carrier.reference, _decimal(carrier.accepted) if carrier.accepted else ""


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _decimal(amount: Money) -> str:
    return f"{amount.decimal():.{exponent(amount.currency)}f}"
