"""Forms about what is decided of a line: approve with a plan, refuse with a clause, offer, choose, undo."""

from collections.abc import Sequence
from dataclasses import replace

from plugin.domain.basis import Basis
from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.commands.deciding import reject, undo_decision
from plugin.domain.claim.commands.remedying import choose, offer, show_choice, waive
from plugin.domain.claim.errors import ClauseNeeded
from plugin.domain.claim.exchange import with_choice
from plugin.domain.claim.money import LOST
from plugin.domain.claim.plans import kept_item, usual_plan
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import Payment, Refusal, RemedyPlan
from plugin.domain.remedy import Remedy
from plugin.usecases.claim.act import Command
from plugin.usecases.claim.decide import agent, approve_within
from plugin.web.admin.claims.sitter import Sitter
from plugin.web.admin.claims.typed import Typed

REFUSALS = ("out_of_time", "excluded", "used", "no_defect", "misuse", "not_proven", "other")
"""Why a line can be refused; the clause it rests on and the words for the shopper stand beside it."""
OTHER_CLAUSE = "other"


def approve(typed: Typed, sitter: Sitter) -> Command:
    """Approve units of a line with the plan that was chosen."""
    no = typed.whole("line")

    def command(claim: Claim) -> Sequence[Draft]:
        line = claim.line(no)
        units = typed.units("quantity", line.quantity)
        return approve_within(no, units, plan_of(typed, line), sitter.member, sitter.settings)(claim)

    return command


def agree(typed: Typed, sitter: Sitter) -> Command:
    """Agree, as the second person, to what another agent proposed."""
    no = typed.whole("line")

    def command(claim: Claim) -> Sequence[Draft]:
        line = claim.line(no)
        plan = line.proposed.plan if line.proposed else plan_of(typed, line)
        return approve_within(no, line.quantity, plan, sitter.member, sitter.settings)(claim)

    return command


def refuse(typed: Typed, sitter: Sitter) -> Command:
    """Refuse units of a line, with reason, clause and words."""
    no = typed.whole("line")

    def command(claim: Claim) -> Sequence[Draft]:
        units = typed.units("quantity", claim.line(no).quantity)
        refusal = Refusal(typed.text("code"), clause_of(typed))
        return reject(claim, no, units, refusal, typed.text("words"), agent(sitter.member))

    return command


def undo(typed: Typed, sitter: Sitter) -> Command:
    """Take a decision back from which nothing has followed."""
    no = typed.whole("line")
    return lambda claim: undo_decision(claim, no, agent(sitter.member))


def offer_other(typed: Typed, sitter: Sitter) -> Command:
    """Offer another remedy for an approved line."""
    no = typed.whole("line")
    return lambda claim: offer(claim, no, plan_of(typed, claim.line(no)), agent(sitter.member))


def choose_for(typed: Typed, sitter: Sitter) -> Command:
    """Record what the shopper said they choose, by telephone or mail; what the law lets them choose was said too."""
    no = typed.whole("line")

    def command(claim: Claim) -> Sequence[Draft]:
        told = tuple(show_choice(claim, no)) if typed.is_ticked("was_told") else ()
        known = claim.with_line(replace(claim.line(no), was_choice_shown=True)) if told else claim
        return (*told, *choose(known, no, plan_of(typed, claim.line(no)), agent(sitter.member)))

    return command


def give_up(typed: Typed, sitter: Sitter) -> Command:
    """Record that the shopper wants nothing any more for this line."""
    no = typed.whole("line")
    return lambda claim: waive(claim, no, agent(sitter.member))


def plan_of(typed: Typed, line: ClaimLine) -> RemedyPlan:
    """The plan that a form names: the usual one for its remedy, changed where the agent said so."""
    remedy, currency = typed.chosen("remedy", Remedy), line.judged.price.currency
    if remedy is Remedy.PRICE_REDUCTION:
        return kept_item(line.judged, typed.amount("amount", currency))
    plan = usual_plan(remedy, line.judged, goods_exist=goods_exist(typed, line))
    if typed.maybe("payment") and plan.payment is not Payment.NONE:
        plan = replace(plan, payment=typed.chosen("payment", Payment))
    plan = replace(
        plan,
        fee=None if typed.is_ticked("no_fee") else plan.fee,
        bonus=typed.maybe_amount("bonus", currency) if remedy is Remedy.STORE_CREDIT else None,
        ships_first=typed.is_ticked("ships_first"),
        variant=typed.maybe("variant"),
    )
    return with_choice(plan, line)


def goods_exist(typed: Typed, line: ClaimLine) -> bool:
    """Whether the goods are to come back: as was chosen, else unless they never arrived or are unsafe to send."""
    chosen = typed.text("goods")
    if chosen in {"back", "keep"}:
        return chosen == "back"
    return line.reason != LOST and not (line.reason or "").startswith("safety.")


def clause_of(typed: Typed) -> Basis:
    """The clause or article a refusal rests on. Raises `ClauseNeeded`."""
    kind, _, rest = typed.text("clause").partition("|")
    if kind == OTHER_CLAUSE:
        return _own(typed)
    name, _, citation = rest.partition("|")
    if kind not in {"law", "policy", "later_policy"} or not (name and citation):
        raise ClauseNeeded({"field": "clause"})
    return Basis(kind, name, citation)


def _own(typed: Typed) -> Basis:
    citation = typed.text("citation")
    if not citation:
        raise ClauseNeeded({"field": "citation"})
    return Basis("law" if typed.text("kind") == "law" else "policy", OTHER_CLAUSE, citation)
