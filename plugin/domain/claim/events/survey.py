"""What happens to the one question that is asked after a claim was settled."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.claim.machines.survey import SurveyAnswer


@dataclass(frozen=True, slots=True)
class SurveyPlanned:
    """The question is to be asked at `due_at`; None: not after all."""

    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class SurveyAsked:
    """The shopper was asked whether it was solved; `address` is the shop's own survey, where it names one."""

    address: str | None = None


@dataclass(frozen=True, slots=True)
class SurveyAnswered:
    """The shopper's answer, in place of an earlier one; what they wrote with it are the entry's words."""

    answer: SurveyAnswer
