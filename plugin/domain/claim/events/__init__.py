"""Everything that can happen to a claim, as facts without a word of personal data.

A closed set: what a record holds today must be readable for as long as it is kept, so a field is only ever added, with
a default, and an event is never renamed. What people wrote goes beside the event as the entry's private words.
"""

from plugin.domain.claim.events.course import (
    GoodwillGranted,
    GoodwillMoved,
    RefundMoved,
    RefundPlanned,
    ShippingStopped,
    WithdrawalMoved,
)
from plugin.domain.claim.events.line import (
    Appealed,
    ChoiceShown,
    Decided,
    Disposed,
    GuaranteeExtended,
    Inspected,
    LineJudged,
    LineSplit,
    PartMoved,
    Proposed,
    ReceiptTakenBack,
    RemedyMoved,
    RepairMoved,
    Restocked,
    ReturnMoved,
    SendingTold,
)
from plugin.domain.claim.events.opening import (
    Assigned,
    ContactProven,
    EvidenceAdded,
    Examined,
    MailQueued,
    MessageSent,
    MessageTranslated,
    NoteAdded,
    NoteStruck,
    Opened,
    OpenedLine,
    StageMoved,
    TierSet,
    TimerBreached,
    TimerEscalated,
    TimerMet,
    TimerPaused,
    TimerResumed,
    TimerStarted,
)
from plugin.domain.claim.events.survey import SurveyAnswered, SurveyAsked, SurveyPlanned

Event = (
    Opened
    | ContactProven
    | Examined
    | TierSet
    | TimerStarted
    | TimerPaused
    | TimerResumed
    | TimerMet
    | TimerBreached
    | TimerEscalated
    | Assigned
    | StageMoved
    | MessageSent
    | MessageTranslated
    | NoteAdded
    | NoteStruck
    | EvidenceAdded
    | MailQueued
    | LineSplit
    | LineJudged
    | Proposed
    | Decided
    | Appealed
    | ChoiceShown
    | RemedyMoved
    | ReturnMoved
    | SendingTold
    | ReceiptTakenBack
    | Inspected
    | Disposed
    | Restocked
    | RepairMoved
    | PartMoved
    | GuaranteeExtended
    | RefundPlanned
    | RefundMoved
    | GoodwillGranted
    | GoodwillMoved
    | WithdrawalMoved
    | ShippingStopped
    | SurveyPlanned
    | SurveyAsked
    | SurveyAnswered
)

EVENTS: dict[str, type[Event]] = {kind.__name__: kind for kind in Event.__args__}
"""Every event by the name it is recorded under."""

__all__ = [
    "EVENTS",
    "Appealed",
    "Assigned",
    "ChoiceShown",
    "ContactProven",
    "Decided",
    "Disposed",
    "Event",
    "EvidenceAdded",
    "Examined",
    "GoodwillGranted",
    "GoodwillMoved",
    "GuaranteeExtended",
    "Inspected",
    "LineJudged",
    "LineSplit",
    "MailQueued",
    "MessageSent",
    "MessageTranslated",
    "NoteAdded",
    "NoteStruck",
    "Opened",
    "OpenedLine",
    "PartMoved",
    "Proposed",
    "ReceiptTakenBack",
    "RefundMoved",
    "RefundPlanned",
    "RemedyMoved",
    "RepairMoved",
    "Restocked",
    "ReturnMoved",
    "SendingTold",
    "ShippingStopped",
    "StageMoved",
    "SurveyAnswered",
    "SurveyAsked",
    "SurveyPlanned",
    "TierSet",
    "TimerBreached",
    "TimerEscalated",
    "TimerMet",
    "TimerPaused",
    "TimerResumed",
    "TimerStarted",
    "WithdrawalMoved",
]
