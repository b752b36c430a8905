"""Forms that take back what was recorded of a line by mistake."""

from plugin.domain.claim.commands.undoing import take_inspection_back, take_receipt_back
from plugin.usecases.claim.act import Command
from plugin.usecases.claim.decide import agent
from plugin.web.admin.claims.sitter import Sitter
from plugin.web.admin.claims.typed import Typed


def not_received(typed: Typed, sitter: Sitter) -> Command:
    """The goods of a line had not arrived."""
    no = typed.whole("line")
    return lambda claim: take_receipt_back(claim, no, agent(sitter.member))


def not_inspected(typed: Typed, sitter: Sitter) -> Command:
    """Nobody has looked at the goods."""
    no = typed.whole("line")
    return lambda claim: take_inspection_back(claim, no, agent(sitter.member))
