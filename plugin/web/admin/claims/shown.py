"""Which forms a case shows just now, so that a refusal of one that is gone is told all the same."""

from collections.abc import Collection, Iterator, Sequence

from plugin.domain.claim.attention import is_open
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.machines.conversation import Stage
from plugin.domain.claim.machines.goodwill import GoodwillState
from plugin.web.admin.claims.line_view import LineView
from plugin.web.admin.claims.told import Told

_ALWAYS = frozenset({"", "write", "assign", "files"})


def told_apart(told: Told, claim: Claim, lines: Sequence[LineView], ways_back: Collection[int]) -> str | None:
    """What is wrong with a form that the page has no place for: what it would do cannot be done any more.

    `ways_back`: goodwill that can be taken back.
    """
    if told.form in {*_ALWAYS, *_forms(claim, lines, ways_back)}:
        return None
    return next(iter(told.wrong.values()), None)


def _forms(claim: Claim, lines: Sequence[LineView], ways_back: Collection[int]) -> Iterator[str]:
    yield from (f"{name}-{view.line.no}" for view in lines for name in view.may)
    yield from (f"refund-{row.id}" for row in claim.refunds)
    for given in claim.goodwill:
        if given.state is GoodwillState.FAILED or given.no in ways_back:
            yield f"goodwill-{given.no}"
    if is_open(claim):
        yield from ("goodwill", "urgency", "call-off")
    if claim.stage in {Stage.CLOSED, Stage.EXPIRED}:
        yield "reopen"
    if not claim.is_proven:
        yield "prove"
    if claim.withdrawal is not None:
        yield from ("settle", "contest")
