"""One claim's letter: its subject leads with the answer, and each kind has its own order of parts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from plugin.documents.claim_letters.about import About
from plugin.documents.claim_letters.back import return_addresses, way_back
from plugin.documents.claim_letters.given import given
from plugin.documents.claim_letters.late import is_taken_back, why_late
from plugin.documents.claim_letters.money import money, needs_payee
from plugin.documents.claim_letters.refusal import appeal, refusal_basis
from plugin.documents.claim_letters.repaired import longer_guarantee
from plugin.documents.mail import Block, Button, Facts, Heading, Link, Paragraph, Quote, write
from plugin.documents.sheet import trader_line
from plugin.documents.shop_masthead import order_masthead
from plugin.domain.claim.commands.ending import ANSWER_AWAITED, REOPEN_HOLDS
from plugin.domain.claim.events import WithdrawalMoved
from plugin.domain.claim.letters import ClaimLetterKind
from plugin.domain.claim.machines.decision import RemedyState
from plugin.domain.law.in_force import Law
from plugin.domain.policy.decision import Ground
from plugin.domain.remedy import Remedy
from plugin.i18n import catalogue
from plugin.ports.claim_letters import ClaimLetter, ClaimNews
from plugin.ports.mailer import Mail
from plugin.wording.claim.exchange import exchange_sentence

Parts = Callable[[About], Iterator[Block]]
_K = ClaimLetterKind


def claim_letter(law: Law, base_url: str) -> ClaimLetter:
    """Words letters under this law; links begin with `base_url` (no trailing slash)."""

    def letter(news: ClaimNews) -> Mail:
        about = About(news, catalogue(news.claim.language), law, base_url)
        kind = news.due.kind
        subject = about.text(f"mail.claim.{kind}.subject", number=news.claim.number)
        blocks = (Heading(subject), *_lead(kind, about), *_PARTS[kind](about), *_button(kind, about))
        head = order_masthead(news.shop, news.stored.order, about.words, law, base_url, news.order_token)
        masthead = replace(head, foot=tuple(_trader(about)))
        return write(news.stored.order.shopper.email or "", subject, blocks, about.words, masthead)

    return letter


def _lead(kind: ClaimLetterKind, about: About) -> Iterator[Block]:
    """The answer in a sentence or two; the words of a person alone need none before them."""
    if kind is not _K.MESSAGE:
        yield Paragraph(about.text(f"mail.claim.{kind}.text"))


def _button(kind: ClaimLetterKind, about: About) -> Iterator[Block]:
    """The one thing to do: on the claim's own page, which the letter names in any case."""
    is_asked = kind in _ASKS or needs_payee(about)
    key = _K.PAYEE_NEEDED if needs_payee(about) else kind
    label = about.text(f"mail.claim.{key}.button") if is_asked else about.text("mail.claim.open")
    place = PLACES.get(ClaimLetterKind(key))
    yield Button(label, f"{about.page}#{place}" if place else about.page)


_ASKS = frozenset(
    {_K.NEEDS_INFO, _K.OFFER, _K.QUOTE, _K.REJECTED, _K.CONTESTED, _K.PAYEE_NEEDED, _K.EXPIRED, _K.LABEL, _K.SURVEY}
)
PLACES: Mapping[ClaimLetterKind, str] = {
    _K.NEEDS_INFO: "messages",
    _K.MESSAGE: "messages",
    _K.OFFER: "lines-title",
    _K.QUOTE: "lines-title",
    _K.REJECTED: "lines-title",
    _K.LABEL: "back",
    _K.DIFFERENCE: "lines-title",
    _K.PAYEE_NEEDED: "money-title",
    _K.SURVEY: "survey",
}
"""Where on the claim's page it is done, by the id of the element."""


def _said(about: About) -> Iterator[Block]:
    for seq in about.news.due.said:
        if seq in about.news.said:
            yield Quote(about.news.said[seq], about.news.shop.name)


def _named(about: About) -> Iterator[tuple[str, str]]:
    yield about.text("mail.claim.number"), about.claim.number
    yield about.text("mail.claim.order"), about.news.stored.order.number


def _received(about: About) -> Iterator[Block]:
    rows = list(_named(about))
    due = about.claim.timer.due_at
    if due is not None:
        rows.append((about.text("mail.claim.received.answer_by"), about.words.day(about.day(due))))
    yield from about.goods()
    yield Facts((*rows, *dict.fromkeys(return_addresses(about.lines, about))))
    yield Paragraph(about.text("mail.claim.received.wait"))


def _needs_info(about: About) -> Iterator[Block]:
    yield from _said(about)
    if not any(line.is_statutory for line in about.claim.lines):
        yield Paragraph(about.text("mail.claim.needs_info.until", day=about.whole_day(about.news.at + ANSWER_AWAITED)))


def _approved(about: About) -> Iterator[Block]:
    yield from about.goods()
    yield from _said(about)
    yield from way_back(about)
    yield from money(about)


def _offer(about: About) -> Iterator[Block]:
    yield from about.goods()
    yield from _said(about)
    if any(line.is_statutory for line in about.lines):
        yield Paragraph(about.text("mail.claim.offer.law"))


def _rejected(about: About) -> Iterator[Block]:
    yield from about.goods()
    yield from _said(about)
    yield from refusal_basis(tuple(line.refusal.basis for line in about.lines if line.refusal), about)
    yield from appeal(about)


def _quoted(about: About) -> Iterator[Block]:
    yield from about.goods()
    yield from _said(about)
    yield Facts(tuple(_prices(about)))


def _prices(about: About) -> Iterator[tuple[str, str]]:
    for line in about.lines:
        if line.quote is not None:
            yield about.text("mail.claim.quote.price"), about.amount(line.quote)


def _reopened(about: About) -> Iterator[Block]:
    yield from about.goods()
    yield from _said(about)
    due = about.claim.timer.due_at
    if due is not None:
        yield Facts(((about.text("mail.claim.received.answer_by"), about.words.day(about.day(due))),))


def _late(about: About) -> Iterator[Block]:
    yield from why_late(about)
    if is_taken_back(about):
        yield Paragraph(about.text("mail.claim.send_back.converted"))
        yield from _approved(about)
        return
    yield from _said(about)
    yield Paragraph(about.text("mail.claim.late_withdrawal.looks"))


def _contested(about: About) -> Iterator[Block]:
    yield from _said(about)
    named = (event.basis for event in about.news.events if isinstance(event, WithdrawalMoved) and event.basis)
    yield from refusal_basis(tuple(named), about)


def _send_back(about: About) -> Iterator[Block]:
    if any(line.judged.ground is not Ground.WITHDRAWAL for line in about.lines):
        yield Paragraph(about.text("mail.claim.send_back.converted"))
    yield from _approved(about)


def _label(about: About) -> Iterator[Block]:
    yield from about.goods()
    yield from way_back(about)


def _goods_received(about: About) -> Iterator[Block]:
    yield from about.goods()
    yield from _said(about)
    if not about.news.due.refunds:
        yield Paragraph(about.text("mail.claim.goods_received.next"))
    yield from money(about)


def _sent(about: About) -> Iterator[Block]:
    yield from about.goods()
    if made := tuple(dict.fromkeys(_made(about))):
        yield Facts(made)
    yield from _said(about)


def _difference(about: About) -> Iterator[Block]:
    """What is to be paid, and where: in the platform's own checkout, else as the shop says."""
    yield from about.goods()
    owed = [sentence for line in about.lines if (sentence := exchange_sentence(line, about.words))]
    yield from map(Paragraph, dict.fromkeys(owed))
    yield Facts(tuple(dict.fromkeys(_made(about))))
    places = [about.news.said[seq] for seq in about.news.due.said if seq in about.news.said]
    yield from (Link(about.text("claim.exchange.pay_here"), place) for place in places)
    if not places:
        yield Paragraph(about.text("mail.claim.difference.ask"))


def _made(about: About) -> Iterator[tuple[str, str]]:
    """What the platform made instead of money, by the number or code the shopper knows it by."""
    for line in about.lines:
        if line.remedy is RemedyState.SUCCEEDED and line.plan and line.remedy_detail:
            is_credit = line.plan.remedy is Remedy.STORE_CREDIT
            yield about.text("page.remedy.store_credit" if is_credit else "mail.claim.order"), line.remedy_detail


def _repaired(about: About) -> Iterator[Block]:
    yield from _sent(about)
    yield from longer_guarantee(about)


def _paid(about: About) -> Iterator[Block]:
    yield from about.goods()
    yield from _said(about)
    yield from money(about)


def _expired(about: About) -> Iterator[Block]:
    yield Paragraph(about.text("mail.claim.expired.until", day=about.whole_day(about.news.at + REOPEN_HOLDS)))


def _survey(about: About) -> Iterator[Block]:
    """The question is answered on the claim's own page; the shop's own survey stands beside it."""
    yield from about.goods()
    address = about.claim.survey.address
    if address is not None:
        yield Link(about.text("mail.claim.survey.own"), address)


_PARTS: Mapping[ClaimLetterKind, Parts] = {
    _K.RECEIVED: _received,
    _K.NEEDS_INFO: _needs_info,
    _K.APPROVED: _approved,
    _K.OFFER: _offer,
    _K.QUOTE: _quoted,
    _K.QUOTE_AGREED: _quoted,
    _K.REJECTED: _rejected,
    _K.APPEALED: _said,
    _K.REOPENED: _reopened,
    _K.LATE_WITHDRAWAL: _late,
    _K.SEND_BACK: _send_back,
    _K.CONTESTED: _contested,
    _K.LABEL: _label,
    _K.GOODS_RECEIVED: _goods_received,
    _K.DIFFERENCE: _difference,
    _K.SENT: _sent,
    _K.REPAIRED: _repaired,
    _K.PAYEE_NEEDED: _paid,
    _K.REFUND_SENT: _paid,
    _K.GOODWILL: given,
    _K.CANCELLED: _said,
    _K.EXPIRED: _expired,
    _K.SURVEY: _survey,
    _K.CLOSED: About.goods,
    _K.MESSAGE: _said,
}


def _trader(about: About) -> Iterator[str]:
    policy = about.news.policy
    if policy is not None:
        trader = policy.trader_of(policy.for_country(about.news.stored.order.place.country))
        if trader is not None:
            yield trader_line(trader, about.words)
