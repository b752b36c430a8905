"""A job for every merchant, or for those whose turn it is, one after the other."""

from collections.abc import Callable, Iterable

import structlog

from plugin import log
from plugin.domain.ids import MerchantId
from plugin.ports.deps import Deps

_log = structlog.get_logger("aftercare.jobs")


def for_each(deps: Deps, job: str, run: Callable[[MerchantId], int]) -> None:
    """Run a job for every merchant."""
    for_some((merchant.id for merchant in deps.directory.merchants()), job, run)


def for_some(merchants: Iterable[MerchantId], job: str, run: Callable[[MerchantId], int]) -> None:
    """Run a job for these merchants, one after the other; only what did something is told.

    A merchant for whom it fails keeps nobody else waiting: the first failure is raised once all had their turn.
    """
    failure: Exception | None = None
    for merchant in merchants:
        try:
            with log.about(merchant=merchant):
                count = run(merchant)
        except Exception as error:  # noqa: BLE001 - raised below
            _log.warning("job_failed", job=job, merchant=merchant, fault=type(error).__name__)
            failure = failure or error
            continue
        if count:
            _log.info("job", job=job, merchant=merchant, outcome=count)
    if failure is not None:
        raise failure
