"""Gather what a carrier is handed with a claim: its goods and their value, and what is known of their parcels."""

from plugin.domain.carrier_claim import AT_CARRIER
from plugin.domain.errors import NotFound
from plugin.domain.ids import ClaimId, MerchantId
from plugin.domain.tracking.shipment import Purpose
from plugin.ports.carrier_file import CarrierFile
from plugin.ports.unit_of_work import Units
from plugin.usecases.claim.act import read_claim


def export_carrier_claim(claim: ClaimId, *, merchant: MerchantId, units: Units) -> CarrierFile:
    """The facts, of parcels that go under one of the record's numbers; of all the order's where it names none.

    Raises `NotFound` for a claim the carrier is not asked about.
    """
    with units.read(merchant) as unit:
        record = unit.carrier_claims.of(claim)
        if record is None:
            raise NotFound({"claim": claim})
        known, stored = read_claim(claim, unit), unit.orders.get(record.order)
        followed = unit.shipments.of_orders([record.order]).get(record.order, ())
        shop = unit.shops.get(stored.shop)
    sent = [each for each in followed if each.purpose is Purpose.OUTBOUND]
    named = {parcel.number for parcel in record.parcels if parcel.number}
    meant = [each for each in sent if named & {number.number for number in each.numbers}] or sent
    lines = tuple(line for line in known.lines if line.reason in AT_CARRIER)
    return CarrierFile(record, shop, stored, lines, tuple(meant))
