"""Goods on their way back: labels that wait for somebody, batches of hubs, and what is set for both."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, request, url_for

from plugin.domain.errors import DomainError, Invalid
from plugin.domain.returning.account import TypedAccount, UnusableAccount, as_typed
from plugin.domain.returning.batch import BatchLimits
from plugin.domain.shop import Role
from plugin.usecases.save_return_settings import save_batch_limits, save_drop_off_points, save_label_account
from plugin.web.admin import notices
from plugin.web.admin.auth import presence, require
from plugin.web.admin.pages import page, see, words
from plugin.web.deps import deps
from plugin.web.problems import error_text

_MOST = 50
_GRAMS_A_KILOGRAM = 1000
_MOST_KILOGRAMS = 1_000
_MOST_DAYS = 365


@dataclass(frozen=True, slots=True)
class Told:
    """A refusal: which form it belongs to, what is wrong there, and what was typed, the secret apart."""

    where: str = ""
    refusal: str = ""
    wrong: Mapping[str, str] | None = None
    typed: TypedAccount | None = None


NOTHING = Told()


def index() -> Response:
    """Everything that is to be done, then what is set."""
    return render(HTTPStatus.OK, NOTHING)


def save_account() -> Response:
    """Keep the label provider's account; a refusal is told at its field, and the secret is typed again."""
    here, at = require(Role.OWNER), deps()
    form = request.form
    typed = TypedAccount(*(form.get(name, "") for name in ("key", "secret", "carryings", "valid_days")))
    try:
        save_label_account(typed, merchant=here.merchant, units=at.units, now=at.clock.now())
    except UnusableAccount as refusal:
        wrong = {field: words().text(f"returns.wrong.{why.value}") for field, why in refusal.wrong.items()}
        return render(HTTPStatus.UNPROCESSABLE_ENTITY, Told("account", wrong=wrong, typed=typed))
    return done("returns.saved")


def forget_account() -> Response:
    """No provider any more: labels are uploaded."""
    here, at = require(Role.OWNER), deps()
    save_label_account(None, merchant=here.merchant, units=at.units, now=at.clock.now())
    return done("returns.removed")


def save_limits() -> Response:
    """When batches close by themselves."""
    here, at = require(Role.OWNER), deps()
    try:
        kilograms, days = _number("kilograms", _MOST_KILOGRAMS), _number("days", _MOST_DAYS)
    except Invalid:
        told = Told("limits", words().text("returns.wrong.not_a_number"))
        return render(HTTPStatus.UNPROCESSABLE_ENTITY, told)
    limits = BatchLimits(None if kilograms is None else kilograms * _GRAMS_A_KILOGRAM, days)
    save_batch_limits(limits, merchant=here.merchant, units=at.units, now=at.clock.now())
    return done("returns.saved")


def save_points() -> Response:
    """The list of drop-off points, in the place of the last."""
    here, at = require(Role.OWNER), deps()
    try:
        text = upload().decode("utf-8")
        count = save_drop_off_points(text, merchant=here.merchant, units=at.units, now=at.clock.now())
    except (DomainError, UnicodeDecodeError):
        return refused("points", "points_unreadable")
    notices.leave("returns.points_saved", count=count)
    return see(url_for("admin.returns"))


def render(status: HTTPStatus, told: Told) -> Response:
    """The page, with what was refused."""
    at, here = deps(), presence()
    with at.units.read(here.merchant) as unit:
        settings, points = unit.return_desk.settings(), len(unit.return_desk.points())
        waiting, batches = unit.labels.waiting(_MOST), unit.hub_batches.latest(_MOST)
        orders = {label.order: unit.orders.get(label.order).order.number for label in waiting}
        policy = unit.policies.in_force(at.clock.now())
    grams = settings.limits.max_grams
    return page(
        "returns.html",
        status,
        waiting=waiting,
        orders=orders,
        fault=worded_fault,
        batches=batches,
        kilograms=kilograms,
        hubs=[place for place in policy.return_addresses if place.is_hub] if policy else [],
        account=settings.account,
        typed=told.typed or as_typed(settings.account),
        heaviest="" if grams is None else grams // _GRAMS_A_KILOGRAM,
        longest=settings.limits.max_days or "",
        points=points,
        where=told.where,
        refusal=told.refusal,
        wrong=told.wrong or {},
    )


def worded_fault(code: str, detail: str) -> str:
    """What a failure means and what to do, with the provider's own words for who looks closer."""
    said = words()
    text = said.text(key if said.has(key := f"returns.fault.{code}") else "returns.fault.unknown")
    return f"{text} ({detail})" if detail else text


def kilograms(grams: int) -> str:
    """A weight as it is written on scales."""
    return f"{grams / _GRAMS_A_KILOGRAM:.3f} kg"


def refused(where: str, code: str) -> Response:
    """The page with why a form was not taken."""
    return render(HTTPStatus.UNPROCESSABLE_ENTITY, Told(where, error_text(words(), code)))


def done(key: str) -> Response:
    """Say it, on the page as it is now."""
    notices.leave(key)
    return see(url_for("admin.returns"))


def upload() -> bytes:
    """The file of a form; empty without one."""
    file = request.files.get("file")
    return file.read() if file else b""


def _number(field: str, most: int) -> int | None:
    typed = request.form.get(field, "").strip()
    if not typed:
        return None
    if not typed.isascii() or not typed.isdecimal() or not 1 <= int(typed) <= most:
        raise Invalid({"field": field})
    return int(typed)
