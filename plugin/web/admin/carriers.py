"""Settings > Carriers: who tells of parcels, under which keys, in which order, and how each is doing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from flask import Response, request, url_for

from plugin.domain.errors import NotFound
from plugin.domain.shop import Role
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.breaking import AccountState, state_of
from plugin.domain.tracking.number import NotATrackingNumber
from plugin.ports.carrier import Capability, CarrierKind
from plugin.usecases.tracking.retry_pushes import retry_pushes
from plugin.usecases.tracking.save_carrier_account import (
    UnusableKeys,
    prefer_carrier_account,
    remove_carrier_account,
    save_carrier_account,
    switch_carrier_account,
)
from plugin.usecases.tracking.try_carrier_account import Tried, try_carrier_account
from plugin.web.admin import notices
from plugin.web.admin.auth import presence, require
from plugin.web.admin.pages import page, see, words
from plugin.web.deps import deps
from plugin.web.problems import error_text

_MOST_PUSHES = 20
_TONES = {
    AccountState.OFF: "neutral",
    AccountState.NEW: "neutral",
    AccountState.WORKS: "good",
    AccountState.FAILING: "warn",
    AccountState.RESTING: "bad",
    AccountState.HALTED: "bad",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """An account as the page shows it. `kind` None: what asks it is not installed here. `push_url` None: none."""

    account: CarrierAccount
    kind: CarrierKind | None
    state: str
    tone: str
    push_url: str | None

    @property
    def name(self) -> str:
        """The carrier's, or service's."""
        return self.kind.name if self.kind else self.account.kind


@dataclass(frozen=True, slots=True)
class Told:
    """An answer to a form: of which account, what is wrong at each field, what was typed, and how asking went."""

    where: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    asked: str = ""
    tone: str = "warn"


def index() -> Response:
    """The accounts, and a form for the kind that was chosen."""
    return _render(HTTPStatus.OK, Told())


def save() -> Response:
    """Keep an account's keys; a refusal is told at its field, and secrets are typed again."""
    here, at = require(Role.OWNER), deps()
    kind = _kinds().get(request.form.get("kind", ""))
    if kind is None:
        raise NotFound({"carrier_kind": request.form.get("kind", "")[:40]})
    typed = {each.name: request.form.get(each.name, "") for each in kind.keys}
    try:
        save_carrier_account(
            kind, typed, merchant=here.merchant, units=at.units, secrets=at.secrets, now=at.clock.now()
        )
    except UnusableKeys as refusal:
        wrong = {name: words().text(f"carriers.wrong.{why.value}") for name, why in refusal.wrong.items()}
        return _render(HTTPStatus.UNPROCESSABLE_ENTITY, Told(kind.kind, wrong, typed))
    return _done("carriers.saved")


def switch(carrier: str) -> Response:
    """On or off."""
    here, at = require(Role.OWNER), deps()
    is_on, kind = request.form.get("is_on") == "1", _kinds().get(carrier)
    covers = kind.covers if kind else ()
    now = at.clock.now()
    switch_carrier_account(carrier, is_on=is_on, covers=covers, merchant=here.merchant, units=at.units, now=now)
    return _done("carriers.switched_on" if is_on else "carriers.switched_off")


def prefer(carrier: str) -> Response:
    """A place further ahead."""
    here = require(Role.OWNER)
    prefer_carrier_account(carrier, merchant=here.merchant, units=deps().units)
    return _done("carriers.moved")


def remove(carrier: str) -> Response:
    """Forget it."""
    here = require(Role.OWNER)
    remove_carrier_account(carrier, merchant=here.merchant, units=deps().units)
    return _done("carriers.removed")


def ask(carrier: str) -> Response:
    """Ask about one number now, and say how it went."""
    here, at = require(Role.OWNER), deps()
    number = request.form.get("number", "")
    with at.units.read(here.merchant) as unit:
        known = unit.carrier_accounts.get(carrier)
    if known is None or at.carriers is None:
        raise NotFound({"carrier_account": carrier[:40]})
    try:
        tried = try_carrier_account(
            carrier,
            number,
            merchant=here.merchant,
            carriers=at.carriers,
            units=at.units,
            now=at.clock.now(),
        )
    except NotATrackingNumber as error:
        told = Told(carrier, {"number": error_text(words(), error.code)}, {"number": number})
        return _render(HTTPStatus.UNPROCESSABLE_ENTITY, told)
    status = HTTPStatus.OK if tried.fault is None else HTTPStatus.BAD_GATEWAY
    tone = "good" if tried.fault is None else "warn"
    return _render(status, Told(carrier, {}, {"number": number}, _worded(tried), tone))


def retry() -> Response:
    """Read again what nobody could read."""
    here, at = require(Role.OWNER), deps()
    retry_pushes(merchant=here.merchant, units=at.units, now=at.clock.now())
    return _done("carriers.pushes_again")


def _render(status: HTTPStatus, told: Told) -> Response:
    at, here = deps(), presence()
    with at.units.read(here.merchant) as unit:
        accounts, pushes = unit.carrier_accounts.all(), unit.carrier_pushes.parked(_MOST_PUSHES)
    shown = [_shown(each) for each in accounts]
    names = {each.account.kind: each.name for each in shown}
    chosen = _kinds().get(told.where if told.wrong.keys() - {"number"} else request.args.get("kind", ""))
    return page(
        "carriers.html",
        status,
        accounts=shown,
        kinds=sorted((each for each in _kinds().values() if each.kind not in names), key=lambda each: each.name),
        missing=sorted(each.name for each in (at.carriers.missing() if at.carriers else {}).values()),
        chosen=chosen,
        kept=next((each.account for each in shown if chosen and each.account.kind == chosen.kind), None),
        pushes=pushes,
        names=names,
        told=told,
        key_name=_key_name,
        fault=worded_fault,
    )


def _shown(account: CarrierAccount) -> Shown:
    at = deps()
    kind = _kinds().get(account.kind)
    state = state_of(account, at.clock.now())
    pushes = kind is not None and Capability.PUSH in kind.capabilities
    address = f"{at.public_url}/w/carriers/{account.push_token}" if pushes and at.public_url else None
    return Shown(account, kind, state.value, _TONES[state], address)


def worded_fault(code: str | None) -> str:
    """What a failure means and what to do."""
    said = words()
    return said.text(key if said.has(key := f"carriers.fault.{code}") else "carriers.fault.unavailable")


def _worded(tried: Tried) -> str:
    """How asking went, with the other side's own words for who looks closer."""
    if tried.fault is None:
        return words().text("carriers.knows" if tried.events is not None else "carriers.knows_not", **_count(tried))
    text = worded_fault(tried.fault.value)
    return f"{text} ({tried.detail})" if tried.detail else text


def _count(tried: Tried) -> dict[str, int]:
    return {} if tried.events is None else {"count": tried.events}


def _key_name(name: str) -> str:
    """What a key is called; carriers have their own words for them, which are not translated."""
    said = words()
    return said.text(key) if said.has(key := f"carriers.key.{name}") else name


def _kinds() -> Mapping[str, CarrierKind]:
    carriers = deps().carriers
    return carriers.kinds() if carriers else {}


def _done(key: str) -> Response:
    notices.leave(key)
    return see(url_for("admin.carriers"))
