"""What the parts of a claim's letter are made from: the news, the words, the law, and the days of the shopper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.numbers import format_currency

from plugin.documents.mail import Block, Items
from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.law.in_force import Law
from plugin.domain.money import Money
from plugin.i18n import Catalogue
from plugin.ports.claim_letters import ClaimNews

_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class About:
    """`base_url` has no trailing slash."""

    news: ClaimNews
    words: Catalogue
    law: Law
    base_url: str

    @property
    def claim(self) -> Claim:
        """The claim as it stands now."""
        return self.news.claim

    @property
    def lines(self) -> tuple[ClaimLine, ...]:
        """The lines the letter is about; all of them where it is about the whole."""
        named = self.news.due.lines
        return tuple(line for line in self.claim.lines if not named or line.no in named)

    @property
    def page(self) -> str:
        """The claim's own page."""
        return f"{self.base_url}/s/{self.news.shop.key}/claims/{self.news.token}?lang={self.words.language}"

    def text(self, key: str, **facts: str | int | date) -> str:
        """Words in the claim's language."""
        return self.words.text(key, **facts)

    def day(self, at: datetime) -> date:
        """The shopper's calendar day of an instant."""
        return at.astimezone(ZoneInfo(self.claim.zone or "UTC")).date()

    def last_day(self, until: datetime) -> str:
        """The last day that is wholly before an exclusive end, as the language writes it."""
        return self.words.day(self.day(until - _INSTANT))

    def whole_day(self, until: datetime) -> date:
        """The last whole day before an instant: who acts on it is in time at any hour."""
        return self.day(until) - timedelta(days=1)

    def amount(self, money: Money) -> str:
        """Money as the language writes it."""
        return format_currency(money.decimal(), money.currency, locale=self.words.locale)

    def goods(self) -> Iterator[Block]:
        """The lines: how many of what, and what is done about each."""
        titles = {line.id: line.title for line in self.news.stored.order.lines}
        said = []
        for line in self.lines:
            units, title = line.quantity, titles.get(line.order_line, line.order_line)
            if line.plan is None:
                said.append(self.text("mail.claim.goods", quantity=units, title=title))
            else:
                remedy = self.words.text(f"page.remedy.{line.plan.remedy}")
                said.append(self.text("mail.claim.goods_with", quantity=units, title=title, remedy=remedy))
        if said:
            yield Items(tuple(said))
