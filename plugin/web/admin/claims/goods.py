"""Forms about the goods: on their way, received, looked at, what becomes of them, a repair, a part, what is sent."""

from collections.abc import Sequence
from enum import StrEnum

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import disposing, quoting, remedying, returning
from plugin.domain.claim.machines.goods import Disposition, InspectionState, PartState, RepairState, ReturnState
from plugin.domain.claim.record import Draft
from plugin.usecases.claim.act import Command
from plugin.usecases.claim.decide import agent
from plugin.web.admin.claims.sitter import Sitter
from plugin.web.admin.claims.typed import Typed


class Sent(StrEnum):
    """What became of what is sent or made instead."""

    UNDER_WAY = "under_way"
    DONE = "done"
    FAILED = "failed"


def receive(typed: Typed, sitter: Sitter) -> Command:
    """So many units arrived."""
    no = typed.whole("line")

    def command(claim: Claim) -> Sequence[Draft]:
        units = typed.units("quantity", claim.line(no).quantity)
        return returning.receive(claim, no, units, agent(sitter.member))

    return command


def move(typed: Typed, sitter: Sitter) -> Command:
    """The goods are somewhere else on their way back."""
    no, to = typed.whole("line"), typed.chosen("to", ReturnState)
    return lambda claim: returning.move_return(claim, no, to, agent(sitter.member), typed.maybe("detail"))


def take_at_hub(typed: Typed, sitter: Sitter) -> Command:
    """A hub took the goods, named by the id of its return address; they go into its open batch."""
    no, hub = typed.whole("line"), typed.text("hub")
    return lambda claim: returning.move_return(claim, no, ReturnState.AT_HUB, agent(sitter.member), hub)


def inspect(typed: Typed, sitter: Sitter) -> Command:
    """Somebody looked at the goods: what they found, the grade, and what they are worth less."""
    no, found = typed.whole("line"), typed.chosen("found", InspectionState)

    def command(claim: Claim) -> Sequence[Draft]:
        less = typed.maybe_amount("diminished", claim.line(no).judged.price.currency)
        return returning.inspect(claim, no, found, agent(sitter.member), typed.maybe("grade"), less)

    return command


def dispose(typed: Typed, sitter: Sitter) -> Command:
    """What becomes of the goods."""
    no, to = typed.whole("line"), typed.chosen("to", Disposition)
    return lambda claim: disposing.dispose(claim, no, to, agent(sitter.member), is_final=typed.is_ticked("is_final"))


def repair(typed: Typed, sitter: Sitter) -> Command:
    """A repair moves on; a quote with its price and what is done for it."""
    no, to = typed.whole("line"), typed.chosen("to", RepairState)
    by, words = agent(sitter.member), typed.text("words")
    if to is not RepairState.QUOTED:
        return lambda claim: remedying.move_repair(claim, no, to, by)

    def quote(claim: Claim) -> Sequence[Draft]:
        price = typed.amount("amount", claim.line(no).judged.price.currency)
        return quoting.quote_repair(claim, no, price, words, by)

    return quote


def part(typed: Typed, sitter: Sitter) -> Command:
    """A part moves on."""
    no, to = typed.whole("line"), typed.chosen("to", PartState)
    return lambda claim: remedying.move_part(claim, no, to, agent(sitter.member))


def send(typed: Typed, sitter: Sitter) -> Command:
    """What is sent instead is under way, done, or came to nothing."""
    no, by = typed.whole("line"), agent(sitter.member)
    match typed.chosen("to", Sent):
        case Sent.UNDER_WAY:
            return lambda claim: remedying.carry_out(claim, no, by)
        case Sent.DONE:
            return lambda claim: remedying.succeed(claim, no, by, remedying.Made(typed.maybe("detail")))
        case Sent.FAILED:
            return lambda claim: remedying.fail(claim, no, typed.text("detail") or "by_hand", by)
