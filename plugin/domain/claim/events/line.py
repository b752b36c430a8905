"""What happens to one line."""

from dataclasses import dataclass
from datetime import date

from plugin.domain.basis import Basis
from plugin.domain.claim.machines.decision import DecisionState, RemedyState
from plugin.domain.claim.machines.goods import Disposition, InspectionState, PartState, RepairState, ReturnState
from plugin.domain.claim.vocabulary import Judged, Refusal, RemedyPlan
from plugin.domain.money import Money
from plugin.domain.remedy import Remedy


@dataclass(frozen=True, slots=True)
class LineSplit:
    """Units of a line go their own way from now on, as line `into`."""

    line: int
    into: int
    quantity: int


@dataclass(frozen=True, slots=True)
class LineJudged:
    """The line is judged anew: a late withdrawal is a return by the shop's promise."""

    line: int
    judged: Judged


@dataclass(frozen=True, slots=True)
class Proposed:
    """An agent decided above their limit: another one has to agree."""

    line: int
    plan: RemedyPlan
    by: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A line was decided. `refusal` with a rejection, `plan` with an approval."""

    line: int
    to: DecisionState
    plan: RemedyPlan | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Appealed:
    """The shopper asks another person to look at a refusal."""

    line: int


@dataclass(frozen=True, slots=True)
class ChoiceShown:
    """Before a remedy was chosen the shopper was shown what the law lets them choose, and what a repair extends.

    Source: Directive (EU) 2024/1799 art. 16 (inserting 2019/771 art. 10(2a) and 13(2a)).
    """

    line: int
    remedies: tuple[Remedy, ...]
    extends_guarantee_months: int


@dataclass(frozen=True, slots=True)
class RemedyMoved:
    """The remedy of a line moved on; `plan` when another one was offered or agreed.

    The words of an exchange that was made are the address its difference is paid at.
    """

    line: int
    to: RemedyState
    plan: RemedyPlan | None = None
    detail: str | None = None
    """A platform's id of what was made (an exchange order), or the code of what failed."""
    difference: Money | None = None
    """What an exchange came to at the platform: the shopper pays so much more, below zero gets it back."""


@dataclass(frozen=True, slots=True)
class ReturnMoved:
    """The goods moved on their way back; `detail` is a label's id, a tracking number or a code; `quantity` received."""

    line: int
    to: ReturnState
    detail: str | None = None
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class ReceiptTakenBack:
    """The goods of a line had not arrived after all: they are where they were before, and a withdrawal waits again."""

    line: int
    to: ReturnState


@dataclass(frozen=True, slots=True)
class SendingTold:
    """The shopper says on which day, by their own clock, they sent the goods; with which carrier is in their words.

    Told again it corrects what was told before.
    """

    line: int
    sent_on: date
    tracking: str | None = None


@dataclass(frozen=True, slots=True)
class Inspected:
    """Somebody looked at the goods. `diminished`: what they are worth less, presentment currency."""

    line: int
    to: InspectionState
    grade: str | None = None
    diminished: Money | None = None


@dataclass(frozen=True, slots=True)
class Disposed:
    """What becomes of the goods; may change until it is final."""

    line: int
    disposition: Disposition
    is_final: bool = False


@dataclass(frozen=True, slots=True)
class Restocked:
    """The platform was asked to put so many units into stock: `outcome` is `restocked`, or the code of why it did not.

    Any other outcome leaves it to a person to do so on the platform itself.
    """

    line: int
    quantity: int
    outcome: str


@dataclass(frozen=True, slots=True)
class RepairMoved:
    """A repair moved on. `quote`: what it would cost the shopper, presentment currency; the words say what is done."""

    line: int
    to: RepairState
    quote: Money | None = None


@dataclass(frozen=True, slots=True)
class PartMoved:
    """A part sent instead of the whole moved on."""

    line: int
    to: PartState


@dataclass(frozen=True, slots=True)
class GuaranteeExtended:
    """The legal guarantee of the line lasts longer because it was repaired."""

    line: int
    months: int
    until: date | None
    basis: Basis
