"""One case: what is asked and what is due by law and promise, what happened, and everything that can be done next."""

from collections.abc import Callable, Sequence
from datetime import datetime
from http import HTTPStatus

from flask import Response, url_for

from plugin.domain.access import RoleTooLow
from plugin.domain.basis import Basis
from plugin.domain.claim.attention import answer_due_at, is_open, money_due_at
from plugin.domain.claim.commands.giving import can_take_back
from plugin.domain.claim.commands.undoing import can_strike
from plugin.domain.claim.machines.decision import DecisionState
from plugin.domain.claim.status import status_of
from plugin.domain.claim.vocabulary import Tier
from plugin.domain.claim_engine.cost_sheet import NO_COSTS
from plugin.domain.claim_engine.suggestion import Suggestion
from plugin.domain.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from plugin.domain.ids import ClaimId, EvidenceId
from plugin.domain.personal_view import PersonalView, Seen
from plugin.i18n import Catalogue
from plugin.usecases.claim.decide import agent
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.claim.judge_claim import judge_claim
from plugin.usecases.claim.read_case import CaseRead, read_case
from plugin.usecases.record_view import record_view
from plugin.web.admin.auth import presence
from plugin.web.admin.claims.at_carrier import carrier_view
from plugin.web.admin.claims.batch import LOOKED_AT, batches_of
from plugin.web.admin.claims.canned import canned_texts
from plugin.web.admin.claims.deciding import REFUSALS
from plugin.web.admin.claims.due import due_day, due_moment
from plugin.web.admin.claims.line_view import LineView, Reading, line_view
from plugin.web.admin.claims.shown import told_apart
from plugin.web.admin.claims.timeline import Names, since, timeline
from plugin.web.admin.claims.told import NOTHING_TOLD, Told
from plugin.web.admin.pages import page, see, words
from plugin.web.deps import deps
from plugin.web.evidence import view_link
from plugin.web.problems import status_of as http_status
from plugin.wording.aftersales.reasons import reason_sentence
from plugin.wording.clause import NamedClause, name_clause
from plugin.wording.judgement import WordedFinding, WordedSuggestion, word_finding, word_suggestion
from plugin.wording.panel import clock_lines
from plugin.wording.stuck import refund_why

MOST_MEGABYTES = 20
"""What a form with files may bring."""
REFUSED = (Invalid, NotAllowed, Conflict)
"""What is told where it was typed; anything else is a page of its own."""


def show(claim: str) -> Response:
    """The page of one claim. Who looks is put on record."""
    return render(ClaimId(claim))


def render(claim: ClaimId, told: Told = NOTHING_TOLD, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """The page; after a refusal with its reason where it was typed. Raises `NotFound`."""
    here, at, said = presence(), deps(), words()
    now = at.clock.now()
    case = read_case(claim, here.member.id, desk=desk_of(at, here.merchant), now=now)
    _put_on_record(case, now)
    names, lines = names_of(case), _lines(case, said)
    return page(
        "case.html",
        status,
        case=case,
        claim=case.claim,
        order=case.stored.order,
        told=told,
        lines=lines,
        advice=_advice(case, said),
        batches=batches_of(case),
        batch_looked_at=LOOKED_AT,
        clocks=_clocks(case, said),
        happened=timeline(case.entries, names, said),
        meanwhile=since(case.entries, told.seen, names, said) if told.seen is not None else (),
        staff=[(member.id, member.email) for member in case.staff],
        staff_names=names.staff,
        tiers=[(tier.value, said.text(f"desk.tier.{tier.value}")) for tier in Tier],
        refusals=[(code, said.text(f"desk.refusal.{code}")) for code in REFUSALS],
        reason_of=lambda line: reason_sentence(line.reason, case.policy, said).text if line.reason else "",
        name_of=_name_of(case, said),
        canned=canned_texts(case, here.member),
        budget_left=case.settings.goodwill_of_month(case.given.currency) - case.given,
        hubs=[(hub.id, hub.name) for hub in case.hubs],
        carrier=carrier_view(claim),
        file_href=lambda file: _file_href(case, file.id),
        status_of=status_of,
        items=[(item.id, item.title) for item in case.stored.order.lines],
        most_megabytes=MOST_MEGABYTES,
        now=now,
        **_money(case, said),
        **_standing(case, said),
        **_ways_back(case, lines, told),
    )


def _money(case: CaseRead, said: Catalogue) -> dict[str, object]:
    """What became of its refunds, by id, and why one does not move."""
    return {
        "payees": dict(case.payees),
        "taken_back": {intent.reverses for intent in case.refunds},
        "paid_out": {intent.id for intent in case.refunds if intent.paid_out_at},
        "in_doubt": {intent.id for intent in case.refunds if intent.may_have_moved},
        "refund_why": lambda code: refund_why(code, said),
    }


def _standing(case: CaseRead, said: Catalogue) -> dict[str, object]:
    """Where the claim stands, and by when something is due, by the clock of its market."""
    zone = case.claim.zone
    return {
        "standing": status_of(case.claim),
        "is_open": is_open(case.claim),
        "answer_due": answer_due_at(case.claim),
        "money_due": money_due_at(case.claim),
        "due_moment": lambda at: due_moment(at, zone, said),
        "due_day": lambda at: due_day(at, zone, said),
    }


def _ways_back(case: CaseRead, lines: Sequence[LineView], told: Told) -> dict[str, object]:
    """What the reader can take back, and a refusal that has no place of its own on the page."""
    by, claim = agent(presence().member), case.claim
    goodwill = {each.no for each in claim.goodwill if can_take_back(claim, each.no)}
    return {
        "own_notes": {entry.seq for entry in case.entries if can_strike(claim, entry, by)},
        "goodwill_back": goodwill,
        "told_apart": told_apart(told, claim, lines, goodwill),
    }


def open_file(claim: str, evidence: str) -> Response:
    """A fresh link to a file of the claim: links last a minute, pages stay open longer. Raises `NotFound`.

    Who follows it is put on record, as who opens the claim's page is.
    """
    here, at = presence(), deps()
    now = at.clock.now()
    case = read_case(ClaimId(claim), here.member.id, desk=desk_of(at, here.merchant), now=now)
    if evidence not in {file.id for file in case.evidence}:
        raise NotFound({"evidence": evidence})
    _put_on_record(case, now)
    return see(_file_href(case, EvidenceId(evidence)))


def _put_on_record(case: CaseRead, now: datetime) -> None:
    here = presence()
    look = PersonalView(here.member.id, Seen.CLAIM, case.claim.id, case.claim.number, now)
    record_view(look, merchant=here.merchant, units=deps().units)


def http_status_of(refusal: DomainError) -> HTTPStatus:
    """The status of a refusal that is told in place."""
    return HTTPStatus.FORBIDDEN if isinstance(refusal, RoleTooLow) else http_status(refusal)


def case_href(claim: str) -> str:
    """The address of a case."""
    return url_for("admin.claim", claim=claim)


def _lines(case: CaseRead, said: Catalogue) -> list[LineView]:
    items = {item.id: item for item in case.stored.order.lines}
    rights = dict(zip(items, case.quote.lines, strict=True))
    reading = Reading(presence().member, said, _name_of(case, said))
    return [
        line_view(case.claim, line, items.get(line.order_line), rights.get(line.order_line), reading)
        for line in case.claim.lines
    ]


def _advice(case: CaseRead, said: Catalogue) -> dict[int, tuple[list[WordedFinding], WordedSuggestion | None]]:
    """What the rules find and would offer, by line; only while something is undecided.

    No suggestion where the merchant has said no cost at all and nothing else, as a hazard, orders the offers: there
    would be nothing to compare.
    """
    undecided = {line.no for line in case.claim.lines if line.decision is DecisionState.PENDING}
    if not undecided:
        return {}
    at = deps()
    advised = judge_claim(case.claim.id, desk=desk_of(at, presence().merchant), now=at.clock.now())
    return {
        each.line.no: (
            [word_finding(finding, said) for finding in each.judgement.findings],
            word_suggestion(each.suggestion, said) if _is_told(each.suggestion, case) else None,
        )
        for each in advised
        if each.line.no in undecided
    }


def _is_told(suggestion: Suggestion, case: CaseRead) -> bool:
    return case.settings.costs != NO_COSTS or suggestion.because != "as_the_policy_says"


def _clocks(case: CaseRead, said: Catalogue) -> list[tuple[str, tuple[object, ...]]]:
    """The clocks of the claimed items, by the engine and in the words of the order page."""
    claimed = {line.order_line for line in case.claim.lines}
    now = deps().clock.now()
    pairs = zip(case.stored.order.lines, case.quote.lines, strict=True)
    return [(item.title, clock_lines(line, said, now)) for item, line in pairs if item.id in claimed]


def _name_of(case: CaseRead, said: Catalogue) -> Callable[[Basis], NamedClause]:
    """How a clause is called; one of the shop's promises can be opened and read."""
    versions = {version.id: version for version in case.versions}
    return lambda basis: name_clause(basis, versions, case.claim.zone, said)


def names_of(case: CaseRead) -> Names:
    """What the items and the colleagues of a case are called."""
    titles = {item.id: item.title for item in case.stored.order.lines}
    lines = {line.no: titles.get(line.order_line, line.order_line) for line in case.claim.lines}
    return Names(lines, {member.id: member.email for member in case.staff})


def _file_href(case: CaseRead, evidence: EvidenceId) -> str:
    at = deps()
    viewer = view_link.viewer_of_staff(presence().member.id)
    query = view_link.issue(at.secrets, case.shop.id, evidence, viewer, at.clock.now())
    return f"/s/{case.shop.key}/evidence/{evidence}/file?{query}"
