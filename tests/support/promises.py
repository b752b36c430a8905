"""The promises most shops make, as rules, and a policy published as it is, whatever a linter would say of it."""

from dataclasses import replace
from datetime import datetime

from plugin.domain.ids import MerchantId
from plugin.domain.policy.document import read_policy, write_policy
from plugin.domain.policy.publication import Publication
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Offer, Payer, Payers, Track, Window, WindowUnit
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.remedy import Remedy
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import Units
from plugin.usecases.publish_policy import publish, refuse_the_past


def plain_rules(
    *,
    return_days: int | None = None,
    exchange_days: int | None = None,
    return_payer: Payer = Payer.UNKNOWN,
    warranty_months: int | None = None,
    warranty_payer: Payer = Payer.UNKNOWN,
) -> tuple[Rule, ...]:
    """Rules for everything in the shop: one window for returns, one for exchanges, a warranty; None: not promised.

    `return_payer` pays for every return without a reason, by law or by promise.
    """
    payers = Payers(none=return_payer, buyer=return_payer)
    rules = (
        Rule("withdrawal", Track.WITHDRAWAL, payers=payers) if return_payer is not Payer.UNKNOWN else None,
        _rule("returns", Track.RETURN, return_days, WindowUnit.DAYS, payers, Remedy.REFUND),
        _rule("exchanges", Track.EXCHANGE, exchange_days, WindowUnit.DAYS, payers, Remedy.EXCHANGE),
        _rule(
            "warranty",
            Track.WARRANTY,
            warranty_months,
            WindowUnit.MONTHS,
            Payers(*(warranty_payer,) * 4),
            Remedy.REPAIR,
            Remedy.REPLACEMENT,
        ),
    )
    return tuple(rule for rule in rules if rule is not None)


def _rule(
    name: str, track: Track, length: int | None, unit: WindowUnit, payers: Payers, *remedies: Remedy
) -> Rule | None:
    if not length:
        return None
    offers = tuple(Offer(remedy) for remedy in remedies)
    return Rule(name, track, window=Window(length, unit), payers=payers, offers=offers)


def publish_policy(
    draft: PolicyVersion, *, merchant: MerchantId, units: Units, ids: Ids, now: datetime
) -> PolicyVersion:
    """The published version, with an id of its own. Raises `PolicyInThePast`, or `InvalidPolicy` with every fault."""
    version = read_policy(write_policy(replace(draft, id=ids.new())))
    with units(merchant) as unit:
        unit.policies.hold()
        refuse_the_past(version.effective_from, unit, now)
        publish(version, Publication(now), unit)
        unit.commit()
    return version
