"""karrio stays in the worker, and what importing it does to a process is undone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from requests import Session

from integrations.carriers import carriers, missing_kinds
from integrations.carriers.karrio import kinds
from integrations.carriers.karrio.kinds import KINDS
from integrations.carriers.karrio.opening import KarrioAccounts
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.carriers import carrier_named
from plugin.ports.carrier import Capability
from tests.support.carriers.own_accounts import KEYS

SINCE = datetime(2026, 3, 1, tzinfo=UTC)

PROCESS = """
import io, logging, ssl, sys, types
from integrations.carriers import carriers
assert "ups" in carriers().kinds()
loaded = {name.partition(".")[0] for name in sys.modules} & {"karrio", "loguru", "PyPDF2", "lxml", "jstruct"}
assert not loaded, loaded
from contextlib import redirect_stderr, redirect_stdout
from PIL import ImageFile
verified, said, put = ssl._create_default_https_context, io.StringIO(), []

class Watched(types.ModuleType):
    def __setattr__(self, name, value):
        if name == "_create_default_https_context":
            put.append(value().verify_mode)
        super().__setattr__(name, value)

ssl.__class__ = Watched
logging.basicConfig(stream=said)
with redirect_stderr(said), redirect_stdout(said):
    from integrations.carriers.karrio.worker import opening, sdk, ups
    from karrio.core.utils.logger import logger
    assert put == [ssl.CERT_REQUIRED] * 2, put
    assert ssl._create_default_https_context is verified
    assert ssl._create_unverified_context().verify_mode is ssl.CERT_NONE
    assert ssl._create_default_https_context().verify_mode is ssl.CERT_REQUIRED
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False
    logger.error("who it is for")
    sdk.lib.to_object(ups.Settings, {"client_id": "", "client_secret": "", "a_field_of_next_year": "who it is for"})
assert said.getvalue() == "", said.getvalue()
"""


def test_naming_the_kinds_loads_no_karrio_and_asking_leaves_the_process_as_it_was() -> None:
    done = subprocess.run([sys.executable, "-W", "error", "-c", PROCESS], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")


def test_every_kind_covers_a_carrier_of_ours_and_says_what_it_needs() -> None:
    for name, kind in KINDS.items():
        assert kind.kind == name
        assert {carrier_named(slug) for slug in kind.covers} == kind.covers
        assert {key.name for key in kind.keys if not key.is_optional} == KEYS[name].keys()
        assert any(key.is_secret for key in kind.keys)
        assert Capability.PUSH not in kind.capabilities
        assert kind.documentation.startswith("https://")
        assert kind.pause


@pytest.fixture
def without_packages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    kinds._is_installed.cache_clear()
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    yield
    kinds._is_installed.cache_clear()


@pytest.mark.usefixtures("without_packages")
def test_without_the_extra_its_kinds_are_said_to_be_missing() -> None:
    assert kinds.installed_kinds() == {}
    assert missing_kinds().keys() == KINDS.keys()


def test_with_the_extra_nothing_is_missing() -> None:
    assert missing_kinds() == {}
    assert carriers().kinds().keys() >= KINDS.keys()


def test_an_account_stays_open_until_its_keys_change() -> None:
    accounts, session = KarrioAccounts(), Session()
    ups = CarrierAccount("ups", KEYS["ups"], "push", SINCE)
    once = accounts.source(ups, session)
    assert accounts.source(replace(ups, rank=3, version=7), session) is once
    assert accounts.source(replace(ups, keys={**KEYS["ups"], "client_secret": "new"}), session) is not once
    assert accounts.source(replace(ups, push_token="another merchant's"), session) is not once
    assert KEYS["ups"]["client_secret"] not in repr(vars(accounts)) + repr(once)


def test_dpd_is_asked_in_the_country_of_the_account() -> None:
    be = CarrierAccount("dpd", KEYS["dpd"], "push", SINCE)
    nl = replace(be, keys={**KEYS["dpd"], "country": "nl"})
    asked = [KarrioAccounts().source(each, Session()) for each in (be, nl)]
    assert [source._carrier._line.address for source in asked] == [  # type: ignore[attr-defined]  # looks inside
        "https://wsshipper.dpd.be",
        "https://wsshipper.dpd.nl",
    ]
