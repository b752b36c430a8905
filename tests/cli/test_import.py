import json
from pathlib import Path

import pytest

from plugin.cli.records import LARGEST
from tests.cli.conftest import Run, lines_of

ORDERS = Path(__file__).parents[1] / "payloads" / "woocommerce" / "orders.jsonl"
FIRST, SECOND, THIRD = ORDERS.read_bytes().splitlines()[:3]
SHOP = ("import", "--shop", "Fjell", "--platform", "woocommerce")


def stored(run: Run, content: bytes) -> str:
    result = run(*SHOP, "-", stdin=content)
    assert result.exit_code == 0, result.output
    return result.stdout


def numbers(run: Run) -> set[str]:
    return {row["order"] for row in lines_of(run("entitlements", "--shop", "Fjell", "--json"))}


@pytest.mark.usefixtures("no_home")
def test_on_an_empty_home_all_recorded_orders_come_in_and_again_change_nothing(run: Run, home: Path) -> None:
    result = run(*SHOP, ORDERS)
    assert (result.exit_code, result.stdout) == (0, "stored 298, unchanged 0, skipped 2, parked 0\n")
    again = run(*SHOP, ORDERS)
    assert (again.exit_code, again.stdout) == (0, "stored 0, unchanged 298, skipped 2, parked 0\n")
    assert all(file.stat().st_mode & 0o077 == 0 for file in home.iterdir())


@pytest.mark.parametrize(
    "content",
    [
        b"\n".join([FIRST, SECOND, THIRD]),
        b"\xef\xbb\xbf" + b"\r\n\r\n".join([FIRST, SECOND, THIRD]) + b"\r\n",
        b"[" + b",".join([FIRST, SECOND, THIRD]) + b"]",
        b" [\n" + b",\n".join([FIRST, SECOND, THIRD]) + b"\n]\n",
        b"[" + FIRST + b"]\n[" + SECOND + b"," + THIRD + b"]",
        b"\n".join(json.dumps(json.loads(order), indent=2).encode() for order in (FIRST, SECOND, THIRD)),
    ],
    ids=["lines", "bom-crlf-blank-lines", "array", "spread-array", "two-arrays", "indented-objects"],
)
def test_json_comes_in_whatever_way_it_is_laid_out(run: Run, content: bytes) -> None:
    assert stored(run, content) == "stored 3, unchanged 0, skipped 0, parked 0\n"
    assert numbers(run) == {json.loads(order)["number"] for order in (FIRST, SECOND, THIRD)}


def test_one_indented_object_is_one_order(run: Run) -> None:
    assert stored(run, json.dumps(json.loads(FIRST), indent=4).encode()).startswith("stored 1,")


@pytest.mark.parametrize(
    "broken", [b'{"id": 1, "status"', b"garbage", b'{"id": "\xff\xfe"}', b"null", b'{"id": 1}}', b"[" * 3000]
)
def test_a_broken_line_is_parked_and_spoils_no_other(run: Run, broken: bytes) -> None:
    assert stored(run, FIRST + b"\n" + broken + b"\n" + SECOND) == "stored 2, unchanged 0, skipped 0, parked 1\n"
    (parked,) = lines_of(run("parked", "--json"))
    assert parked["body"] == broken.decode(errors="replace")


def test_a_broken_first_line_is_parked_too(run: Run) -> None:
    assert stored(run, b'{"id": 1,\n' + SECOND).startswith("stored 1, unchanged 0, skipped 0, parked 1")


def test_what_stands_in_an_array_and_is_no_order_is_parked_alone(run: Run) -> None:
    content = b"[" + FIRST + b', 7, "text, with ] and }", null,' + SECOND + b"]"
    assert stored(run, content) == "stored 2, unchanged 0, skipped 0, parked 3\n"


@pytest.mark.parametrize("content", [b"", b"\n \r\n", b"\xef\xbb\xbf", b"[]"])
def test_an_empty_file_stores_nothing_and_is_no_fault(run: Run, content: bytes) -> None:
    assert stored(run, content) == "stored 0, unchanged 0, skipped 0, parked 0\n"


@pytest.mark.usefixtures("no_home")
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{}".encode("utf-16"), "is UTF-16: save it as UTF-8"),
        (b"<html>\n<body>Not found</body>", "holds no JSON objects"),
        (b"order,day\n1,2026-01-01\n", "holds no JSON objects"),
    ],
)
def test_a_file_that_holds_no_records_is_refused_before_anything_is_made(
    run: Run, home: Path, content: bytes, reason: str
) -> None:
    result = run(*SHOP, "-", stdin=content)
    assert result.exit_code == 1
    assert reason in result.stderr
    assert not home.exists()


def test_a_line_beyond_all_measure_is_refused_by_name_and_the_others_come_in(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "orders.jsonl"
    file.write_bytes(FIRST + b'\n{"id": "' + b"x" * (LARGEST + 1) + b'"}\n' + SECOND + b"\n")
    result = run(*SHOP, file)
    assert result.exit_code == 1
    assert "Record 2 is larger than 16 MB and was left out." in result.stderr
    assert result.stdout == "stored 2, unchanged 0, skipped 0, parked 0, failed 1\n"


def test_an_element_beyond_all_measure_ends_the_import_of_an_array(run: Run) -> None:
    result = run(*SHOP, "-", stdin=b"[" + FIRST + b',{"id": "' + b"x" * (LARGEST + 1) + b'"}]')
    assert (result.exit_code, result.stdout) == (1, "stored 1, unchanged 0, skipped 0, parked 0, failed 1\n")


def test_a_shop_stays_on_the_platform_it_was_made_for(run: Run) -> None:
    stored(run, FIRST)
    result = run("import", "--shop", "Fjell", "--platform", "shopify", "-", stdin=b"")
    assert result.exit_code == 1
    assert "runs on woocommerce" in result.stderr


def test_where_several_merchants_could_be_meant_one_has_to_be_named(run: Run) -> None:
    stored(run, FIRST)
    assert run(*SHOP, "--merchant", "Other", "-", stdin=FIRST).stdout.startswith("stored 1,")
    assert "name one with --merchant" in run("entitlements", "--shop", "Fjell").stderr
    assert run("entitlements", "--shop", "Fjell", "--merchant", "Other").exit_code == 0


def test_large_imports_keep_the_order_of_the_file(run: Run, tmp_path: Path) -> None:
    order = json.loads(FIRST)
    later = {**order, "status": "completed", "date_modified_gmt": "2026-11-20T10:00:00"}
    many = [{**order, "id": 10_000 + n, "number": str(10_000 + n)} for n in range(1_200)]
    file = tmp_path / "orders.jsonl"
    file.write_text("\n".join(json.dumps(entry) for entry in (order, *many, later)))
    assert run(*SHOP, file).stdout == "stored 1202, unchanged 0, skipped 0, parked 0\n"
    rows = lines_of(run("entitlements", "--shop", "Fjell", "--order", order["number"], "--json"))
    assert {row["platform_status"] for row in rows} == {"completed"}
