"""How goods go back: until when, where to, who pays, how they are packed."""

from collections.abc import Iterator, Mapping
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
from plugin.domain.policy.terms import Track
from plugin.domain.returning.ways import LABELLED, parcels_back, ways_back

_TRACK_OF = {Ground.SHOP_RETURN: Track.RETURN, Ground.EXCHANGE: Track.EXCHANGE, Ground.WARRANTY: Track.WARRANTY}
Rules = Mapping[LineId, Rule | None]
_TO_COME = frozenset({ReturnState.AWAITED, ReturnState.LABEL_ISSUED, ReturnState.LABEL_EXPIRED})


def way_back(about: About) -> Iterator[Block]:
    """What the shopper does with the goods; that they keep them, where nothing has to come back."""
    lines = [line for line in about.lines if line.leg in _TO_COME]
    if not lines:
        if all(line.leg is ReturnState.NOT_REQUIRED for line in about.lines):
            yield Paragraph(about.text("back.none"))
        return
    rules = {line.order_line: _rule(line, about) for line in lines}
    yield Facts(tuple(_facts(lines, rules, about)))
    yield Paragraph(about.text("back.packing", number=about.claim.number))
    if all(line.leg is ReturnState.LABEL_ISSUED for line in lines):
        yield Paragraph(about.text("back.label"))
    elif _is_labelled(rules, about):
        yield Paragraph(about.text("back.label_follows"))


def return_addresses(about: About) -> Iterator[tuple[str, str]]:
    """Where goods go back to, a row for each address."""
    rules = {line.order_line: _rule(line, about) for line in about.lines}
    for parcel in parcels_back(rules, about.news.policy):
        if parcel.to is not None:
            yield about.words.text("page.return_address"), _lines(parcel.to, about)


def last_day_to_send(about: About) -> date | None:
    """The last day on which goods of a withdrawal may be sent off (Directive 2011/83/EU art. 14(1))."""
    claim = about.claim
    place = gather(about.news.stored, about.news.policy, about.law).place
    if claim.withdrawal is None or place is None or place.country not in about.law.rulebook.jurisdictions:
        return None
    facts = RefundFacts(
        place,
        trader_informed_at=claim.declared_at or claim.opened_at,
        goods_back_at=None,
        proof_of_sending_at=None,
    )
    return refund_deadline(facts, about.law.rulebook, about.law.calendar).return_sending_last_day


def _facts(lines: list[ClaimLine], rules: Rules, about: About) -> Iterator[tuple[str, str]]:
    day = last_day_to_send(about)
    if day is not None:
        yield about.text("back.until"), about.words.day(day)
    payers = dict.fromkeys(line.judged.payer for line in lines)
    yield about.words.text("badge.label.payer"), " ".join(about.words.text(f"badge.payer.{payer}") for payer in payers)
    ways = ways_back([rule for rule in rules.values() if rule], about.news.stored.order.place.country, None)
    yield about.words.text("page.methods"), "\n".join(about.words.text(f"page.method.{way.kind}") for way in ways)
    yield from return_addresses(about)


def _is_labelled(rules: Rules, about: About) -> bool:
    ways = ways_back([rule for rule in rules.values() if rule], about.news.stored.order.place.country, None)
    return all(way.kind in LABELLED for way in ways)


def _rule(line: ClaimLine, about: About) -> Rule | None:
    """The rule the line was judged by; of what the law gives, that of the withdrawal track, which names the ways."""
    facts = gather(about.news.stored, about.news.policy, about.law)
    terms = next((each.meant.terms for each in facts.lines if each.line.id == line.order_line), None)
    if terms is None:
        return None
    named = (_TRACK_OF.get(line.judged.ground, Track.WITHDRAWAL), Track.RETURN, Track.WITHDRAWAL)
    return next((rule for track in named if (found := terms.get(track)) and (rule := found.rule)), None)


def _lines(place: ReturnAddress, about: About) -> str:
    lines = (place.name, *place.address.lines, about.words.country(place.address.country))
    return "\n".join(dict.fromkeys(lines))
