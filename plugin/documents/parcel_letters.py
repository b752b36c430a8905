"""Letters about a parcel: that it left, is late, lies ready, came, or that something is wrong and what can be done."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final

from plugin.documents.mail import Block, Button, Facts, Heading, Items, Link, Paragraph, write
from plugin.documents.sheet import trader_line
from plugin.documents.shop_masthead import order_masthead
from plugin.domain.law.in_force import Law
from plugin.domain.law.zones import delivery_place
from plugin.domain.order import Order
from plugin.domain.tracking.alert_settings import WayMail
from plugin.domain.tracking.exceptions.choice import Choice
from plugin.domain.tracking.exceptions.episode import AlertKind
from plugin.i18n import Catalogue, catalogue
from plugin.ports.mailer import Mail
from plugin.ports.parcel_letters import ParcelLetter, ParcelNews
from plugin.wording.claim.money import amount_text
from plugin.wording.order_language import language_of
from plugin.wording.tracking.answer import expected_by, expected_sentence

_SUBJECTS: Final = {
    WayMail.DISPATCHED: "tracking.way.dispatched_subject",
    WayMail.PICKUP_READY: "tracking.way.pickup_ready_subject",
    WayMail.DELIVERED: "tracking.way.delivered_subject",
    WayMail.DELAYED: "tracking.alert.delayed.subject",
    WayMail.FAILED_ATTEMPT: "tracking.alert.failed_attempt.subject",
    WayMail.SENT_BACK: "tracking.alert.sent_back.subject",
    WayMail.LOST: "tracking.alert.lost.subject",
}
_TEXTS: Final = {
    WayMail.DISPATCHED: "tracking.way.dispatched",
    WayMail.PICKUP_READY: "tracking.text.pickup_ready",
    WayMail.DELIVERED: "tracking.text.delivered",
}


def parcel_letter(law: Law, base_url: str) -> ParcelLetter:
    """Words letters under this law; links begin with `base_url` (no trailing slash)."""

    def letter(news: ParcelNews) -> Mail:
        order = news.stored.order
        about = _About(news, catalogue(language_of(order, news.policy)), base_url)
        subject = about.words.text(_SUBJECTS[news.kind], number=order.number)
        blocks = (Heading(subject), Paragraph(about.said()), *about.facts(), *about.choices(), *about.follow())
        head = order_masthead(news.shop, order, about.words, law, base_url, news.order_token)
        return write(order.shopper.email or "", subject, blocks, about.words, replace(head, foot=tuple(about.trader())))

    return letter


@dataclass(frozen=True, slots=True)
class _About:
    news: ParcelNews
    words: Catalogue
    base_url: str

    def said(self) -> str:
        """What has happened, in a sentence or two."""
        alert = self.news.alert
        if alert is None:
            return self.words.text(_TEXTS[self.news.kind])
        if alert.is_refused:
            return self.words.text("tracking.alert.refused")
        is_overdue = alert.kind is AlertKind.OVERDUE and alert.facts.expected is not None
        day = alert.facts.expected if is_overdue else self._day(alert.since)
        return self.words.text(f"tracking.alert.{alert.kind}", day=day or self._day(alert.since))

    def facts(self) -> Iterator[Block]:
        """The order, the number the parcel goes under, and when it should come."""
        order, shipment = self.news.stored.order, self.news.shipment
        rows = [(self.words.text("mail.claim.order"), order.number)]
        rows.append((self.words.text("claim.sent.tracking"), shipment.number.number))
        yield Items(tuple(self._goods(order)))
        yield Facts(tuple(rows))
        if self.news.kind is WayMail.DISPATCHED and shipment.expected is not None:
            days = shipment.expected
            yield Paragraph(f"{expected_sentence(days, self.words)} ({expected_by(days, self.words)})")

    def choices(self) -> Iterator[Block]:
        """Each as a link of its own: none of them is the one we would rather have."""
        offered = self.news.offered
        if not offered:
            return
        yield Paragraph(self.words.text("tracking.alert.choose"))
        for each in offered:
            yield Link(choice_label(each.choice, self), f"{self._shop}/parcel/{each.token}?{self._lang}")

    def follow(self) -> Iterator[Block]:
        """Where the parcel is."""
        address = f"{self._shop}/tracking/{self.news.tracking_token}?{self._lang}"
        yield Button(self.words.text("tracking.follow"), address)

    def trader(self) -> Iterator[str]:
        """Who writes."""
        policy, country = self.news.policy, self.news.stored.order.place.country
        trader = policy.trader_of(policy.for_country(country)) if policy else None
        if trader is not None:
            yield trader_line(trader, self.words)

    def _goods(self, order: Order) -> Iterator[str]:
        sent = next((each for each in order.fulfilments if each.id == self.news.shipment.belongs_to), None)
        packed = {each.line: each.quantity for each in sent.lines} if sent else {}
        for line in order.lines:
            quantity = packed.get(line.id, 0) if packed else line.quantity
            if quantity:
                yield self.words.text("mail.claim.goods", quantity=quantity, title=line.title)

    def _day(self, at: datetime) -> date:
        country = self.news.shipment.destination
        return at.astimezone(delivery_place(country).zone if country else UTC).date()

    @property
    def _shop(self) -> str:
        return f"{self.base_url}/s/{self.news.shop.key}"

    @property
    def _lang(self) -> str:
        return f"lang={self.words.language}"


def choice_label(choice: Choice, about: _About) -> str:
    """What a choice is called; a voucher with its amount."""
    if choice is Choice.VOUCHER and about.news.voucher is not None:
        return about.words.text("tracking.choice.voucher", amount=amount_text(about.news.voucher, about.words))
    return about.words.text(f"tracking.choice.{Choice.WAIT if choice is Choice.VOUCHER else choice}")
