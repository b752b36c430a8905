"""First step: the order's lines, with what is possible until when, and why not otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from http import HTTPStatus

from flask import Response, request

from plugin.domain.claim_draft import Page, Step
from plugin.domain.entitlement import ClockState
from plugin.domain.ids import LineId
from plugin.domain.order import OrderLine
from plugin.usecases.write_claim import choose_lines
from plugin.web.deps import deps
from plugin.web.portal.withdrawal import withdrawal_of_order
from plugin.web.portal.writing import Claiming, claiming
from plugin.wording.panel import WordedLine, clock_lines

_OVER = frozenset({ClockState.CLOSED, ClockState.NOT_APPLICABLE})
_HERE = Page(Step.LINES)


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the order as the page shows it; `chosen` is how many units are claimed so far."""

    no: int
    line: OrderLine
    left: int
    chosen: int
    possible: tuple[WordedLine, ...]
    over: tuple[WordedLine, ...]


def show(shop_key: str, token: str, order: str) -> Response:
    """Every line, what is chosen so far filled in."""
    return _page(claiming(shop_key, token, order))


def choose(shop_key: str, token: str, order: str) -> Response:
    """Keep what was chosen and go on."""
    at, needs = claiming(shop_key, token, order), deps()
    chosen = tuple(_chosen(at))
    if not chosen:
        return _page(at, fault=at.at.words.text("claim.lines.needed"))
    case, draft = choose_lines(
        chosen, at.writing, at.at.shop, units=needs.units, law=needs.law, ids=needs.ids, now=needs.clock.now()
    )
    return replace(at, case=case, draft=draft).on(_HERE)


def _page(at: Claiming, fault: str | None = None) -> Response:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    response = at.page("lines.html", _HERE, lines=tuple(_shown(at)), withdrawal=withdrawal_of_order(at), fault=fault)
    response.status_code = status
    return response


def _shown(at: Claiming) -> Iterator[Shown]:
    pairs = zip(at.case.stored.order.lines, at.case.quote.lines, strict=True)
    for no, (line, found) in enumerate(pairs, 1):
        worded = clock_lines(found, at.at.words, at.case.at)
        said = at.draft.line(line.id) if at.draft else None
        yield Shown(
            no=no,
            line=line,
            left=at.case.left.get(line.id, 0),
            chosen=said.quantity if said else 0,
            possible=tuple(each for each in worded if each.state not in _OVER),
            over=tuple(each for each in worded if each.state in _OVER),
        )


def _chosen(at: Claiming) -> Iterator[tuple[LineId, int]]:
    """The lines that were ticked, with how many units; what is no number is one."""
    ticked = set(request.form.getlist("line"))
    for no, line in enumerate(at.case.stored.order.lines, 1):
        left = at.case.left.get(line.id, 0)
        if str(no) in ticked and left:
            given = request.form.get(f"quantity-{no}", "1")
            wanted = int(given) if given.isdecimal() and len(given) < 7 else 1  # noqa: PLR2004 - more digits than any order has units
            yield line.id, min(max(wanted, 1), left)
