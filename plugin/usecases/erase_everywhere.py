"""Forget a person now, files and kept letters included, instead of with the worker's next sweeps."""

from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.ids import MerchantId
from plugin.ports.evidence_keeping import EvidenceKeeping
from plugin.ports.mailbox import Mailbox
from plugin.ports.unit_of_work import Units
from plugin.usecases.erase_person import Erasure, erase_person
from plugin.usecases.person_data.hand_over import sweep_data_requests
from plugin.usecases.sweep_evidence import sweep_evidence
from plugin.usecases.sweep_labels import sweep_labels


@dataclass(frozen=True, slots=True)
class Places:
    """Where something of theirs may be."""

    units: Units
    evidence: EvidenceKeeping
    mailbox: Mailbox


def erase_everywhere(email: str, *, merchant: MerchantId, places: Places, now: datetime) -> tuple[Erasure, int]:
    """What was forgotten, and how many files are gone. Killed before its end, the worker's sweeps finish it."""
    erasure = erase_person(email, merchant=merchant, units=places.units, now=now)
    erasure = replace(erasure, mails=erasure.mails + places.mailbox.forget(erasure.identity))
    return erasure, _sweep(merchant, places, now)


def _sweep(merchant: MerchantId, places: Places, now: datetime) -> int:
    """Until a sweep finds nothing: each takes so many at a time."""
    gone, units, files = 0, places.units, places.evidence.files
    while True:
        swept = sweep_evidence(merchant=merchant, units=units, files=files, limits=places.evidence.limits, now=now)
        swept += sweep_labels(merchant=merchant, units=units, files=files, now=now)
        swept += sweep_data_requests(merchant=merchant, units=units, files=files, now=now)
        if not swept:
            return gone
        gone += swept
