"""What whoever tells of parcels sent us unasked: kept whole until it is read, or until somebody has looked at it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

PushId = NewType("PushId", str)


@dataclass(frozen=True, slots=True)
class Push:
    """One message to an account of this `kind`, its signature checked when it came; instants UTC.

    `due_at` None: it is parked, `fault` says why (`fault_field` what could not be read); nobody tries it again unasked.
    """

    id: PushId
    kind: str
    body: bytes = field(repr=False)
    received_at: datetime
    due_at: datetime | None
    attempts: int = 0
    fault: str | None = None
    fault_field: str = ""
