"""The one question after a claim was settled."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SurveyAnswer(StrEnum):
    """Whether it was solved, by the shopper's word."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Survey:
    """How far it is: planned for `due_at`, asked, answered. `address`: the shop's own survey, told beside it."""

    due_at: datetime | None = None
    asked_at: datetime | None = None
    address: str | None = None
    answer: SurveyAnswer | None = None


NO_SURVEY = Survey()
