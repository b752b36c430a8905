"""The withdrawal function inside a customer account: the same two screens and receipt as on its own pages.

Who is signed in has placed the order, so its goods can be picked from and the declaration is proven by that. It is not
counted against any limit and asks for no reason: what is declared takes effect as it arrives.

Source: Directive 2011/83/EU art. 11a.
"""

from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Final

from flask import Response, current_app, url_for

from plugin.domain.declaration import (
    Contract,
    Declaration,
    Picked,
    Proof,
    Statement,
    Typed,
    UnusableStatement,
    statement_of,
)
from plugin.domain.declaration.typed import LONGEST, plain
from plugin.domain.errors import Invalid
from plugin.domain.ids import LineId
from plugin.i18n import Catalogue
from plugin.usecases.declare_withdrawal import Declared, declare_withdrawal
from plugin.usecases.withdrawal_link import receipt_token
from plugin.web.callers import caller
from plugin.web.deps import deps
from plugin.web.extensions.account import AtOrder, at_order
from plugin.web.extensions.answer import body, private
from plugin.web.extensions.claim_schemas import Row
from plugin.web.extensions.withdrawal_schemas import (
    Field,
    OfficialWords,
    WithdrawableUnits,
    WithdrawalCheckAnswer,
    WithdrawalConfirmation,
    WithdrawalFormAnswer,
    WithdrawalReceiptAnswer,
    WithdrawalWish,
    Wrong,
)
from plugin.web.storefront.schemas import Link
from plugin.web.withdrawal.contract import KnownOrder
from plugin.web.withdrawal.frame import WithdrawalOff, letters
from plugin.wording.withdrawal import Official, confirm_words, declaration_rows, statement_rows, withdraw_words

LONGEST_FORM: Final = 64
_UNITS: Final = {"picked": "units"}
"""Where the contract names a field otherwise than the domain."""


class Unsaid(Invalid):
    """What is confirmed is no declaration: the first screen would have said what is missing."""

    code = "invalid"


def form(order: str) -> Response:
    """The first screen, filled in with what the order says of who is signed in."""
    at, known = _at(order)
    shopper, words = known.stored.order.shopper, at.words
    answer = WithdrawalFormAnswer(
        version=at.version,
        language=words.language,
        direction=words.direction,
        heading=words.text("right.withdrawal"),
        name=_field("name", shopper.name or "", words),
        reference=_field("reference", known.stored.order.number, words),
        reply_to=_field("reply_to", shopper.email or "", words),
        pick=words.text("withdraw.pick"),
        units=tuple(WithdrawableUnits(line=u.line, title=u.title, quantity=u.quantity) for u in known.units),
        button=_official(withdraw_words(words, _country(known))),
    )
    return private(answer)


def check(order: str) -> Response:
    """The second screen; or, at its field, what has to be said again on the first."""
    at, known = _at(order)
    words = at.words
    rows: tuple[Row, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    try:
        rows = _rows(statement_rows(_statement(body(WithdrawalWish), known), words))
    except UnusableStatement as unusable:
        wrong = tuple(_wrong(unusable, words))
    answer = WithdrawalCheckAnswer(
        version=at.version,
        language=words.language,
        direction=words.direction,
        heading=words.text("withdraw.check"),
        wrong=wrong,
        rows=rows,
        button=_official(confirm_words(words, _country(known))),
        change=words.text("withdraw.change"),
        form=deps().secrets.token()[:LONGEST_FORM],
    )
    return private(answer)


def declare(order: str) -> Response:
    """Declare; confirmed twice it is declared once. Raises `Unsaid` where the first screen was left out."""
    at, known = _at(order)
    said = body(WithdrawalConfirmation)
    try:
        statement = _statement(said, known)
    except UnusableStatement as unusable:
        raise Unsaid({"field": next(_wrong(unusable, at.words)).field}) from unusable
    needs, shop = deps(), at.who.shop
    form = plain(said.form, LONGEST_FORM) or needs.secrets.token()
    given = Declared(statement, at.words.language, form, caller(), _country(known), known.contract)
    declared = declare_withdrawal(given, shop=shop, units=needs.units, ids=needs.ids, letters=letters(), now=at.now)
    return private(_receipt(declared, at), HTTPStatus.CREATED)


def _at(order: str) -> tuple[AtOrder, KnownOrder]:
    """Raises `WithdrawalOff`, and what `at_order` raises."""
    at = at_order(order)
    if at.who.shop.withdrawal_since is None:
        raise WithdrawalOff
    return at, KnownOrder(Contract(at.case.stored.id, Proof.SIGNED_IN), at.case.stored, "")


def _statement(wish: WithdrawalWish, known: KnownOrder) -> Statement:
    picked = tuple(Picked(LineId(each.line), each.quantity) for each in wish.units)
    typed = Typed(name=wish.name, reference=wish.reference, reply_to=wish.reply_to, picked=picked)
    return statement_of(typed, whole=known.units)


def _receipt(declared: Declaration, at: AtOrder) -> WithdrawalReceiptAnswer:
    words, statement = at.words, declared.statement
    token = receipt_token(declared, deps().secrets)
    page = url_for("withdrawal.receipt", shop_key=at.who.shop.key, token=token, lang=words.language)
    copy = words.text("withdraw.copy", email=statement.reply_to) if statement else ""
    return WithdrawalReceiptAnswer(
        version=at.version,
        language=words.language,
        direction=words.direction,
        heading=words.text("withdraw.received"),
        rows=_rows(declaration_rows(declared, words)),
        text=" ".join(filter(None, (words.text("withdraw.receipt"), copy))),
        receipt=Link(text=words.text("withdraw.print"), url=f"{current_app.config['BASE_URL']}{page}"),
    )


def _wrong(unusable: UnusableStatement, words: Catalogue) -> Iterator[Wrong]:
    for field, wrong in unusable.wrong.items():
        yield Wrong(field=_UNITS.get(field, field), text=words.text(f"withdraw.wrong.{wrong.value}"))


def _field(name: str, value: str, words: Catalogue) -> Field:
    return Field(label=words.text(f"withdraw.{name}"), value=value, most=LONGEST[name])


def _rows(rows: Iterable[tuple[str, str]]) -> tuple[Row, ...]:
    return tuple(Row(term=term, text=text) for term, text in rows)


def _official(said: Official) -> OfficialWords:
    return OfficialWords(text=said.text, language=said.language)


def _country(known: KnownOrder) -> str | None:
    return known.stored.order.place.country
