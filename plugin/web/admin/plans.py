"""Which plans a merchant's shops have, where anybody asks for one, and what takes one."""

from dataclasses import dataclass

from plugin.domain.shop import Shop
from plugin.domain.subscription import Feature, PlanState, Subscription
from plugin.web.admin.auth import presence
from plugin.web.deps import deps


@dataclass(frozen=True, slots=True)
class Plan:
    """A shop's plan; `href` is where it is chosen, which is outside of any frame."""

    shop: Shop
    subscription: Subscription
    href: str | None


def plans() -> list[Plan]:
    """Of the shops whose platform sells plans; empty where nobody does."""
    at = deps()
    with at.units.read(presence().merchant) as unit:
        shops = unit.shops.all()
    found = (Plan(shop, at.subscriptions.of(shop), at.subscriptions.page(shop)) for shop in shops)
    return [plan for plan in found if plan.subscription.state is not PlanState.UNMETERED]


def missing_plan(feature: Feature) -> list[Plan]:
    """The plans that would open a feature; empty where it is open, which it is by any of the merchant's shops."""
    paid = deps().subscriptions.paid
    if feature not in paid:
        return []
    known = plans()
    return [] if any(plan.subscription.opens(feature, paid) for plan in known) else known
