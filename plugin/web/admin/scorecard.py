"""Insights: how carriers did, with bars drawn here and the same as a table and as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

from babel.numbers import format_percent
from flask import Flask, Response, current_app, request, url_for

from plugin.domain.tracking.carriers import name_of_carrier
from plugin.domain.tracking.scorecard import Score, Scorecard, Scored, ScoredLane
from plugin.i18n import Catalogue
from plugin.usecases.tracking.score_carriers import AT_ONCE, MOST, PERIODS, score_carriers
from plugin.web.admin.auth import presence
from plugin.web.admin.pages import format_money, page, words
from plugin.web.deps import deps

MakeTable = Callable[[Scorecard], bytes]
_KEY: Final = "aftercare.admin.scorecard_table"
_DRAWN: Final = 10
"""Carriers in the charts; the table has them all."""
_LISTED: Final = 50
"""Lanes on the page; the file has them all."""
_LEAST: Final = 1.0
"""Percent that a bar of no days is wide: without any it would look as if nothing were known."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `part` and `whole` in percent of the chart's width, `whole` behind `part`; `value` says it in words."""

    name: str
    part: float
    whole: float
    value: str


def provide(app: Flask, table: MakeTable) -> None:
    """Give `app` what writes the table, from a layer beside this one."""
    app.extensions[_KEY] = table


def show() -> Response:
    """The scores of a period."""
    said, found = words(), _scored()
    drawn = found.card.carriers[:_DRAWN]
    return page(
        "scorecard.html",
        found=found,
        most=said.number(MOST),
        is_counted_nightly=found.card.sent > AT_ONCE,
        periods=[(each, url_for("admin.scorecard", days=each)) for each in PERIODS],
        punctual=[_punctual(lane, score, said) for lane, score in drawn if score.on_time_share is not None],
        lengths=_lengths([each for each in drawn if each[1].most is not None], said),
        lanes=found.card.lanes[:_LISTED],
        lane_count=len(found.card.lanes),
        table_href=url_for("admin.scorecard_table", days=found.days),
        carrier_of=lambda lane: carrier_name(lane, said),
        way_of=lambda lane: way_name(lane, said),
        percent=lambda share: "–" if share is None else _percent(share, said),
        days_of=lambda days: "–" if days is None else said.number(days),
        paid=lambda score: [format_money(each, said) for each in score.shipping_each()],
    )


def table() -> Response:
    """The same as a file; every lane is in it."""
    found = _scored()
    write = cast("MakeTable", current_app.extensions[_KEY])
    answer = Response(write(found.card), mimetype="text/csv")
    name = f"carriers-{found.days}-days-{deps().clock.now():%Y-%m-%d}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def carrier_name(lane: ScoredLane, said: Catalogue) -> str:
    """What people call a carrier."""
    return (name_of_carrier(lane.carrier) or lane.carrier) if lane.carrier else said.text("score.unknown_carrier")


def way_name(lane: ScoredLane, said: Catalogue) -> str:
    """From where to where, with the service where one is known."""
    unknown = said.text("score.unknown_place")
    origin, destination = (said.country(code) if code else unknown for code in (lane.origin, lane.destination))
    way = said.text("score.way", origin=origin, destination=destination)
    return said.text("score.way_service", way=way, service=lane.service) if lane.service else way


def _scored() -> Scored:
    at = deps()
    asked = request.args.get("days", "")
    days = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= len(str(PERIODS[-1])) else 0
    return score_carriers(days, merchant=presence().merchant, units=at.units, views=at.views, now=at.clock.now())


def _punctual(lane: ScoredLane, score: Score, said: Catalogue) -> Bar:
    share = score.on_time_share or 0.0
    return Bar(carrier_name(lane, said), share * 100, 100, _percent(share, said))


def _lengths(drawn: list[tuple[ScoredLane, Score]], said: Catalogue) -> list[Bar]:
    """Half and most of the parcels, both against the longest; the same day is a sliver."""
    longest = max((score.most or 0 for _, score in drawn), default=0) or 1
    return [
        Bar(
            carrier_name(lane, said),
            max((score.half or 0) / longest * 100, _LEAST),
            max((score.most or 0) / longest * 100, _LEAST),
            said.text("score.half_and_most", half=score.half or 0, most=score.most or 0),
        )
        for lane, score in drawn
    ]


def _percent(share: float, said: Catalogue) -> str:
    """With one decimal, as the language writes it."""
    return str(format_percent(round(share, 3), locale=said.locale, decimal_quantization=False))
