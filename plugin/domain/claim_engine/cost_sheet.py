"""What things cost the merchant, said once: what the costs of each line are worked out from."""

from dataclasses import dataclass

from plugin.domain.claim_engine.costs import Costs
from plugin.domain.money import Money
from plugin.domain.policy.terms import BASIS_POINTS, Rate
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.returning.customs_facts import crosses_a_border


@dataclass(frozen=True, slots=True)
class Journey:
    """From where goods would come back, and to where (ISO 3166-1); None: not known."""

    sent_from: str | None
    to: str | None


@dataclass(frozen=True, slots=True)
class CostRow:
    """What things cost in one currency; None: not known.

    `label`: a parcel within the country the goods go back to. `label_abroad`: from another one. `duty`: import duty and
    charges on a parcel that crosses a customs border. `handling`, `outbound`, `part`, `repair` as in `Costs`.
    """

    currency: str
    label: Money | None = None
    label_abroad: Money | None = None
    duty: Money | None = None
    handling: Money | None = None
    outbound: Money | None = None
    part: Money | None = None
    repair: Money | None = None


@dataclass(frozen=True, slots=True)
class CostSheet:
    """At most one row for each currency, and shares of the price paid, in basis points.

    `resale`: what returned goods still bring. `goods`: what another of the same costs the shop.
    """

    rows: tuple[CostRow, ...] = ()
    resale: Rate | None = None
    goods: Rate | None = None

    def costs_of(self, price: Money, journey: Journey) -> Costs:
        """The costs for one line of this price (shop's currency). What nobody set stays open."""
        row = next((row for row in self.rows if row.currency == price.currency), CostRow(price.currency))
        return Costs(
            label=_label(row, journey),
            duty=_duty(row, journey),
            handling=row.handling,
            resale=self.resale,
            outbound=row.outbound,
            replacement=_share(price, self.goods),
            part=row.part,
            repair=row.repair,
        )


def journey_of(country: str | None, policy: PolicyVersion | None) -> Journey:
    """From the shopper's country to the one all the policy's return addresses are in."""
    known = {place.address.country for place in policy.return_addresses} if policy else set()
    return Journey(country, next(iter(known)) if len(known) == 1 else None)


def _label(row: CostRow, journey: Journey) -> Money | None:
    """Where only one price was set, it is that of every way."""
    if row.label_abroad is None or row.label is None:
        return row.label or row.label_abroad
    if journey.sent_from is None or journey.to is None:
        return None
    return row.label if journey.sent_from == journey.to else row.label_abroad


def _duty(row: CostRow, journey: Journey) -> Money | None:
    """Nothing where no customs border is crossed."""
    if journey.sent_from is None or journey.to is None:
        return None
    return row.duty if crosses_a_border(journey.sent_from, journey.to) else Money.zero(row.currency)


def _share(price: Money, rate: Rate | None) -> Money | None:
    return None if rate is None else Money(max(price.minor, 0) * rate // BASIS_POINTS, price.currency)


NO_COSTS = CostSheet()
"""Nobody has said what anything costs."""
