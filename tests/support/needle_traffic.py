"""A process that lets a marked person pass through web, worker and commands, and lets all of them break on the way.

`python -m tests.support.needle_traffic HOME`: what it logs is what a test reads. The last line of its standard output
counts what was done, so that a test knows that something was.
"""

import hmac
import json
import logging
import os
import sys
import threading
import time
from base64 import b64encode
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path

import click
import requests
from flask import Flask
from requests.adapters import HTTPAdapter
from sqlalchemy import text
from urllib3.util import Retry

from plugin.app import create_app
from plugin.cli import main
from plugin.domain.effects import SendMail
from plugin.domain.ids import MerchantId, OrderId
from plugin.domain.shop import Role
from plugin.jobs.engine import ByClock, Engine
from plugin.jobs.schedule import periodic
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.mailer import Mail
from plugin.runtime import Runtime, open_runtime
from plugin.settings import Settings
from plugin.usecases.invite_staff import invite_staff
from tests.storage.needles import ALL, CALLER, EMAIL, NAME, STREET
from tests.support.admin import TOKEN
from tests.support.repository import ROOT

_PATIENCE = 60.0
_HEADERS = {"X-Forwarded-For": CALLER, "User-Agent": NAME, "Referer": f"https://{EMAIL}/?q={EMAIL}", "X-Topic": EMAIL}


def orders(home: Path) -> Path:
    """One order of the marked person, and one that cannot be read."""
    recorded = (ROOT / "tests" / "payloads" / "woocommerce" / "orders.jsonl").read_text().splitlines()[0]
    order = json.loads(recorded)
    order["billing"] |= {"first_name": NAME, "email": EMAIL, "address_1": STREET}
    order["customer_note"] = ALL
    broken = {"id": 1, "billing": {"email": EMAIL, "first_name": ALL}, "line_items": ALL}
    file = home.parent / "orders.jsonl"
    file.write_text("\n".join([json.dumps(order), json.dumps(broken), f'{{"id": 2, "email": "{EMAIL}"']))
    return file


def commands(home: Path) -> int:
    """What an operator types; also what is refused, and what breaks."""
    run = (
        ["import", "--shop", "Fjell", "--platform", "woocommerce", str(orders(home))],
        ["entitlements", "--shop", "Fjell", "--json"],
        ["person", "export", "--email", EMAIL, "--shop", "Fjell", "--out", str(home.parent / "person.zip")],
        ["person", "export", "--email", EMAIL, "--shop", "Nowhere", "--out", str(home.parent / "none.zip")],
        ["owner", "invite", "anna@shop.example"],
        ["parked", "--retry", "--all"],
        ["mail", "test", EMAIL],
        ["retention", "--dry-run"],
    )
    for arguments in run:
        with suppress(SystemExit, click.ClickException, click.exceptions.Exit):
            main(arguments, standalone_mode=False)
    return len(run)


def pages(app: Flask) -> int:
    """Every address there is, with the person in every place a request has; once each way."""
    app.view_functions["observe.healthz"] = _breaks(app)
    client, asked = app.test_client(), 0
    body = json.dumps({"email": EMAIL, "name": NAME, "text": ALL}).encode()
    for rule in list(app.url_map.iter_rules()):
        path = rule.rule
        for name in rule.arguments:
            path = path.replace(f"<{name}>", EMAIL).replace(f"<path:{name}>", EMAIL).replace(f"<int:{name}>", "1")
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            data = {"data": body, "content_type": "application/json"} if method == "POST" else {}
            client.open(path, method=method, query_string={"email": EMAIL, "q": ALL}, headers=_HEADERS, **data)
            asked += 1
    return asked


def desk(app: Flask, runtime: Runtime) -> int:
    """Every page that somebody at the desk can open, the marked person's order and its claims among them."""
    merchant, order = _orders_of(runtime)
    at = runtime.deps
    invited = invite_staff(
        EMAIL, Role.OWNER, "en", merchant=merchant, units=at.units, ids=at.ids, secrets=at.secrets,
        letter=at.invitation, now=at.clock.now(),
    )  # fmt: skip
    client, shown = app.test_client(), 0
    base = os.environ["PUBLIC_URL"]
    here = {"base_url": base, "headers": _HEADERS | {"Referer": f"{base}/?q={EMAIL}"}}
    door = f"/admin/sign-in/{invited.token}"
    token = TOKEN.search(client.get(door, **here).text)
    assert token
    assert client.post(door, data={"csrf_token": token[1]}, **here).status_code == HTTPStatus.SEE_OTHER
    for rule in app.url_map.iter_rules():
        path = rule.rule.replace("<order_id>", order)
        if rule.endpoint.startswith("admin.") and "GET" in (rule.methods or ()) and "<" not in path:
            shown += client.get(path, query_string={"q": EMAIL}, **here).status_code == HTTPStatus.OK
    return shown


def _orders_of(runtime: Runtime) -> tuple[MerchantId, OrderId]:
    for merchant in runtime.deps.directory.merchants():
        with runtime.deps.units.read(merchant.id) as unit:
            for order in unit.orders.batch(None, None, 1):
                return merchant.id, order.id
    raise LookupError("nothing was imported")


def deliveries(app: Flask, runtime: Runtime) -> int:
    """A webhook of theirs that is taken, and one that cannot be read, applied as the worker does; how many are left."""
    merchant, _ = _orders_of(runtime)
    with runtime.deps.units(merchant) as unit:
        (shop,) = unit.shops.all()
        unit.hooks.open(shop.id, "secret")
        unit.commit()
    recorded, *_, broken = orders(runtime.settings.home).read_bytes().splitlines()
    for number, body in enumerate((recorded, broken)):
        signature = b64encode(hmac.digest(b"secret", body, "sha256")).decode()
        told = {"X-WC-Webhook-Topic": "order.updated", "X-WC-Webhook-Signature": signature}
        told |= {"X-WC-Webhook-Delivery-ID": str(number)}
        answer = app.test_client().post(f"/webhooks/woocommerce/{shop.key}", data=body, headers=_HEADERS | told)
        assert answer.status_code == HTTPStatus.OK, answer.status
    periodic(runtime.deps)["drain_inbox"].run(runtime.deps.clock.now())
    return runtime.deps.views.figures(merchant, runtime.deps.clock.now()).inbox_waiting


def _breaks(app: Flask) -> object:
    """A view that the database refuses, with the person among its parameters."""

    def view() -> str:
        _refused(runtime_of[0])
        return ""

    runtime_of = [open_runtime(Settings.from_env(os.environ))]
    del app
    return view


def _refused(runtime: Runtime) -> None:
    try:
        with runtime.storage.engine.begin() as connection:
            values = {"name": ALL, "at": EMAIL}
            connection.execute(
                text("INSERT INTO merchants (merchant_id, name, created_at) VALUES (NULL, :name, :at)"), values
            )
    except Exception as error:
        raise RuntimeError(f"{ALL} could not be stored") from error


def jobs(runtime: Runtime) -> int:
    """A worker whose jobs break, each in a way of its own, and whose clock breaks too."""
    tried: list[str] = []

    def run(effect: object) -> None:
        """Break at the first attempt; another one may sleep for minutes, and keep the process from ending."""
        mail_id = effect.mail_id if isinstance(effect, SendMail) else ""
        if not mail_id or mail_id in tried:
            return
        tried.append(mail_id)
        if mail_id == "refused":
            raise Rejected("recipient_refused", detail=ALL) from ValueError(ALL)
        if mail_id == "away":
            raise Unavailable("smtp", detail=ALL) from OSError(ALL)
        _refused(runtime)

    def boom(_at: object) -> None:
        if "clock" not in tried:
            tried.append("clock")
            raise KeyError(ALL)

    merchant = runtime.deps.directory.merchants()[0].id
    with runtime.deps.units(merchant) as unit:
        for mail_id in ("refused", "away", "broken"):
            unit.mails.add(mail_id, Mail(EMAIL, NAME, ALL, "de"), runtime.deps.clock.now())
            unit.queue.add([SendMail(merchant, mail_id)])
        unit.commit()
    engine = Engine(runtime.settings.database_url.reveal(), "slot", run, {"boom": ByClock("* * * * * *", boom)})
    engine.start()
    give_up, wanted = time.monotonic() + _PATIENCE, {"refused", "away", "broken", "clock"}
    while not wanted <= set(tried) and time.monotonic() < give_up:
        time.sleep(0.1)
    engine.close()
    return len(wanted & set(tried))


def elsewhere() -> None:
    """A shop that is away, a library that logs what it could not do, and a thread nobody catches."""
    session = requests.Session()
    session.mount("http://", HTTPAdapter(max_retries=Retry(total=1, backoff_factor=0)))
    with suppress(requests.RequestException):
        session.get(f"http://127.0.0.1:1/{EMAIL}", params={"q": ALL}, timeout=1)
    try:
        int(ALL)
    except ValueError:
        logging.getLogger("werkzeug").exception("a library's own words")
    thread = threading.Thread(target=lambda: int(ALL))
    thread.start()
    thread.join()


def go(home: Path) -> None:
    """All of it, and in the end an error nobody catches."""
    os.environ |= {"AFTERCARE_HOME": str(home), "PUBLIC_URL": "https://aftercare.example"}
    done = {"commands": commands(home)}
    settings = Settings.from_env(os.environ)
    runtime = open_runtime(settings)
    app = create_app(settings)
    done["pages"] = pages(app)
    done["deliveries left"] = deliveries(app, runtime)
    done["desk"] = desk(app, runtime)
    done["jobs"] = jobs(runtime)
    elsewhere()
    click.echo(json.dumps(done))
    raise RuntimeError(ALL)


if __name__ == "__main__":
    go(Path(sys.argv[1]))
