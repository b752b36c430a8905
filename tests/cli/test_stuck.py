"""Whoever runs the installation sees what is stuck, of every merchant, and tries it again."""

from __future__ import annotations

from pathlib import Path

from plugin.domain.failed_effect import FailedEffect
from plugin.ports.mailer import Mail
from plugin.runtime import open_runtime
from plugin.settings import Settings
from tests.cli.conftest import Run, lines_of


def test_however_much_is_stuck_all_of_it_is_tried_again(run: Run, home: Path) -> None:
    assert run("import", "--shop", "Fjell", "--platform", "woocommerce", "-", stdin=b"{").exit_code == 0
    runtime = open_runtime(Settings.from_env({"AFTERCARE_HOME": str(home)}))
    (merchant,), now = runtime.deps.directory.merchants(), runtime.deps.clock.now()
    with runtime.deps.units(merchant.id) as unit:
        for number in range(120):
            fields = f'{{"merchant":"{merchant.id}","claim":"claim{number}"}}'
            unit.failed_effects.add(FailedEffect(f"f{number}", "stop_shipping", fields, "rejected", now, now))
        unit.commit()
    runtime.close()
    assert "and 70 more: --json lists all" in run("stuck").stdout
    assert len([row for row in lines_of(run("stuck", "--json")) if row["kind"] == "effect"]) == 120
    assert run("stuck", "--retry", "effect").stdout == "trying again 120\n"


def test_what_is_stuck_is_listed_explained_and_tried_again(run: Run, home: Path) -> None:
    assert run("stuck").stdout == "All is well: nothing is stuck.\n"
    assert run("import", "--shop", "Fjell", "--platform", "woocommerce", "-", stdin=b"{").exit_code == 0
    runtime = open_runtime(Settings.from_env({"AFTERCARE_HOME": str(home)}))
    (merchant,), now = runtime.deps.directory.merchants(), runtime.deps.clock.now()
    fields = f'{{"merchant":"{merchant.id}","claim":"claim1"}}'
    with runtime.deps.units(merchant.id) as unit:
        unit.failed_effects.add(FailedEffect("failed1", "stop_shipping", fields, "rejected", now, now))
        unit.mails.add("mail1", Mail("ida@example.com", "Ida's return", "Text", "en"), now)
        unit.undelivered.failed("mail1", "recipient_refused", "550", now)
        unit.commit()
    runtime.close()
    result = run("stuck", "--json")
    rows = {row["kind"]: row for row in lines_of(result)}
    assert rows.keys() == {"effect", "record", "letter"}
    assert rows["effect"]["why"] == "The other side refused."
    assert rows["effect"]["tries"] == 1
    assert rows["record"]["why"] == "It is not JSON"
    assert rows["letter"]["about"] is None
    assert "Ida" not in result.stdout + run("stuck").stdout
    assert "Fjell" in run("stuck", "--merchant", merchant.name).stdout
    assert run("stuck", "--retry", "effect").stdout == "trying again 1\n"
    assert run("stuck", "--retry", "effect").stdout == "trying again 0\n"
    assert {row["kind"] for row in lines_of(run("stuck", "--json"))} == {"record", "letter"}
    assert run("stuck", "--merchant", "Nobody").exit_code == 1
