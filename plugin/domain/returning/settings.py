"""What a merchant has set for goods on their way back."""

from dataclasses import dataclass, field

from plugin.domain.returning.account import LabelAccount
from plugin.domain.returning.batch import BatchLimits


@dataclass(frozen=True, slots=True)
class ReturnSettings:
    """`account` None: labels are uploaded, or an address slip is printed."""

    account: LabelAccount | None = None
    limits: BatchLimits = field(default_factory=BatchLimits)


NOTHING_SET = ReturnSettings()
