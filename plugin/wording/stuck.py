"""What is stuck, in words: what it is about and what happened last; the desk and the command say the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from plugin.domain.shop_health import Problem
from plugin.domain.stuck import Stuck, StuckKind
from plugin.i18n import Catalogue

JOBS: Final[Mapping[str, str]] = {
    "ask_capabilities": "claim",
    "carry_out_remedy": "claim",
    "check_evidence": "evidence",
    "compile_promises": "promises",
    "execute_refund": "money",
    "follow_batch": "claim",
    "follow_label": "label",
    "follow_refund": "claim",
    "follow_shipments": "parcel",
    "issue_label": "label",
    "keep_return": "claim",
    "mark_refused": "parcel",
    "open_withdrawal": "claim",
    "pack_person_data": "data",
    "prove_keys": "shop",
    "publish_promises": "promises",
    "rebuild_entitlements": "order",
    "remove_hooks": "shop",
    "reread_order": "order",
    "restock_goods": "claim",
    "send_claim_link": "letter",
    "send_mail": "letter",
    "send_voucher": "claim",
    "stop_shipping": "claim",
}
"""Job name -> what of it a person understands."""
_FALLBACK: Final = "claim"
_OURS: Final = "stuck.fault"
_FAULTS: Final[Mapping[StuckKind, tuple[str, ...]]] = {
    StuckKind.REFUND: ("desk.refund_why", _OURS, "stuck.fault.refused"),
    StuckKind.EFFECT: (_OURS, "stuck.fault.unexpected"),
    StuckKind.DELIVERY: ("parked", "stuck.fault.waiting"),
    StuckKind.RECORD: ("parked", "parked.unknown"),
    StuckKind.LETTER: ("sending.fault", "sending.fault.unknown"),
    StuckKind.LABEL: ("returns.fault", "returns.fault.unknown"),
    StuckKind.CARRIER: ("carriers.fault", "carriers.fault.unavailable"),
    StuckKind.PUSH: ("parked", "carriers.fault", "parked.unknown"),
    StuckKind.BOARD: ("connection", "stuck.fault.refused"),
}
"""Where the words of a kind's faults are; last, what is said of one without words."""


@dataclass(frozen=True, slots=True)
class StuckInWords:
    """One thing as it is shown; `code` is for who looks closer."""

    stuck: Stuck
    about: str
    why: str
    code: str


def stuck_in_words(stuck: Stuck, words: Catalogue) -> StuckInWords:
    """What it is about and what happened last."""
    about = (
        words.text(f"stuck.job.{JOBS.get(stuck.about, _FALLBACK)}") if stuck.kind is StuckKind.EFFECT else stuck.about
    )
    code = {StuckKind.EFFECT: stuck.about, StuckKind.SHOP: ""}.get(stuck.kind, stuck.detail)
    return StuckInWords(stuck, about, _why(stuck, words), code)


def refund_why(code: str, words: Catalogue) -> str:
    """Why a refund failed, and what the merchant can do about it."""
    return _worded(StuckKind.REFUND, code, words)


def _why(stuck: Stuck, words: Catalogue) -> str:
    if stuck.kind is StuckKind.SHOP:
        return _of_shop(stuck, words)
    return _worded(stuck.kind, stuck.fault, words)


def _worded(kind: StuckKind, fault: str, words: Catalogue) -> str:
    *looked_up, otherwise = _FAULTS[kind]
    keys = (f"{prefix}.{fault}" for prefix in looked_up)
    return words.text(next((key for key in keys if words.has(key)), otherwise))


def _of_shop(stuck: Stuck, words: Catalogue) -> str:
    """The problem, and what the shop's page would say to do about it."""
    problem, _, fault = stuck.detail.partition(":")
    told = words.text(f"admin.health.problem.{Problem(problem).value}")
    advice = next(
        (key for key in (f"connection.{fault}", f"admin.health.problem.{problem}_help") if words.has(key)), None
    )
    return f"{told}: {words.text(advice)}" if advice else told
