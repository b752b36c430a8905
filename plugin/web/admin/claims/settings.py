"""Limits, budgets, the account of payouts, and texts that agents write often: read by all, set by managers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus

from flask import Response, request, url_for

from plugin.domain.canned import FACTS, CannedText
from plugin.domain.claim_settings import ClaimSettings, SurveyWish, is_web_address
from plugin.domain.errors import Invalid
from plugin.domain.money import Money, NotAnAmount, exponent
from plugin.domain.refund.payee import BankAccount
from plugin.domain.shop import Role
from plugin.i18n import LANGUAGES
from plugin.usecases.save_claim_settings import save_claim_settings
from plugin.web.admin import notices
from plugin.web.admin.auth import presence, require
from plugin.web.admin.claims.costs import costs_view, with_costs
from plugin.web.admin.claims.told import worded
from plugin.web.admin.claims.typed import Typed
from plugin.web.admin.pages import page, see, words
from plugin.web.deps import deps

_MOST_TEXTS = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One currency as the form shows it: what was typed, else what is in force."""

    currency: str
    second_above: str
    goodwill: str


@dataclass(frozen=True, slots=True)
class Refused:
    """What is wrong, by field, and everything that was typed."""

    wrong: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)


def show() -> Response:
    """The settings."""
    return _render()


def save_limits() -> Response:
    """Save limits, budgets and account; nothing of it when one field is wrong."""
    require(Role.MANAGER)
    typed, wrong = Typed(request.form), dict[str, str]()
    second, goodwill = [], []
    for at in range(_rows_typed()):
        currency = typed.text(f"currency.{at}").upper()
        second += _read(typed, f"second_above.{at}", currency, wrong)
        goodwill += _read(typed, f"goodwill.{at}", currency, wrong)
    account = _account(typed, wrong)
    if wrong:
        return _render(HTTPStatus.UNPROCESSABLE_ENTITY, Refused(wrong, request.form))
    _save(replace(_known(), second_above=tuple(second), goodwill=tuple(goodwill), debtor=account))
    return see(url_for("admin.claim_settings"))


def save_costs() -> Response:
    """Save what things cost, and the thresholds; nothing of it when one field is wrong."""
    require(Role.MANAGER)
    wrong = dict[str, str]()
    changed = with_costs(_known(), Typed(request.form), wrong)
    if wrong:
        return _render(HTTPStatus.UNPROCESSABLE_ENTITY, Refused(wrong, request.form))
    _save(changed)
    return see(url_for("admin.claim_settings") + "#costs")


def save_survey() -> Response:
    """Save whether shoppers are asked, and where the shop's own survey is; nothing of it when the address is none."""
    require(Role.MANAGER)
    typed = Typed(request.form)
    address = typed.maybe("survey.address")
    if address is not None and not is_web_address(address):
        wrong = {"survey.address": words().text("desk.survey.no_address")}
        return _render(HTTPStatus.UNPROCESSABLE_ENTITY, Refused(wrong, request.form))
    _save(replace(_known(), survey=SurveyWish(typed.is_ticked("survey.is_on"), address)))
    return see(url_for("admin.claim_settings") + "#survey")


def add_text() -> Response:
    """Keep one more text."""
    require(Role.MANAGER)
    typed, known = Typed(request.form), _known()
    text = CannedText(typed.text("name")[:80], typed.text("language"), typed.text("text")[:4000])
    wrong = {name: words().text("desk.settings.needed") for name in ("name", "text") if not typed.text(name)}
    if text.language not in LANGUAGES:
        raise Invalid({"field": "language"})
    if wrong or len(known.texts) >= _MOST_TEXTS:
        return _render(HTTPStatus.UNPROCESSABLE_ENTITY, Refused(wrong, request.form))
    _save(replace(known, texts=(*known.texts, text)))
    return see(url_for("admin.claim_settings") + "#texts")


def remove_text() -> Response:
    """Forget a text; named by all it says, so that nobody removes another one by its place."""
    require(Role.MANAGER)
    typed, known = Typed(request.form), _known()
    gone = (typed.text("name"), typed.text("language"))
    _save(replace(known, texts=tuple(text for text in known.texts if (text.name, text.language) != gone)))
    return see(url_for("admin.claim_settings") + "#texts")


def _render(status: HTTPStatus = HTTPStatus.OK, refused: Refused | None = None) -> Response:
    refused, said, known = refused or Refused(), words(), _known()
    return page(
        "claim_settings.html",
        status,
        rows=list(_rows(known, refused.typed)),
        debtor=known.debtor,
        costs=costs_view(known, refused.typed),
        survey=known.survey,
        vouchers_alone=known.vouchers_alone,
        texts=known.texts,
        facts=", ".join(f"{{{name}}}" for name in FACTS),
        languages=[(language, said.language_name(language)) for language in LANGUAGES],
        wrong=refused.wrong,
        typed=refused.typed,
    )


def _known() -> ClaimSettings:
    with deps().units.read(presence().merchant) as unit:
        return unit.claim_desk.settings()


def _save(settings: ClaimSettings) -> None:
    here, at = presence(), deps()
    save_claim_settings(settings, by=here.member, merchant=here.merchant, units=at.units, now=at.clock.now())
    notices.leave("desk.settings.saved")


def _rows(known: ClaimSettings, typed: Mapping[str, str]) -> Iterable[Row]:
    """What was typed, else a row for each currency that has an amount; and an empty one below."""
    if typed.get("currency.0") is not None:
        for at in range(_rows_typed()):
            yield Row(*(typed.get(f"{name}.{at}", "") for name in ("currency", "second_above", "goodwill")))
        return
    for currency in sorted({amount.currency for amount in (*known.second_above, *known.goodwill)}):
        yield Row(currency, _plain(known.second_above, currency), _plain(known.goodwill, currency))
    yield Row("", "", "")


def _rows_typed() -> int:
    return sum(name.startswith("currency.") for name in request.form)


def _plain(amounts: Iterable[Money], currency: str) -> str:
    found = next((amount for amount in amounts if amount.currency == currency), None)
    return f"{found.decimal():.{exponent(currency)}f}" if found else ""


def _read(typed: Typed, name: str, currency: str, wrong: dict[str, str]) -> list[Money]:
    try:
        amount = typed.maybe_amount(name, currency)
    except NotAnAmount as refusal:
        wrong[name] = worded(refusal, words())
        return []
    return [amount] if amount is not None else []


def _account(typed: Typed, wrong: dict[str, str]) -> BankAccount | None:
    """The account that was typed; an empty number forgets it."""
    if not typed.text("iban"):
        return None
    try:
        return BankAccount.parse(typed.text("holder"), typed.text("iban"), typed.maybe("bic"))
    except Invalid as refusal:
        wrong[str(refusal.facts.get("field", "iban"))] = worded(refusal, words())
        return None
