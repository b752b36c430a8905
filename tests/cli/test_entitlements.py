import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.conftest import Run, lines_of

ROOT = Path(__file__).parents[2]
ORDERS = ROOT / "tests" / "payloads" / "woocommerce" / "orders.jsonl"
SCHEMA = json.loads((ROOT / "docs" / "entitlements-schema.json").read_text())
BY_STATUS = {json.loads(line)["status"]: line for line in ORDERS.read_bytes().splitlines()}


@pytest.fixture
def ask(run: Run) -> Run:
    def imported(*arguments: str, orders: bytes) -> object:
        assert run("import", "--shop", "Fjell", "--platform", "woocommerce", "-", stdin=orders).exit_code == 0
        return run("entitlements", "--shop", "Fjell", *arguments)

    return imported


def test_every_recorded_line_gets_a_row_as_the_schema_describes_it(ask: Run) -> None:
    rows = lines_of(ask("--json", orders=ORDERS.read_bytes()))
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for row in rows:
        validator.validate(row)
    recorded = [json.loads(line) for line in ORDERS.read_bytes().splitlines()]
    lines = {
        (str(o["id"]), str(line["id"])) for o in recorded if o["status"] != "checkout-draft" for line in o["line_items"]
    }
    assert {(row["order_id"], row["line"]) for row in rows} == lines
    assert len(rows) == len(lines)


def test_the_schema_would_notice_a_missing_clock(ask: Run) -> None:
    (row, *_) = lines_of(ask("--json", orders=BY_STATUS["completed"]))
    del row["clocks"]["exchange"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(row, SCHEMA)


@pytest.mark.parametrize(
    ("status", "absent"),
    [
        ("pending", "order_unpaid"),
        ("cancelled", "order_cancelled"),
        ("failed", "order_failed"),
        ("refunded", "refunded"),
    ],
)
def test_an_order_without_rights_gets_rows_that_say_why(ask: Run, status: str, absent: str) -> None:
    rows = lines_of(ask("--json", orders=BY_STATUS[status]))
    assert rows
    told = {(clock["state"], clock["absent"]) for row in rows for clock in row["clocks"].values()}
    assert told == {("not_applicable", absent)}


def test_an_order_without_a_country_says_so(ask: Run) -> None:
    order = json.loads(BY_STATUS["completed"])
    order["shipping"]["country"] = order["billing"]["country"] = ""
    (row, *_) = lines_of(ask("--json", orders=json.dumps(order).encode()))
    assert (row["country"], row["clocks"]["withdrawal"]["absent"]) == (None, "country_unknown")


def test_states_are_told_for_the_instant_asked_about(run: Run, ask: Run) -> None:
    order = json.loads(BY_STATUS["completed"])
    order["shipping"]["country"], order["date_created_gmt"] = "DE", "2026-11-02T09:00:00"
    number = order["number"]
    ask(orders=json.dumps(order).encode())
    marked = run("deliveries", "mark", "--shop", "Fjell", "--order", number, "--on", "2026-11-03")
    assert marked.stdout == "marked 1\n"

    def state(as_of: str) -> str:
        (row, *_) = lines_of(run("entitlements", "--shop", "Fjell", "--as-of", as_of, "--json"))
        return row["clocks"]["withdrawal"]["state"]

    assert state("2026-11-17T23:59:59+01:00") == "open"
    assert state("2026-11-18T00:00:00+01:00") == "closed"
    assert (state("2026-11-17"), state("2026-11-18")) == ("open", "closed")


@pytest.mark.parametrize("text", ["tomorrow", "2026-13-01", "2026-11-18T00:00:00", "18.11.2026", ""])
def test_an_instant_that_is_none_is_refused_naming_the_option(run: Run, text: str) -> None:
    result = run("entitlements", "--shop", "Fjell", "--as-of", text)
    assert result.exit_code == 2
    assert "--as-of" in result.stderr
    assert result.stdout == ""


def test_unknown_shops_and_orders_are_told_in_a_sentence(run: Run, ask: Run) -> None:
    assert run("entitlements", "--shop", "Nowhere").stderr == "Error: There is no shop called 'Nowhere'.\n"
    result = ask("--order", "none-such", "--json", orders=BY_STATUS["completed"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "none-such" in result.stderr


def test_the_table_says_what_a_person_needs(ask: Run) -> None:
    result = ask(orders=BY_STATUS["completed"])
    assert "Withdrawal" in result.stdout
    assert "starts on delivery" in result.stdout


def test_markup_in_a_title_is_shown_as_it_is(ask: Run) -> None:
    order = json.loads(BY_STATUS["completed"])
    order["line_items"][0]["name"] = "[red]Tent[/red]"
    assert "[red]Tent[/red]" in ask(orders=json.dumps(order).encode()).stdout
