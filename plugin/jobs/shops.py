"""What is done by the clock about shops' keys, webhooks, tokens, and what is written into them."""

from collections.abc import Callable
from datetime import datetime

import structlog

from plugin.domain.ids import MerchantId
from plugin.jobs.each_merchant import for_each, for_some
from plugin.ports.deps import Deps
from plugin.usecases.prove_keys import queue_unproven
from plugin.usecases.publish_promises import queue_due_postings
from plugin.usecases.remove_hooks import queue_unremoved
from plugin.usecases.shopify.fresh_token import TokenMeans
from plugin.usecases.shopify.keep_tokens import keep_tokens

_log = structlog.get_logger("aftercare.jobs")


def _queue_keys(deps: Deps, _scheduled: datetime) -> None:
    """Queue keys that came and have to be tried, those of a lost job too."""
    units, now = deps.units, deps.clock.now()
    due = deps.due_merchants.keys(now)
    for_some(due, "queue_unproven", lambda m: queue_unproven(merchant=m, units=units, now=now))


def _queue_removals(deps: Deps, _scheduled: datetime) -> None:
    """Queue shops that were let go and may be asked, those of a lost job too."""
    units, now = deps.units, deps.clock.now()
    due = deps.due_merchants.removals(now)
    for_some(due, "queue_unremoved", lambda m: queue_unremoved(merchant=m, units=units, now=now))


def _queue_postings(deps: Deps, _scheduled: datetime) -> None:
    """Queue shops in whose platforms something may have to be written, those of a lost job too."""
    units, now, platforms = deps.units, deps.clock.now(), deps.boards.keys()

    def run(merchant: MerchantId) -> int:
        return queue_due_postings(merchant=merchant, platforms=platforms, units=units, now=now)

    if platforms:
        for_some(deps.due_merchants.postings(platforms, now), "queue_due_postings", run)


def _keep_tokens(deps: Deps, _scheduled: datetime) -> None:
    """Renew the tokens of Shopify shops that nobody used for long, before they end."""
    if deps.shopify is None:
        return
    means = TokenMeans(deps.units, deps.shopify.tokens, deps.clock)

    def run(merchant: MerchantId) -> int:
        if tally := keep_tokens(merchant=merchant, means=means):
            _log.info("job", job="keep_tokens", **tally)
        return 0  # told already, by what became of each

    for_each(deps, "keep_tokens", run)


SHOP_JOBS: dict[str, tuple[str, Callable[[Deps, datetime], None]]] = {
    "queue_unproven": ("*/30 * * * * *", _queue_keys),
    "queue_unremoved": ("*/30 * * * * *", _queue_removals),
    "queue_due_postings": ("55 * * * * *", _queue_postings),
    "keep_tokens": ("0 53 * * * *", _keep_tokens),
}
