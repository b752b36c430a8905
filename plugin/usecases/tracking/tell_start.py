"""Tell a shopper by mail that their periods began later than they were told; never that they are shorter."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from plugin.domain.clocks.arrivals import told_arrivals
from plugin.domain.clocks.engine import Law
from plugin.domain.longer import longer
from plugin.ports.secrets import Secrets
from plugin.ports.start_letter import StartLetter, StartNews
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.queue_letter import queue_letter
from plugin.usecases.quote_entitlements import later_of, policy_of, quote
from plugin.usecases.tracking.record_arrivals import Corrected
from plugin.usecases.withdrawal_link import order_link_token


def tell_start(
    corrected: Corrected, *, unit: UnitOfWork, law: Law, secrets: Secrets, letter: StartLetter, now: datetime
) -> bool:
    """Whether a letter is queued: one a correction that makes a right last longer. The caller commits.

    Nobody is written to who has no address or was erased.
    """
    stored, shopper = corrected.after, corrected.after.order.shopper
    if shopper.is_erased or not shopper.email:
        return False
    policy = policy_of(stored, unit)
    later = later_of(stored, policy, unit, now)
    lines = quote(stored, policy, law, later).lines
    moved = longer(quote(corrected.before, policy, law, later).lines, lines, now)
    arrived = max((moment.at for moment in told_arrivals(stored)), default=None)
    if not moved or arrived is None:
        return False
    zone = next((ZoneInfo(line.zone) for line in lines if line.zone), UTC)
    shop = unit.shops.get(stored.shop)
    token = order_link_token(stored.id, shop.id, secrets)
    news = StartNews(shop, stored, policy, lines, moved, arrived.astimezone(zone).date(), token, now)
    queue_letter(f"start-{stored.id}-{corrected.before.version}", letter(news), unit, now)
    return True
