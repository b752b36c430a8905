"""One question each about a line of a claim. A new check is a file here and its line below."""

from collections.abc import Callable

from plugin.domain.claim_engine.checks import (
    abuse,
    amount,
    arrival,
    condition,
    conformity,
    destination,
    evidence,
    final_sale,
    goods,
    known_law,
    open_quantity,
    payee,
    remedy,
    safety,
    within_window,
)
from plugin.domain.claim_engine.finding import Finding
from plugin.domain.claim_engine.question import Question

Check = Callable[[Question], Finding]

CHECKS: tuple[Check, ...] = (
    safety.check,
    known_law.check,
    arrival.check,
    within_window.check,
    final_sale.check,
    goods.check,
    open_quantity.check,
    condition.check,
    evidence.check,
    conformity.check,
    remedy.check,
    destination.check,
    payee.check,
    amount.check,
    abuse.check,
)
"""In the order they are told."""
