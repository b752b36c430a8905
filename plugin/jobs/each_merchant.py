"""A job for every merchant, one after the other."""

from collections.abc import Callable

import structlog

from plugin.domain.ids import MerchantId
from plugin.ports.deps import Deps

_log = structlog.get_logger("aftercare.jobs")


def for_each(deps: Deps, job: str, run: Callable[[MerchantId], int]) -> None:
    """Run a job for every merchant, one after the other; only what did something is told."""
    for merchant in deps.directory.merchants():
        count = run(merchant.id)
        if count:
            _log.info("job", job=job, merchant=merchant.id, outcome=count)
