"""Whatever happens to a claim has words at the desk, in each of its languages."""

from __future__ import annotations

from enum import StrEnum

import pytest

from plugin.domain.claim.events import EVENTS
from plugin.domain.claim.machines.conversation import Stage
from plugin.domain.claim.machines.decision import DecisionState, RemedyState
from plugin.domain.claim.machines.goods import Disposition, InspectionState, PartState, RepairState, ReturnState
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.claim.status import ClaimStatus
from plugin.domain.claim.vocabulary import ActorKind, Payment, Tier
from plugin.domain.evidence import EvidenceState
from plugin.domain.policy.decision import Ground
from plugin.domain.refund.intent import RefundState
from plugin.i18n import DESK_LANGUAGES, catalogue
from plugin.ports.claim_views import QueueView
from plugin.web.admin.claims.deciding import REFUSALS

STATES: dict[str, type[StrEnum]] = {
    "decision": DecisionState,
    "remedy_state": RemedyState,
    "leg": ReturnState,
    "found": InspectionState,
    "disposition": Disposition,
    "repair": RepairState,
    "part": PartState,
    "withdrawal": WithdrawalState,
    "stage": Stage,
    "status": ClaimStatus,
    "tier": Tier,
    "actor": ActorKind,
    "refund": RefundState,
    "ground": Ground,
    "view": QueueView,
    "file": EvidenceState,
}


@pytest.mark.parametrize("language", DESK_LANGUAGES)
def test_every_event_and_state_has_words(language: str) -> None:
    wanted = {f"desk.event.{name}" for name in EVENTS}
    wanted |= {f"desk.{name}.{state.value}" for name, states in STATES.items() for state in states}
    wanted |= {f"desk.payment.{each.value}" for each in Payment if each is not Payment.NONE}
    wanted |= {f"desk.refusal.{code}" for code in REFUSALS}
    assert wanted - catalogue(language).entries.keys() == set()
