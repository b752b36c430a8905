"""Worded answers: what the domain computed and `plugin.wording` said, in the shapes of the contract.

Both renderings, the JSON and the server-rendered words, are made from these.
"""

from datetime import datetime

from plugin.domain.clocks.before_purchase import MarketRights, market_rights, rights_by
from plugin.domain.clocks.engine import Law
from plugin.domain.entitlement import LineEntitlements
from plugin.domain.order import OrderLine
from plugin.domain.policy import PolicyVersion, classes
from plugin.i18n import Catalogue
from plugin.usecases.quote_entitlements import Quote
from plugin.usecases.quote_policy import PolicyQuote
from plugin.usecases.quote_promises import PromisesQuote
from plugin.web.storefront.schemas import (
    Arrival,
    ArrivalAnswer,
    ClockAnswer,
    EntitlementsAnswer,
    LineAnswer,
    Link,
    Market,
    OfficialLink,
    OneLine,
    PanelWords,
    PolicyAnswer,
    PolicyLine,
    ProductPromise,
    PromiseClass,
    PromisesAnswer,
    Source,
)
from plugin.wording import panel
from plugin.wording.arrival import arrival_of
from plugin.wording.badge import Badge, badge, banner, cart_banner
from plugin.wording.promises import one_line_promises, trust_heading


def policy_answer(
    quote: PolicyQuote,
    law: Law,
    words: Catalogue,
    details: Link | None = None,
    withdrawal: OfficialLink | None = None,
) -> PolicyAnswer:
    """What a shopper in the quote's country may count on; `details` is where to read on, `withdrawal` to withdraw."""
    rights = market_rights(quote.country, quote.policy, law, quote.item)
    cart = [market_rights(quote.country, quote.policy, law, item) for item in quote.cart]
    worded = badge(rights, words)
    return PolicyAnswer(
        version=_version(quote.policy, law),
        language=words.language,
        direction=words.direction,
        market=_market(quote.country, words, is_default=quote.is_default),
        summary=worded.summary,
        lines=_lines(worded),
        banner=cart_banner(cart, words),
        details=details,
        heading=trust_heading(words),
        promises=_promises(rights, words),
        withdrawal=withdrawal,
        arrival=_arrival(quote, words),
    )


def arrival_answer(quote: PolicyQuote, words: Catalogue) -> ArrivalAnswer:
    """The days to expect goods in the quote's country alone."""
    return ArrivalAnswer(language=words.language, direction=words.direction, arrival=_arrival(quote, words))


def promises_answer(quote: PromisesQuote, law: Law, words: Catalogue) -> PromisesAnswer:
    """The promises of a market, each once, and which product has which."""
    return PromisesAnswer(
        version=_version(quote.policy, law),
        language=words.language,
        direction=words.direction,
        market=_market(quote.country, words, is_default=quote.is_default),
        heading=trust_heading(words),
        classes=tuple(_class(each, quote, law, words) for each in quote.classes),
        products=tuple(ProductPromise(product=each.product, promise=each.class_id) for each in quote.products),
        after=quote.after,
    )


def _arrival(quote: PolicyQuote, words: Catalogue) -> Arrival | None:
    found = arrival_of(quote.arrival, words)
    return Arrival(label=found.label, text=found.text, first=found.first, last=found.last) if found else None


def _class(told: classes.PromiseClass, quote: PromisesQuote, law: Law, words: Catalogue) -> PromiseClass:
    rights = rights_by(told.promised, quote.country, quote.market, law)
    worded = badge(rights, words)
    return PromiseClass(
        id=told.id,
        summary=worded.summary,
        lines=_lines(worded),
        promises=_promises(rights, words),
        banner=banner(rights, words),
    )


def _market(country: str, words: Catalogue, *, is_default: bool) -> Market:
    return Market(country=country, name=words.country(country), is_default=is_default)


def _lines(worded: Badge) -> tuple[PolicyLine, ...]:
    return tuple(PolicyLine(kind=line.kind, label=line.label, text=line.text) for line in worded.lines)


def _promises(rights: MarketRights, words: Catalogue) -> tuple[OneLine, ...]:
    return tuple(OneLine(kind=line.kind, text=line.text) for line in one_line_promises(rights, words))


def entitlements_answer(quote: Quote, law: Law, words: Catalogue, now: datetime) -> EntitlementsAnswer:
    """What the quoted order entitles its shopper to, as of `now` (aware UTC)."""
    own = panel.panel_words(words)
    order = quote.stored.order
    return EntitlementsAnswer(
        version=_version(quote.policy, law),
        language=words.language,
        direction=words.direction,
        as_of=now,
        order=order.number,
        words=PanelWords(heading=own.heading, closed=own.closed, sources=own.sources),
        lines=tuple(_line(line, found, words, now) for line, found in zip(order.lines, quote.lines, strict=True)),
    )


def _line(line: OrderLine, found: LineEntitlements, words: Catalogue, now: datetime) -> LineAnswer:
    clocks = panel.clock_lines(found, words, now)
    return LineAnswer(id=line.id, title=line.title, clocks=tuple(_clock(clock) for clock in clocks))


def _clock(clock: panel.WordedLine) -> ClockAnswer:
    return ClockAnswer(
        right=clock.right.value,
        label=clock.label,
        title=clock.title,
        sentence=clock.sentence,
        payer=clock.payer,
        reason=clock.reason,
        state=clock.state.value,
        state_word=clock.state_word,
        is_statutory=clock.is_statutory,
        opens_at=clock.opens_at,
        closes_at=clock.closes_at,
        sources=tuple(_source(source) for source in clock.sources),
    )


def _source(source: panel.WordedSource) -> Source:
    return Source(kind="law" if source.kind == "law" else "policy", citation=source.citation)


def _version(policy: PolicyVersion | None, law: Law) -> str:
    return f"{policy.id if policy else 'law'} {law.rulebook.version} {law.calendar.version}"
