"""`aftercare case`: a claim's file leaves the installation, and whoever has it can tell that nothing was changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from plugin.domain.basis import Basis
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.deciding import reject
from plugin.domain.claim.vocabulary import Actor, ActorKind, Refusal
from plugin.domain.ids import ClaimDraftId
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Merchant
from plugin.ports.deps import Deps
from plugin.runtime import cli_runtime
from plugin.usecases.claim.desk import desk_of
from plugin.usecases.claim.open import ClaimForm, FormLine, open_from_form
from plugin.usecases.claim.work import work_on_claim
from tests.cli.conftest import Run

AGENT = Actor(ActorKind.AGENT, "staff-1")
REFUSAL = Refusal("worn", Basis("policy", "p1", "p1 · eu · returns"))


@pytest.fixture
def merchant(run: Run) -> Merchant:
    """Give the demo's merchant."""
    assert run("demo", "load").exit_code == 0
    with opened() as deps:
        return deps.directory.merchants()[0]


@pytest.fixture
def claim(merchant: Merchant) -> Claim:
    """Give a claim about an order of the demo shop, refused with words."""
    with opened() as deps:
        desk, now = desk_of(deps, merchant.id), deps.clock.now()
        with deps.units.read(merchant.id) as unit:
            stored = unit.orders.batch(None, None, 1)[0]
        line = FormLine(stored.order.lines[0].id, 1, "quality.defective", Remedy.REFUND, "Das Glas ist gesprungen.")
        form = ClaimForm(ClaimDraftId("draft1"), stored.id, (line,), "de", proof="signed_in")
        begun = open_from_form(form, desk=desk, now=now)
        words = "Das Glas war schon zerkratzt."
        return work_on_claim(begun.id, lambda known: reject(known, 1, 1, REFUSAL, words, AGENT), desk=desk, now=now)


@contextmanager
def opened() -> Iterator[Deps]:
    runtime = cli_runtime()
    try:
        yield runtime.deps
    finally:
        runtime.close()


def exported(run: Run, merchant: Merchant, name: str, file: Path) -> bytes:
    result = run("case", "export", name, "--out", file, "--merchant", merchant.name)
    assert result.exit_code == 0, result.output
    return file.read_bytes()


def test_an_exported_case_holds_until_a_byte_of_it_is_changed(
    run: Run, merchant: Merchant, claim: Claim, tmp_path: Path
) -> None:
    file = tmp_path / "case.json"
    data = exported(run, merchant, claim.number, file)
    verified = run("case", "verify", file)
    assert verified.exit_code == 0
    assert claim.number in verified.stdout
    assert b"Das Glas ist gesprungen." in data
    file.write_bytes(data.replace(b"schon zerkratzt", b"nie  zerkratzt!"))
    broken = run("case", "verify", file)
    assert broken.exit_code == 1
    record = json.loads(data)["case"]["record"]
    entry = next(at for at, each in enumerate(record, 1) if "zerkratzt" in str(each["words"]))
    assert f"the words of entry {entry} are not those that were sealed" in broken.stderr


def test_a_case_is_checked_against_the_issuers_key(run: Run, merchant: Merchant, claim: Claim, tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    key = json.loads(exported(run, merchant, claim.id, file))["signature"]["public_key"]
    good = run("case", "verify", file, "--key", key)
    assert good.exit_code == 0
    assert "was not checked" not in good.stdout
    other = run("case", "verify", file, "--key", "0" * 64)
    assert other.exit_code == 1
    assert "signed with another key" in other.stderr
    assert run("case", "verify", file, "--key", "abc").exit_code == 2


def test_the_same_case_is_the_same_file_each_time(run: Run, merchant: Merchant, claim: Claim, tmp_path: Path) -> None:
    first, second = (exported(run, merchant, claim.number, tmp_path / name) for name in ("1.json", "2.json"))
    assert first == second


def test_a_claim_nobody_knows_is_said_to_be_unknown_and_no_file_is_left(
    run: Run, merchant: Merchant, tmp_path: Path
) -> None:
    file = tmp_path / "case.json"
    unknown = run("case", "export", "R-NONE", "--out", file, "--merchant", merchant.name)
    assert unknown.exit_code == 1
    assert "There is no claim called 'R-NONE'" in unknown.stderr
    assert not file.exists()
