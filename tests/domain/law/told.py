"""How a worked period is written down: what there is of days, steps and sources, in one line each; `-` is nothing."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from plugin.domain.law.answers import LegalGuarantee, LegalWindow, RefundDeadline
from plugin.domain.law.facts import Place
from tests.domain.law.conftest import ZONES

Told = tuple[Place, Mapping[str, Any], str, list[str], str]
CHRISTMAS = (
    "rolled_over_public_holiday 2026-12-25 Christmas Day",
    "rolled_over_saturday 2026-12-26",
    "rolled_over_sunday 2026-12-27",
)


def noon(day: str, hour: int = 12) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00").replace(tzinfo=UTC)


DELIVERED = noon("2026-12-11")
"""A Friday, from which fourteen days lead to Christmas."""


def at_place(country: str, subdivision: str | None = None, **facts: Any) -> Place:  # noqa: ANN401 - its fields
    return Place(country, ZoneInfo(ZONES[country]), subdivision, **facts)


def listed(*parts: object) -> str:
    return " ".join("-" if part is None else str(part) for part in parts)


def hour(instant: datetime | None) -> str | None:
    return instant and instant.strftime("%m-%dT%HZ")


def steps(answer: LegalWindow | LegalGuarantee | RefundDeadline) -> list[str]:
    return [listed(*(part for part in (r.code, r.day, r.detail) if part is not None)) for r in answer.reasons]


def rests_on(answer: LegalWindow | LegalGuarantee | RefundDeadline) -> str:
    return listed(answer.certainty, *(source.replace(" ", "_") for source in answer.sources))
