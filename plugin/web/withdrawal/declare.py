"""The two screens: what is declared, and its confirmation. All state is in the form, so nothing typed is ever lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from plugin.domain.declaration import Picked, Statement, Typed, UnusableStatement, Wrong, statement_of
from plugin.domain.declaration.typed import LONGEST, plain
from plugin.domain.shop import Shop
from plugin.i18n import FALLBACK, Catalogue
from plugin.usecases.declare_withdrawal import Declared, declare_withdrawal
from plugin.usecases.withdrawal_link import receipt_token
from plugin.web.callers import caller
from plugin.web.deps import deps
from plugin.web.withdrawal.contract import KnownOrder, known_order
from plugin.web.withdrawal.frame import WithdrawalOff, asked_country, here, letters, page, reader
from plugin.wording.order_language import language_of
from plugin.wording.withdrawal import confirm_words, statement_rows, withdraw_words

_LONGEST_FORM = 64
_UNIT = "units."
_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class _Visit:
    """Who came to which shop, for which country, in which words, from which order."""

    shop: Shop
    known: KnownOrder | None
    country: str | None
    words: Catalogue


def show(shop_key: str) -> Response:
    """The first screen, empty, or filled in for who came by a link of ours."""
    visit = _visit(shop_key)
    if visit.shop.withdrawal_since is None:
        raise WithdrawalOff
    return _first(visit, _prefilled(visit.known), {})


def check(shop_key: str) -> Response:
    """The second screen; the first one again with what is wrong at its field, or to change something."""
    visit, typed = _visit(shop_key), _typed()
    if "change" in request.form:
        return _first(visit, typed, {})
    try:
        said = _statement(typed, visit)
    except UnusableStatement as unusable:
        return _first(visit, typed, unusable.wrong, HTTPStatus.UNPROCESSABLE_ENTITY)
    return page(
        "check.html",
        visit.words,
        visit.shop,
        rows=statement_rows(said, visit.words),
        official=confirm_words(visit.words, visit.country),
        kept=_kept(visit),
        form=deps().secrets.token()[:_LONGEST_FORM],
    )


def confirm(shop_key: str) -> AnyResponse:
    """Declare; the answer is the receipt's address, so that neither a reload nor a second tap declares again."""
    visit, typed, at = _visit(shop_key), _typed(), deps()
    try:
        said = _statement(typed, visit)
    except UnusableStatement as unusable:
        return _first(visit, typed, unusable.wrong, HTTPStatus.UNPROCESSABLE_ENTITY)
    given = Declared(
        statement=said,
        language=visit.words.language,
        form=plain(request.form.get("form", ""), _LONGEST_FORM) or at.secrets.token(),
        caller=caller(),
        country=visit.country,
        known=visit.known.contract if visit.known else None,
    )
    declared = declare_withdrawal(
        given, shop=visit.shop, units=at.units, ids=at.ids, letters=letters(), now=at.clock.now()
    )
    token = receipt_token(declared, at.secrets)
    where = url_for("withdrawal.receipt", shop_key=shop_key, token=token, lang=visit.words.language)
    return redirect(where, HTTPStatus.SEE_OTHER)


def _visit(shop_key: str) -> _Visit:
    shop = here(shop_key)
    known = known_order(request.values.get("order", ""), shop)
    order = known.stored.order if known else None
    words = reader(otherwise=language_of(order) if order else FALLBACK)
    return _Visit(shop, known, asked_country() or (order.place.country if order else None), words)


def _first(visit: _Visit, typed: Typed, wrong: Mapping[str, Wrong], status: HTTPStatus = HTTPStatus.OK) -> Response:
    return page(
        "form.html",
        visit.words,
        visit.shop,
        status,
        typed=typed,
        wrong=wrong,
        most=LONGEST,
        units=_offered(visit, typed),
        official=withdraw_words(visit.words, visit.country),
        kept={name: value for name, value in _kept(visit).items() if name in {"lang", "country", "order"}},
    )


def _offered(visit: _Visit, typed: Typed) -> list[tuple[Picked, int]]:
    """Each line with the units to pick from and those that are picked: all of them until somebody says less."""
    if visit.known is None:
        return []
    chosen = {each.line: each.quantity for each in typed.picked or visit.known.units}
    return [(each, min(chosen.get(each.line, 0), each.quantity)) for each in visit.known.units]


def _statement(typed: Typed, visit: _Visit) -> Statement:
    return statement_of(typed, whole=visit.known.units if visit.known else ())


def _prefilled(known: KnownOrder | None) -> Typed:
    if known is None:
        return Typed()
    order = known.stored.order
    if not known.has_mailbox:
        return Typed(reference=order.number)
    return Typed(name=order.shopper.name or "", reference=order.number, reply_to=order.shopper.email or "")


def _typed() -> Typed:
    form = request.form
    texts = {name: form.get(name, "") for name in ("name", "reference", "reply_to", "part")}
    return Typed(**texts, picked=_picked(form))


def _picked(form: Mapping[str, str]) -> tuple[Picked, ...] | None:
    fields = [(name.removeprefix(_UNIT), value) for name, value in form.items() if name.startswith(_UNIT)]
    return tuple(Picked(line, _number(value)) for line, value in fields) if fields else None  # type: ignore[arg-type]  # compared with ids, never made one


def _number(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else 0


def _kept(visit: _Visit) -> dict[str, str]:
    """What the next screen has to be told again."""
    known = {"lang": visit.words.language, "country": visit.country or ""}
    known |= {"order": visit.known.token} if visit.known else {}
    typed = {name: value for name, value in request.form.items() if name in LONGEST or name.startswith(_UNIT)}
    return typed | known
