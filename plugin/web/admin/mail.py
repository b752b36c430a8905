"""Who the merchant's mail comes from: shown to everybody, changed and tried out by owners."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import cast

from flask import Flask, Response, current_app, request, url_for

from plugin.domain.errors import Invalid
from plugin.domain.sender import Encryption, Sender
from plugin.domain.sender_form import TypedSender, UnusableSender
from plugin.domain.shop import Role
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.mailer import Mail, Route
from plugin.usecases.invite_staff import usable_email
from plugin.usecases.save_sender import save_sender
from plugin.usecases.send_test_mail import send_test_mail
from plugin.web.admin import notices
from plugin.web.admin.auth import presence, require
from plugin.web.admin.pages import page, see, words
from plugin.web.deps import deps

_KEY = "aftercare.admin.trial"
_MOST_STUCK = 200

MakeTrial = Callable[[str, str, str], Mail]
"""From address, route and language to the test mail; the layer that words it stands beside this one."""


@dataclass(frozen=True, slots=True)
class Told:
    """A refusal: what is wrong at each field, or with the test; and what was typed, the password apart."""

    wrong: Mapping[str, str]
    typed: TypedSender | None = None


def provide(app: Flask, make_trial: MakeTrial) -> None:
    """Give `app` what words the test mail."""
    app.extensions[_KEY] = make_trial


def index() -> Response:
    """How mail leaves, the sender's form, what to put into the DNS."""
    return _render(HTTPStatus.OK, Told({}))


def save() -> Response:
    """Keep what was typed; a refusal is told at its field, and the password is typed again."""
    here, at = require(Role.OWNER), deps()
    typed = _typed()
    try:
        save_sender(typed, merchant=here.merchant, units=at.units, now=at.clock.now())
    except UnusableSender as refusal:
        wrong = {field: words().text(f"sending.wrong.{why.value}") for field, why in refusal.wrong.items()}
        return _render(HTTPStatus.UNPROCESSABLE_ENTITY, Told(wrong, typed))
    notices.leave("sending.saved")
    return see(url_for("admin.mail"))


def forget() -> Response:
    """Back to the installation's sender."""
    here = require(Role.OWNER)
    save_sender(None, merchant=here.merchant, units=deps().units, now=deps().clock.now())
    notices.leave("sending.removed")
    return see(url_for("admin.mail"))


def try_out() -> Response:
    """Send a test mail now; what the server says against it is told at once."""
    here, at = require(Role.OWNER), deps()
    with at.units.read(here.merchant) as unit:
        route = at.mailer.route(unit.senders.get())
    try:
        mail = _make()(usable_email(request.form.get("to", "")), route.value, words().language)
        went = send_test_mail(
            mail, merchant=here.merchant, units=at.units, mailer=at.mailer, ids=at.ids, now=at.clock.now()
        )
    except Invalid:
        told = Told({"to": words().text("sending.wrong.not_an_address")})
        return _render(HTTPStatus.UNPROCESSABLE_ENTITY, told)
    except (Unavailable, Rejected) as failure:
        code = failure.code if isinstance(failure, Rejected) else failure.reason
        return _render(HTTPStatus.BAD_GATEWAY, Told({"to": worded_fault(code, failure.detail)}))
    if went is Route.KEPT:
        notices.leave("sending.test_kept", tone="warn")
    else:
        notices.leave("sending.test_left")
    return see(url_for("admin.mail"))


def worded_fault(code: str, detail: str) -> str:
    """What a fault means, with the server's own words for who looks closer."""
    said = words()
    text = said.text(key if said.has(key := f"sending.fault.{code}") else "sending.fault.unknown")
    return f"{text} ({detail})" if detail else text


def _render(status: HTTPStatus, told: Told) -> Response:
    at, here = deps(), presence()
    with at.units.read(here.merchant) as unit:
        sender, tested = unit.senders.get(), unit.senders.last_test_sent()
        stuck = len(unit.undelivered.all(_MOST_STUCK))
    route = at.mailer.route(sender)
    return page(
        "mail.html",
        status,
        route=route.value,
        sender=sender,
        tested=tested,
        stuck=stuck,
        typed=told.typed or _kept(sender),
        has_password=bool(sender and sender.server and sender.server.password),
        wrong=told.wrong,
        to=request.form.get("to") or here.member.email,
        domain=sender.domain if sender and route is Route.OWN else None,
        encryptions=[(each.value, words().text(f"sending.encryption.{each.value}")) for each in Encryption],
    )


def _typed() -> TypedSender:
    form = request.form
    try:
        encryption = Encryption(form.get("encryption", Encryption.STARTTLS.value))
    except ValueError as error:
        raise Invalid({"field": "encryption"}) from error
    texts = {name: form.get(name, "") for name in ("name", "address", "reply_to", "host", "port", "user", "password")}
    return TypedSender(**texts, encryption=encryption)


def _kept(sender: Sender | None) -> TypedSender:
    """What is on record, as the form shows it: everything but the password."""
    if sender is None:
        return TypedSender("", "")
    server = sender.server
    if server is None:
        return TypedSender(sender.name, sender.address, sender.reply_to or "")
    where = TypedSender(sender.name, sender.address, sender.reply_to or "", server.host, str(server.port))
    return TypedSender(
        where.name, where.address, where.reply_to, where.host, where.port, server.encryption, server.user or ""
    )


def _make() -> MakeTrial:
    return cast("MakeTrial", current_app.extensions[_KEY])
