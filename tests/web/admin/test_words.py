"""Nothing the admin can meet is without words, in any language."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from collections.abc import Iterator

import pytest

import plugin
from integrations.carriers import carriers, missing_kinds
from integrations.platforms.shopify.granting import ShopifyScopes
from plugin.domain.certificates import Expiry
from plugin.domain.connection_faults import ShopFault
from plugin.domain.disconnection import DisconnectionState
from plugin.domain.errors import DomainError
from plugin.domain.key_request import KeyState
from plugin.domain.order import DeliveryStatus, Standing
from plugin.domain.origin import MadeAs
from plugin.domain.outage import OutageKind
from plugin.domain.reading_progress import Pace
from plugin.domain.retention import Kept
from plugin.domain.setup_word import SAYABLE, SetupStep
from plugin.domain.shop import Role
from plugin.domain.shop_health import Problem, Scope
from plugin.domain.times import Source
from plugin.domain.tracking.breaking import AccountState, CarrierFault
from plugin.domain.tracking.report import Leg
from plugin.domain.tracking.shipment import Purpose
from plugin.i18n import DESK_FILES, DESK_LANGUAGES, FOLDER, LANGUAGES, catalogue
from plugin.usecases.tracking.save_carrier_account import WrongKey
from plugin.web.admin.looks import LISTS
from tests.support.repository import ROOT

TEMPLATES = ROOT / "plugin" / "web" / "admin" / "templates" / "admin"
TOLD_BY_FAULT = {Problem.CONNECTION, Problem.SILENT, Problem.HOOKS}
PARKING = re.compile(r"""(?:Unreadable|Fault)\(\s*(?:\w+ if .* else )?["']([a-z_]+)["']""")


def errors() -> set[type[DomainError]]:
    """Every error of ours, found wherever it is defined."""
    for module in pkgutil.walk_packages(plugin.__path__, "plugin."):
        if not module.name.endswith((".wsgi", ".worker", "__main__")):
            importlib.import_module(module.name)
    found, seen = [DomainError], set[type[DomainError]]()
    while found:
        kind = found.pop()
        seen.add(kind)
        found += kind.__subclasses__()
    return {kind for kind in seen if kind.__module__.startswith("plugin.")}


def parking_codes() -> set[str]:
    """Every code a record is parked with, as the sources name it."""
    files = [path for folder in ("integrations", "plugin") for path in (ROOT / folder).rglob("*.py")]
    named = {code for path in files for code in PARKING.findall(path.read_text())}
    domain = {"not_an_amount", "currency_mismatch", "order_unknown", "fulfilment_unknown"}  # passed on from errors
    return named | domain | {"conflict", "unavailable", "too_deep", "missing_field", "wrong_type"}


def keys_of_templates() -> set[str]:
    text = " ".join(path.read_text() for path in TEMPLATES.glob("*.html"))
    return {key for key in re.findall(r"""\bt\(\s*["']([a-z0-9_.]+)["']""", text) if not key.endswith((".", "_"))}


def desk_words() -> Iterator[str]:
    """Keys that only pages of the desk need."""
    for name in DESK_FILES:
        yield from json.loads((FOLDER / "en" / f"{name}.json").read_text())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_can_be_told(language: str) -> None:
    entries = catalogue(language).entries
    codes = {kind.code for kind in errors() if not issubclass(kind, ShopFault)}  # those are met at the desk alone
    assert {"last_owner", "not_found", "role_too_low", "nothing_chosen"} <= codes
    at_the_desk_alone = set() if language in DESK_LANGUAGES else {*desk_words()}
    assert {f"problem.{code}" for code in codes} - entries.keys() - at_the_desk_alone == set()


@pytest.mark.parametrize("language", DESK_LANGUAGES)
def test_everything_that_goes_wrong_with_a_connection_can_be_told(language: str) -> None:
    codes = {kind.code for kind in errors() if issubclass(kind, ShopFault)}
    assert {"shop_keys_refused", "shop_unavailable"} <= codes
    told = {key.removeprefix("connection.") for key in catalogue(language).entries if key.startswith("connection.")}
    assert told == codes


@pytest.mark.parametrize("language", DESK_LANGUAGES)
def test_every_reason_to_park_can_be_told(language: str) -> None:
    codes = parking_codes()
    assert {"not_json", "absurd_date", "needs_reread", "incomplete"} <= codes
    assert {code for code in codes if f"parked.{code}" not in catalogue(language).entries} == set()


def test_every_key_a_template_names_has_words() -> None:
    keys = keys_of_templates()
    assert "admin.orders.title" in keys
    closed = {
        *(f"shipments.way.{purpose}" for purpose in Purpose),
        *(f"shipments.leg.{leg}" for leg in Leg),
        *(f"tracking.state.{state}" for state in DeliveryStatus),
        *(f"admin.standing.{standing}" for standing in Standing),
        *(f"admin.role.{role}" for role in Role),
        *(f"admin.staff.role_of.{role}" for role in Role),
        *(f"mail.role.{role}" for role in Role),
        *(f"admin.order.delivered_by.{source}" for source in Source),
        *(f"admin.order.origin.{made}" for made in MadeAs),
        *(f"admin.home.document_{expiry}" for expiry in Expiry),
        *(f"admin.health.problem.{problem}" for problem in Problem),
        *(f"admin.health.problem.{problem}_help" for problem in Problem if problem not in TOLD_BY_FAULT),
        *(f"admin.health.scope.{scope}" for scope in Scope),
        *(f"admin.reading.{pace}" for pace in Pace if pace is not Pace.READING),
        *(f"admin.keys_asked.{state}" for state in KeyState),
        *(f"admin.mail.document_{expiry}.{part}" for expiry in Expiry for part in ("subject", "text")),
        *(f"admin.setup.{done}{step}" for step in SetupStep if step is not SetupStep.NATIVE for done in ("", "no_")),
        *(f"admin.setup.native_{said}" for said in SAYABLE[SetupStep.NATIVE]),
        *(f"admin.setup.optional.{purpose}" for purpose in ShopifyScopes("").optional),
        *(f"carriers.state.{state}" for state in AccountState),
        *(f"carriers.fault.{fault}" for fault in CarrierFault),
        *(f"carriers.wrong.{why}" for why in WrongKey),
        *(
            f"carriers.key.{key.name}"
            for kind in (*carriers().kinds().values(), *missing_kinds().values())
            for key in kind.keys
        ),
        *(f"carriers.state.{state}" for state in AccountState),
        *(f"carriers.fault.{fault}" for fault in CarrierFault),
        *(f"carriers.wrong.{why}" for why in WrongKey),
        *(
            f"carriers.key.{key.name}"
            for kind in (*carriers().kinds().values(), *missing_kinds().values())
            for key in kind.keys
        ),
    }
    assert {key for key in keys | closed if key not in catalogue("en").entries} == set()


def test_what_owners_read_of_privacy_has_words() -> None:
    built = {*(f"desk.gone.{kept}" for kept in Kept), *LISTS.values()}
    assert built - catalogue("en").entries.keys() == set()


def test_no_words_are_left_over() -> None:
    sources = [
        *TEMPLATES.glob("*.html"),
        *(ROOT / "plugin/web/admin").glob("*.py"),
        *(ROOT / "plugin/wording").glob("*.py"),
    ]
    text = " ".join(path.read_text() for path in sources)
    built = ("admin.standing.", "admin.role.", "admin.staff.role_of.", "admin.order.delivered_by.")
    built += ("admin.documents.kind.", "admin.documents.state.", "admin.home.document_", "admin.mail.document_")
    built += ("admin.order.origin.", "admin.health.problem.", "admin.health.scope.", "admin.keys_asked.fault.")
    built += tuple(f"admin.reading.{pace}" for pace in Pace)
    built += tuple(f"admin.keys_asked.{state}" for state in KeyState)
    built += tuple(f"admin.let_go.{state}" for state in DisconnectionState)
    built += tuple(f"admin.setup.{done}{step}" for step in SetupStep for done in ("", "no_"))
    built += ("admin.setup.optional.",)
    built += tuple(f"admin.{where}{kind}" for where in ("home.", "mail.shop_") for kind in OutageKind)
    ours = {key for key in catalogue("en").entries if key.startswith("admin.") and not key.startswith(built)}
    assert {key for key in ours if f'"{key}"' not in text and f"'{key}'" not in text} == set()
