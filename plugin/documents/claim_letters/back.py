"""How goods go back: until when, where to, who pays, by which way, how they are packed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from plugin.documents.claim_letters.about import About
from plugin.documents.mail import Block, Facts, Paragraph
from plugin.domain.claim.claim import ClaimLine
from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.clocks.inputs import gather
from plugin.domain.ids import LineId
from plugin.domain.law.facts import RefundFacts
from plugin.domain.law.refund import refund_deadline
from plugin.domain.policy.decision import Ground
from plugin.domain.policy.identity import ReturnAddress
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Payer, Track
from plugin.domain.returning.label import Label, LabelSource, LabelState
from plugin.domain.returning.ways import parcels_back, usual_way, ways_back

Rules = Mapping[LineId, Rule | None]
_TRACKS = {Ground.EXCHANGE: Track.EXCHANGE, Ground.WARRANTY: Track.WARRANTY}
_TO_COME = frozenset({ReturnState.AWAITED, ReturnState.LABEL_ISSUED, ReturnState.LABEL_EXPIRED})


def way_back(about: About) -> Iterator[Block]:
    """What the shopper does with the goods; that they keep them, where nothing has to come back."""
    lines = [line for line in about.lines if line.leg in _TO_COME]
    if not lines:
        if all(line.leg is ReturnState.NOT_REQUIRED for line in about.lines):
            yield Paragraph(about.text("mail.claim.back.none"))
        return
    labels = _labels(lines, about)
    yield Facts(tuple(_facts(lines, labels, about)))
    yield Paragraph(about.text("mail.claim.back.packing", number=about.claim.number))
    for key in dict.fromkeys(_next(label) for label in labels):
        yield Paragraph(about.text(f"mail.claim.back.{key}"))
    if not labels:
        yield Paragraph(about.text("mail.claim.back.where_follows"))


def return_addresses(lines: Sequence[ClaimLine], about: About) -> Iterator[tuple[str, str]]:
    """Where goods would go back to by the policy, a row for each address."""
    for parcel in parcels_back(_rules(lines, about), about.news.policy):
        if parcel.to is not None:
            yield _address(parcel.to, about)


def _facts(lines: Sequence[ClaimLine], labels: Sequence[Label], about: About) -> Iterator[tuple[str, str]]:
    day = _last_day_to_send(about)
    if day is not None:
        yield about.text("mail.claim.back.until"), about.words.day(day)
    payers = dict.fromkeys(line.judged.payer for line in lines)
    said = " ".join(about.words.text(f"badge.payer.{payer}") for payer in payers)
    yield about.words.text("badge.label.payer"), said
    yield about.words.text("page.methods"), _way(lines, about)
    yield from dict.fromkeys(_address(label.to, about) for label in labels)
    for label in labels:
        if label.valid_until is not None:
            yield about.text("mail.claim.back.label_until"), about.words.day(about.whole_day(label.valid_until))


def _labels(lines: Sequence[ClaimLine], about: About) -> list[Label]:
    """The labels of the parcels that these lines go back in."""
    wanted = {line.order_line for line in lines}
    return [label for label in about.news.labels if wanted & {each.line for each in label.lines}]


def _next(label: Label) -> str:
    """What the shopper is told of a label: fetch it, wait for it, or print the address."""
    if label.source is LabelSource.ADDRESS:
        return "slip"
    return "label" if label.state is LabelState.ISSUED else "label_follows"


def _way(lines: Sequence[ClaimLine], about: About) -> str:
    rules = [rule for rule in _rules(lines, about).values() if rule]
    ways = ways_back(rules, about.news.stored.order.place.country, None)
    is_paid = all(line.judged.payer is Payer.SHOP for line in lines)
    return about.words.text(f"page.method.{usual_way(ways, is_paid=is_paid)}")


def _last_day_to_send(about: About) -> date | None:
    """The last day on which goods of a withdrawal may be sent off (Directive 2011/83/EU art. 14(1))."""
    claim, law = about.claim, about.law
    place = gather(about.news.stored, about.news.policy, law).place
    if claim.withdrawal is None or place is None or law.rulebook.known(place.country, place.subdivision) is None:
        return None
    informed = claim.declared_at or claim.opened_at
    facts = RefundFacts(place, trader_informed_at=informed, goods_back_at=None, proof_of_sending_at=None)
    return refund_deadline(facts, law.rulebook, law.calendar).return_sending_last_day


def _rules(lines: Sequence[ClaimLine], about: About) -> Rules:
    """The rule that says how each line goes back; where the law sends it, the shop's own words on returns."""
    facts = gather(about.news.stored, about.news.policy, about.law)
    terms = {each.line.id: each.meant.terms for each in facts.lines}
    found: dict[LineId, Rule | None] = {}
    for line in lines:
        tracks = (_TRACKS.get(line.judged.ground, Track.RETURN), Track.RETURN, Track.WITHDRAWAL)
        of_line = terms.get(line.order_line)
        rules = (of_line[track].rule for track in tracks) if of_line else ()
        found[line.order_line] = next((rule for rule in rules if rule is not None), None)
    return found


def _address(place: ReturnAddress, about: About) -> tuple[str, str]:
    lines = (place.name, *place.address.lines, about.words.country(place.address.country))
    return about.words.text("page.return_address"), "\n".join(dict.fromkeys(lines))
