"""`aftercare tracking`: candidates for a number, and where a parcel is, for people and for programs."""

from __future__ import annotations

import json

import pytest

from plugin.demo.ways import ways
from tests.cli.conftest import Run


def test_json_is_an_array_best_first(run: Run) -> None:
    result = run("tracking", "recognise", "1Z 5R8939 0357567127", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (
        0,
        [{"carrier": "ups", "confidence": 0.99, "name": "UPS"}],
    )


def test_a_post_s_number_tells_the_issuing_post(run: Run) -> None:
    first = json.loads(run("tracking", "recognise", "rb123456785gb", "--to", "de", "--json").stdout)[0]
    assert first == {
        "carrier": "royal-mail",
        "confidence": 0.92,
        "name": "Royal Mail",
        "post": "GB",
        "service": "registered letter",
    }
    assert run("tracking", "recognise", "RB123456785GB").stdout.splitlines()[0] == (
        "royal-mail  92%  Royal Mail  issued in GB  registered letter"
    )


def test_destination_and_name_rank_what_several_carriers_may_have(run: Run) -> None:
    def first(*options: str) -> str:
        found: str = json.loads(run("tracking", "recognise", "201298452277", *options, "--json").stdout)[0]["carrier"]
        return found

    assert [first("--to", "US"), first("--to", "DE"), first("--to", "DE", "--carrier", "G.L.S.")] == [
        "fedex",
        "dhl",
        "gls",
    ]


def test_a_number_nobody_knows_is_an_empty_array_and_a_fault(run: Run) -> None:
    result = run("tracking", "recognise", "RB123456786GB", "--json")
    assert (result.exit_code, result.stdout) == (1, "[]\n")
    assert result.stderr == "Error: No carrier known here numbers its parcels like RB123456786GB.\n"


@pytest.mark.parametrize("rubbish", ["hello", "", "12 34", "<b>1234567</b>", "9" * 500])
def test_rubbish_is_a_fault_in_one_sentence(run: Run, rubbish: str) -> None:
    result = run("tracking", "recognise", rubbish, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith(" is no parcel's number.\n")


@pytest.mark.parametrize("country", ["ZZ", "Germany", "1"])
def test_a_destination_that_is_no_country_code_is_a_wrong_option(run: Run, country: str) -> None:
    result = run("tracking", "recognise", "RB123456785GB", "--to", country)
    assert (result.exit_code, "is no country code like DE" in result.stderr) == (2, True)


def test_a_parcel_that_nobody_can_be_asked_about_is_told_as_it_is_known(run: Run) -> None:
    run("demo", "load")
    way = ways()[0]
    told = run("tracking", "ask", way.number)
    assert told.exit_code == 1
    first, state, hindrance, *steps = told.stdout.splitlines()
    assert first.endswith(f"{way.number} (DHL)")
    assert f"order {way.order}" in first
    assert state
    assert "No carrier account that is switched on tells of this parcel" in hindrance
    (found,) = json.loads(run("tracking", "ask", way.number, "--shop", "Nordlicht", "--json").stdout)
    assert (found["order"], found["asked"], found["in_the_way"]["code"]) == (way.order, None, "no_account")
    assert len(found["steps"]) == len(steps) > 0
    assert found["numbers"][0] == {"number": way.number, "carrier": "dhl"}
    for number, fault in (("JD014600003828000099", "No parcel on record goes under"), ("x", "is no parcel's number.")):
        wrong = run("tracking", "ask", number)
        assert (wrong.exit_code, wrong.stdout) == (1, "")
        assert fault in wrong.stderr
