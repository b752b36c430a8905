import base64
import json
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from plugin.domain.access import Token
from plugin.runtime import open_runtime
from plugin.settings import Settings
from plugin.storage import KeyRing
from tests.cli.conftest import Run, lines_of

ORDERS = (Path(__file__).parents[1] / "payloads" / "woocommerce" / "orders.jsonl").read_bytes().splitlines()
COMPLETED = [json.loads(line) for line in ORDERS if json.loads(line)["status"] == "completed"]
FIRST, SECOND = COMPLETED[-2:]
EMAIL = FIRST["billing"]["email"]


def take_in(run: Run, *records: dict) -> None:
    content = "\n".join(json.dumps(record) for record in records).encode()
    assert run("import", "--shop", "Fjell", "--platform", "woocommerce", "-", stdin=content).exit_code == 0


def test_an_owner_is_let_in_by_a_printed_link(run: Run) -> None:
    result = run("owner", "invite", "mara@example.com")
    assert result.exit_code == 0
    assert result.stdout.startswith("http://localhost:8000/admin/sign-in/")
    assert run("owner", "invite", "mara").exit_code == 1


def test_a_join_code_is_printed_once_for_an_owner_alone(run: Run) -> None:
    run("owner", "invite", "mara@example.com")
    result = run("owner", "join-code", "mara@example.com")
    assert result.exit_code == 0
    assert Token.parse(result.stdout.strip())
    assert "for one shop" in result.stderr
    assert result.stdout != run("owner", "join-code", "mara@example.com").stdout
    refused = run("owner", "join-code", "nobody@example.com")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "Nobody with the address 'nobody@example.com' works for default." in refused.stderr


def test_deliveries_are_marked_in_bulk_or_not_at_all(run: Run, tmp_path: Path) -> None:
    take_in(run, FIRST, SECOND)
    file = tmp_path / "delivered.csv"
    file.write_text(f"order,day\n{FIRST['number']},2026-11-20\n\n{SECOND['number']},2019-01-01\n")
    refused = run("deliveries", "mark", "--shop", "Fjell", "--csv", file)
    assert refused.exit_code == 1
    assert SECOND["number"] in refused.stderr
    rows = lines_of(run("entitlements", "--shop", "Fjell", "--json"))
    assert all(row["clocks"]["shop_return"]["starts_source"] is None for row in rows)
    file.write_text(f"{FIRST['number']},2026-11-20\n{SECOND['number']},2026-11-21\n")
    assert run("deliveries", "mark", "--shop", "Fjell", "--csv", file).stdout == "marked 2\n"
    assert run("deliveries", "unmark", "--shop", "Fjell", FIRST["number"], SECOND["number"]).stdout == "unmarked 2\n"


@pytest.mark.parametrize("line", ["1001", "1001,yesterday", "1001,2026-11-20,more"])
def test_a_line_of_the_list_that_cannot_be_read_is_named(run: Run, tmp_path: Path, line: str) -> None:
    file = tmp_path / "delivered.csv"
    file.write_text(f"order,day\n{line}\n")
    result = run("deliveries", "mark", "--shop", "Fjell", "--csv", file)
    assert result.exit_code == 1
    assert "line 2" in result.stderr


@pytest.mark.parametrize("options", [[], ["--order", "1"], ["--on", "2026-11-20"]])
def test_marking_needs_an_order_and_a_day(run: Run, options: list[str]) -> None:
    assert run("deliveries", "mark", "--shop", "Fjell", *options).exit_code == 2


def test_an_erased_person_is_gone_and_their_orders_keep_their_rights(run: Run, home: Path) -> None:
    take_in(run, FIRST)
    before = lines_of(run("entitlements", "--shop", "Fjell", "--json", "--as-of", "2026-11-21"))
    result = run("erase", "--email", EMAIL, "--yes")
    removed = "parked records removed 0, unsent mail removed 0, messages removed 0, files 0"
    assert (result.exit_code, result.stdout) == (0, f"erased 1, {removed}\n")
    after = lines_of(run("entitlements", "--shop", "Fjell", "--json", "--as-of", "2026-11-21"))
    assert [row["clocks"].keys() for row in after] == [row["clocks"].keys() for row in before]
    assert EMAIL.encode() not in b"".join(file.read_bytes() for file in home.iterdir() if file.is_file())
    assert run("erase", "--email", EMAIL, "--yes").exit_code == 1


@pytest.mark.parametrize("following", [("db", "upgrade"), ("erasures", "replay"), ("entitlements", "--shop", "Fjell")])
def test_whatever_comes_after_a_restore_forgets_again_who_was_erased(
    run: Run, home: Path, following: tuple[str, ...]
) -> None:
    take_in(run, FIRST, SECOND)
    database = home / "aftercare.sqlite3"
    backup = database.read_bytes()
    assert run("erase", "--email", EMAIL, "--yes").exit_code == 0
    for file in home.glob("aftercare.sqlite3*"):
        file.unlink()
    database.write_bytes(backup)
    assert run(*following).exit_code == 0
    with closing(sqlite3.connect(database)) as connection:
        erased = "SELECT count(*) FROM people JOIN orders ON orders.person_id = people.id AND personal IS NULL"
        assert connection.execute(f"{erased} WHERE wrapped_key IS NULL").fetchone() == (1,)
    assert run("erase", "--email", EMAIL, "--yes").exit_code == 1
    assert run("erase", "--email", SECOND["billing"]["email"], "--yes").exit_code == 0


def test_erasing_asks_first(run: Run) -> None:
    take_in(run, FIRST)
    assert run("erase", "--email", EMAIL, stdin=b"n\n").exit_code == 1
    assert run("erase", "--email", EMAIL, stdin=b"y\n").exit_code == 0


def test_rotated_keys_open_everything_and_retired_ones_nothing(run: Run, home: Path) -> None:
    take_in(run, FIRST)
    secrets = home / "secrets.json"
    before = secrets.read_text()
    assert run("keys", "rotate").exit_code == 0
    assert secrets.read_text() != before
    assert run("entitlements", "--shop", "Fjell").exit_code == 0
    assert run("keys", "retire", "--yes", "--wait", "0").stdout == "wrapped anew 0, keys left 1\n"
    assert run("erase", "--email", EMAIL, "--yes").exit_code == 0


@pytest.mark.usefixtures("no_home")
def test_fresh_secrets_are_printed_as_a_shell_reads_them_and_nothing_is_written(run: Run, home: Path) -> None:
    told = [run("keys", "new").stdout for _ in range(2)]
    assert not home.exists()
    assert told[0] != told[1]
    given = dict(line.split("=", 1) for line in shlex.split(told[0]))
    assert told[0].splitlines() == [f"{name}='{value}'" for name, value in given.items()]
    secrets = Settings.from_env(given).given_secrets
    assert secrets is not None
    assert (secrets.keys.reveal(), secrets.session.reveal()) == tuple(given.values())
    KeyRing.parse(secrets.keys.reveal())


def test_keys_from_the_environment_are_rotated_there(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = KeyRing.generate()
    monkeypatch.setenv("AFTERCARE_SESSION", base64.b64encode(bytes(32)).decode())
    monkeypatch.setenv("AFTERCARE_KEYS", old.to_json())
    take_in(run, FIRST)
    assert run("keys", "rotate").stdout == "wrapped anew 0\n"
    monkeypatch.setenv("AFTERCARE_KEYS", old.rotated().to_json())
    assert run("keys", "rotate").stdout == "wrapped anew 2\n"
    refused = run("keys", "retire", "--yes")
    assert (refused.exit_code, refused.stderr) == (1, "Error: the keys come from AFTERCARE_KEYS: change them there\n")
    assert not (home / "secrets.json").exists()


def test_a_server_at_work_reads_on_while_keys_are_rotated(run: Run, home: Path) -> None:
    take_in(run, FIRST)
    at_work = open_runtime(Settings.from_env({"AFTERCARE_HOME": str(home)}))
    (merchant,) = at_work.deps.directory.merchants()
    assert run("keys", "rotate").exit_code == 0
    with at_work.deps.units.read(merchant.id) as unit:
        (stored,) = unit.orders.batch(None, None, 10)
    assert stored.order.shopper.email == EMAIL
    at_work.close()


def test_parked_records_are_listed_retried_and_dismissed(run: Run) -> None:
    broken = {key: value for key, value in FIRST.items() if key != "currency"}
    take_in(run, broken, {"id": 1})
    parked = {record["code"]: record for record in lines_of(run("parked", "--json"))}
    assert len(parked) == 2
    assert "ID" in run("parked", "--shop", "Fjell").stdout
    retried = run("parked", "--retry", "--all")
    assert (retried.exit_code, retried.stdout) == (0, "stored 0, unchanged 0, outdated 0, skipped 0, parked 2\n")
    ids = [record["id"] for record in lines_of(run("parked", "--json"))]
    assert run("parked", "--dismiss", *ids).stdout == "dismissed 2\n"
    assert run("parked").stdout == "Nothing is parked.\n"


@pytest.mark.parametrize(
    "options",
    [["--retry"], ["--dismiss"], ["some-id"], ["--all"], ["--retry", "--dismiss", "x"], ["--retry", "--all", "x"]],
)
def test_options_of_parked_that_make_no_sense_together_are_refused(run: Run, options: list[str]) -> None:
    assert run("parked", *options).exit_code == 2


def test_rebuilding_again_writes_nothing(run: Run) -> None:
    take_in(run, FIRST, SECOND)
    assert run("rebuild").stdout == "rebuilt 2\n"
    assert run("rebuild").stdout == "rebuilt 0\n"


def test_any_command_makes_database_and_secrets_on_an_empty_home(run: Run, home: Path) -> None:
    assert run("db", "upgrade").exit_code == 0
    assert {file.name for file in home.iterdir()} >= {"secrets.json", "aftercare.sqlite3"}


def test_a_setting_that_is_wrong_is_told_in_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://nowhere")
    result = run("db", "upgrade")
    assert result.exit_code == 1
    assert "DATABASE_URL" in result.stderr


def test_a_database_that_does_not_answer_is_told_in_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone:hunter2@127.0.0.1:1/nowhere")
    result = run("db", "upgrade")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert result.stderr.startswith("Error: The database cannot be used now: ")
    assert "hunter2" not in result.stderr


def test_secrets_of_another_installation_are_told_in_a_sentence(run: Run, home: Path) -> None:
    take_in(run, FIRST)
    (home / "secrets.json").unlink()
    result = run("erase", "--email", EMAIL, "--yes")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert result.stderr.startswith("Error: These secrets do not open this database: the app key ")
