"""Forms about the claim as a whole: messages, questions, notes, whose case it is, how urgent, open or over."""

from plugin.domain.claim.commands import conversing, ending
from plugin.domain.claim.commands.withdrawing import contest, settle
from plugin.domain.claim.events import ContactProven
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import Tier
from plugin.usecases.claim.act import Command
from plugin.usecases.claim.decide import agent
from plugin.web.admin.claims.deciding import clause_of
from plugin.web.admin.claims.sitter import Sitter
from plugin.web.admin.claims.typed import Typed


def write(typed: Typed, sitter: Sitter) -> Command:
    """A message to the shopper."""
    return lambda claim: conversing.write(
        claim, typed.text("words"), agent(sitter.member), template=typed.maybe("template")
    )


def ask(typed: Typed, sitter: Sitter) -> Command:
    """A question to the shopper, whose turn it is then."""
    return lambda claim: conversing.ask(claim, typed.text("words"), agent(sitter.member))


def note(typed: Typed, sitter: Sitter) -> Command:
    """A note among colleagues."""
    return lambda _: conversing.note(typed.text("words"), agent(sitter.member))


def assign(typed: Typed, sitter: Sitter) -> Command:
    """Whose case it is; nobody's when none is named."""
    return lambda claim: conversing.assign(claim, typed.maybe("agent"), agent(sitter.member))


def raise_tier(typed: Typed, sitter: Sitter) -> Command:
    """How urgent it is."""
    tier = typed.chosen("tier", Tier)
    return lambda claim: conversing.raise_tier(claim, tier, "agent", agent(sitter.member))


def prove(typed: Typed, sitter: Sitter) -> Command:  # noqa: ARG001 - as every form is read
    """The agent has made sure that the shopper of the order speaks."""
    by = agent(sitter.member)
    return lambda claim: () if claim.is_proven else (Draft(ContactProven("agent"), by),)


def call_off(typed: Typed, sitter: Sitter) -> Command:  # noqa: ARG001 - as every form is read
    """The shopper said they want nothing any more."""
    return lambda claim: ending.cancel(claim, agent(sitter.member))


def reopen(typed: Typed, sitter: Sitter) -> Command:  # noqa: ARG001 - as every form is read
    """Something was not settled after all."""
    return lambda claim: ending.reopen(claim, "agent", agent(sitter.member))


def contest_withdrawal(typed: Typed, sitter: Sitter) -> Command:
    """Name the exception of the law that holds, and what shows it."""
    return lambda claim: contest(claim, clause_of(typed), typed.text("words"), agent(sitter.member))


def settle_withdrawal(typed: Typed, sitter: Sitter) -> Command:
    """The withdrawal takes its course."""
    was_sent = typed.text("goods") != "keep"
    return lambda claim: settle(claim, was_sent=was_sent, by=agent(sitter.member))
