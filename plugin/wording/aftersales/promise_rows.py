"""The shop's part of the page: what it promises of which goods, in the badge's sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plugin.domain.clocks.before_purchase import MarketRights
from plugin.domain.clocks.scoped_rights import ScopedRights
from plugin.domain.entitlement import Right
from plugin.domain.policy.identity import Trader
from plugin.domain.policy.rule import Coverage, Rule
from plugin.domain.policy.terms import Track
from plugin.i18n import Catalogue
from plugin.wording.aftersales.parts import Row, Said, own_row, row
from plugin.wording.aftersales.remedies import remedies_text
from plugin.wording.aftersales.scopes import names_text, scope_text
from plugin.wording.badge import payer_text
from plugin.wording.names import label_of_promise, title
from plugin.wording.promise_terms import conditions_text, fee_text, refund_text, window_text

_UNION = frozenset({"EU", "EEA"})
_GOODS_BACK = (Track.RETURN, Track.EXCHANGE, Track.WITHDRAWAL)


@dataclass(frozen=True, slots=True)
class Card:
    """What holds for some goods, under whose promise it is."""

    title: str
    label: str
    rows: tuple[Row, ...]
    rules: tuple[str, ...] = ()
    """The ids of the rules it tells, which refusals link to."""


def promise_cards(groups: Sequence[ScopedRights], words: Catalogue) -> tuple[Card, ...]:
    """Returns and exchanges by promise, group by group; a group of which nothing is promised has no card."""
    is_only = len(groups) == 1
    cards = (_card(group, _returns(group, words, is_only=is_only), words) for group in groups)
    return tuple(card for card in cards if card.rows)


def warranty_cards(groups: Sequence[ScopedRights], trader: Trader | None, words: Catalogue) -> tuple[Card, ...]:
    """The shop's own warranty, group by group, with the statement of what it leaves untouched.

    What has to be stated: Directive (EU) 2019/771 art. 17(2).
    """
    found = [group for group in groups if Track.WARRANTY in group.tracks and group.rights.warranty_window]
    return tuple(
        Card(
            scope_text(group.scope, words, is_rest=group.is_rest),
            label_of_promise(words, is_extra=group.rights.extra_warranty is not None),
            tuple(_warranty(group.rights, trader, words)),
            _told(group, (Track.WARRANTY,)),
        )
        for group in found
    )


def _card(group: ScopedRights, rows: Iterator[Row], words: Catalogue) -> Card:
    rights = group.rights
    is_extra = Track.RETURN not in group.tracks or (rights.is_beyond_law and not rights.is_final_sale)
    return Card(
        scope_text(group.scope, words, is_rest=group.is_rest),
        label_of_promise(words, is_extra=is_extra),
        tuple(rows),
        _told(group, _GOODS_BACK),
    )


def _told(group: ScopedRights, tracks: Sequence[Track]) -> tuple[str, ...]:
    rules = (group.rights.rules[track] for track in tracks if track in group.tracks)
    return tuple(rule.id for rule in rules if rule is not None)


def _returns(group: ScopedRights, words: Catalogue, *, is_only: bool) -> Iterator[Row]:
    rights, tracks = group.rights, group.tracks
    if Track.RETURN in tracks:
        yield from _return(rights, words)
    if Track.EXCHANGE in tracks and rights.exchange_window:
        text = window_text(Track.EXCHANGE, rights.exchange_window, rights, words)
        yield from row(title(Right.EXCHANGE, words), text)
    is_taken_back = Track.RETURN in tracks and rights.shown_return is not None
    is_handled = Track.WITHDRAWAL in tracks and not group.scope.is_everything
    if not is_only and (is_taken_back or is_handled):
        yield from row(words.text("badge.label.payer"), payer_text(rights, words))
    for track in _GOODS_BACK:
        rule = rights.rules[track]
        if track in tracks and rule is not None:
            yield from own_row(words.text("page.note"), rule.note, words)


def _return(rights: MarketRights, words: Catalogue) -> Iterator[Row]:
    name, window = title(Right.SHOP_RETURN, words), rights.shown_return
    if rights.is_final_sale:
        yield from row(name, words.text("badge.final_sale"))
    if window is None:
        return
    said = window_text(Track.RETURN, window, rights, words)
    yield from row(name, said, fee_text(rights.fee, words), conditions_text(rights.conditions, words))
    yield from row(words.text("page.refund"), refund_text(rights.refund, words))
    yield from row(words.text("page.remedies"), remedies_text(rights.rules[Track.RETURN], words))


def _warranty(rights: MarketRights, trader: Trader | None, words: Catalogue) -> Iterator[Row]:
    rule, window = rights.rules[Track.WARRANTY], rights.warranty_window
    if rule is None or window is None:
        return
    statement = "statement_eu" if rights.region in _UNION else "statement"
    yield from row(
        title(Right.COMMERCIAL_WARRANTY, words),
        window_text(Track.WARRANTY, window, rights, words),
        words.text(f"page.warranty.{statement}"),
    )
    if rights.coverage is not None:
        yield from _coverage(rights.coverage, words)
    yield from row(words.text("page.remedies"), remedies_text(rule, words))
    yield from row(words.text("badge.label.payer"), words.text(f"payer.fault.{rule.payers.seller.value}"))
    if trader is not None:
        lines = dict.fromkeys((trader.name, *trader.address.lines, words.country(trader.address.country)))
        yield Row(words.text("page.warranty.given_by"), tuple(map(Said, lines)))
    yield from own_row(words.text("page.note"), rule.note, words)


def _coverage(coverage: Coverage, words: Catalogue) -> Iterator[Row]:
    said = (
        ("covers", coverage.covers),
        ("proof", coverage.proof),
        ("excludes", coverage.excludes),
        ("serves", coverage.serves),
    )
    for name, written in said:
        yield from own_row(words.text(f"page.warranty.{name}"), written, words)
    if coverage.countries:
        places = names_text((words.country(code) for code in coverage.countries), words)
        yield from row(words.text("page.warranty.where"), places)


def rules_of(groups: Sequence[ScopedRights]) -> Iterator[Rule]:
    """Every rule a group of goods has of its own, the narrower groups' first."""
    for group in groups:
        yield from (rule for track, rule in group.rights.rules.items() if rule is not None and track in group.tracks)
