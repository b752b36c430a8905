"""Settings > Alerts: how long parcels are waited for, on which lane, what shoppers are mailed, what who waits gets."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus

from flask import Response, request, url_for

from plugin.domain.errors import Invalid
from plugin.domain.money import Money, exponent
from plugin.domain.order import Platform
from plugin.domain.shop import Role
from plugin.domain.tracking.alert_settings import AlertSettings, Thanks, TooManyLanes, WayMail
from plugin.domain.tracking.carriers import carrier_named
from plugin.domain.tracking.exceptions.patience import LanePatience, Patience, UnusablePatience
from plugin.usecases.tracking.save_alert_settings import Change, save_alert_settings
from plugin.web.admin import notices
from plugin.web.admin.auth import presence, require
from plugin.web.admin.claims.typed import Typed
from plugin.web.admin.pages import page, see, words
from plugin.web.admin.policy.reading import amount_of
from plugin.web.deps import deps
from plugin.web.problems import error_text

_DAYS = ("no_scan_days", "customs_days", "late_days")
_COUNTRY_LETTERS = 2
_MOST_AMOUNTS = 20


class _Wrong(Invalid):
    """What was typed at a field is nothing that can be kept; `text` says so in the reader's words."""

    code = "invalid"

    def __init__(self, name: str, text: str) -> None:
        super().__init__({"field": name})
        self.name, self.text = name, text


@dataclass(frozen=True, slots=True)
class Refused:
    """What is wrong, by form and field, and what was typed there."""

    form: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)


def show() -> Response:
    """Everything that is set."""
    return _render(Refused())


def save() -> Response:
    """Days for all parcels, mails, and vouchers; nothing of it when one field is wrong."""
    here = require(Role.MANAGER)
    typed = Typed(request.form)

    def change(known: AlertSettings) -> AlertSettings:
        amounts = _amounts(typed.fields.get("thanks", ""))
        thanks = Thanks(amounts, here.member.id) if amounts else None
        if thanks and known.thanks and known.thanks.amounts == amounts:
            thanks = known.thanks
        off = frozenset(mail for mail in WayMail if not typed.is_ticked(f"mail.{mail}"))
        return replace(known, patience=_patience(typed), off=off, thanks=thanks, is_chosen=True)

    return _saved("all", change)


def save_lane() -> Response:
    """The days of one lane, in the place of those it had."""
    require(Role.MANAGER)
    typed = Typed(request.form)

    def change(known: AlertSettings) -> AlertSettings:
        lane = LanePatience(
            _carrier(typed), _country(typed, "origin"), _country(typed, "destination"), _patience(typed)
        )
        return known.with_lane(lane)

    return _saved("lane", change)


def remove_lane() -> Response:
    """The lane is like all others again."""
    require(Role.MANAGER)
    typed = Typed(request.form)
    named = tuple(typed.maybe(name) for name in ("carrier", "origin", "destination"))
    return _saved("lane", lambda known: known.without_lane(*named))


def _saved(form: str, change: Change) -> Response:
    here, at = presence(), deps()
    try:
        save_alert_settings(change, by=here.member, merchant=here.merchant, units=at.units, now=at.clock.now())
    except (_Wrong, UnusablePatience, TooManyLanes) as refusal:
        name = str(refusal.facts["field"])
        text = refusal.text if isinstance(refusal, _Wrong) else error_text(words(), refusal.code)
        return _render(Refused(form, {name: text}, request.form))
    notices.leave("alerts.saved")
    return see(url_for("admin.alert_settings"))


def _render(refused: Refused) -> Response:
    with deps().units.read(presence().merchant) as unit:
        settings = unit.alerts.settings()
        platforms = {each.platform for each in unit.shops.all()} or {*Platform}
    thanks = settings.thanks.amounts if settings.thanks else ()
    return page(
        "alert_settings.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if refused.wrong else HTTPStatus.OK,
        settings=settings,
        mails=[(mail.value, any(settings.wants(mail, each) for each in platforms)) for mail in WayMail],
        thanks="\n".join(map(_typed_amount, thanks)),
        days=_DAYS,
        refused=refused,
    )


def _patience(typed: Typed) -> Patience:
    """Raises `UnusablePatience`."""
    days = {name: typed.text(name) for name in _DAYS}
    wrong = next((name for name, text in days.items() if not (text.isascii() and text.isdecimal())), None)
    if wrong is not None:
        raise UnusablePatience({"field": wrong})
    return Patience(**{name: int(text[:4]) for name, text in days.items()})


def _carrier(typed: Typed) -> str | None:
    """The slug of what was typed; a name nobody knows is kept as it is, in lower case."""
    name = typed.maybe("carrier")
    return (carrier_named(name) or name.casefold()[:40]) if name else None


def _country(typed: Typed, name: str) -> str | None:
    code = typed.text(name).upper()
    if not code:
        return None
    if len(code) != _COUNTRY_LETTERS or not (code.isascii() and code.isalpha()):
        raise _Wrong(name, words().text("alerts.bad_country"))
    return code


def _amounts(text: str) -> tuple[Money, ...]:
    """One amount a line, as `5.00 EUR`; of several in one currency the last."""
    found: dict[str, Money] = {}
    for line in [line.strip() for line in text.splitlines() if line.strip()][:_MOST_AMOUNTS]:
        number, _, currency = line.rpartition(" ")
        amount = amount_of(number, currency.upper())
        if amount is None or amount.minor <= 0:
            raise _Wrong("thanks", words().text("alerts.bad_amount"))
        found[amount.currency] = amount
    return tuple(found.values())


def _typed_amount(amount: Money) -> str:
    return f"{amount.decimal():.{exponent(amount.currency)}f} {amount.currency}"
