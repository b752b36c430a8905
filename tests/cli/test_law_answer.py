"""`aftercare law answer` as an operator runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from plugin.cli.law import command

VECTORS = Path(__file__).parents[1] / "payloads" / "law" / "vectors.jsonl"
CASES = [json.loads(line) for line in VECTORS.read_text("utf-8").splitlines()]
HIDDEN = ("expected", "explanation", "public_holidays_assumed")
QUESTIONS = [{name: value for name, value in case.items() if name not in HIDDEN} for case in CASES]
GOOD = json.dumps(QUESTIONS[0])


def answer(text: str) -> Result:
    return CliRunner().invoke(command, ["answer", "-"], input=text)


def test_the_real_command_answers_every_worked_case(tmp_path: Path) -> None:
    asked = tmp_path / "asked.jsonl"
    asked.write_text("".join(json.dumps(question) + "\n" for question in QUESTIONS), "utf-8")
    aftercare = [sys.executable, "-c", "from plugin.cli import main; main()", "law", "answer", str(asked)]
    done = subprocess.run(aftercare, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    answered = [json.loads(line) for line in done.stdout.splitlines()]
    assert answered == [{"id": case["id"], "answer": case["expected"]} for case in CASES]


def test_standard_input_and_blank_lines_are_read() -> None:
    result = answer(f"\n{GOOD}\n\n")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"id": CASES[0]["id"], "answer": CASES[0]["expected"]}


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        ("{", "JSON"),
        ("[]", "JSON object"),
        ('"text"', "JSON object"),
        (json.dumps({**QUESTIONS[0], "id": None}), "id"),
        (json.dumps({**QUESTIONS[0], "country": "QQ"}), "country"),
        (json.dumps({**QUESTIONS[0], "country": 7}), "country"),
        (json.dumps({**QUESTIONS[0], "tz": "Mars/Olympus"}), "tz"),
        (json.dumps({**QUESTIONS[0], "tz": "../../etc/passwd"}), "tz"),
        (json.dumps({**QUESTIONS[0], "category": "guess"}), "category"),
        (json.dumps({**QUESTIONS[0], "subdivision": "US-CA"}), "subdivision"),
        (json.dumps({**QUESTIONS[0], "facts": None}), "facts"),
        (json.dumps({**QUESTIONS[0], "facts": []}), "facts"),
        (
            json.dumps({**QUESTIONS[0], "delivered_at": None, "facts": {"deliveries": [{}]}}),
            "facts.deliveries[0].delivered_at",
        ),
        (json.dumps({**QUESTIONS[0], "facts": {"delivered_at": "2026-08-31"}}), "facts.delivered_at"),
        (json.dumps({**QUESTIONS[0], "facts": {"delivered_at": "2026-08-31T09:15:00"}}), "facts.delivered_at"),
        (json.dumps({**QUESTIONS[0], "facts": {"delivered_at": "9999-12-31T23:59:59Z"}}), "facts.delivered_at"),
        (json.dumps({**QUESTIONS[0], "facts": {"delivered_at": 5}}), "facts.delivered_at"),
        (json.dumps({**QUESTIONS[0], "facts": {**QUESTIONS[0]["facts"], "order_type": "bulk"}}), "facts.order_type"),
        (json.dumps({**QUESTIONS[0], "facts": {**QUESTIONS[0]["facts"], "informed": True}}), "facts.informed"),
        (json.dumps({**QUESTIONS[0], "category": "exception", "facts": {"perishable": "yes"}}), "facts.perishable"),
        (json.dumps({**QUESTIONS[0], "category": "exception", "facts": {"cart": [{}]}}), "facts.cart[0].item"),
        (json.dumps({**QUESTIONS[0], "category": "timely"}), "facts.statement_submitted_at"),
        (
            json.dumps({"id": "x", "category": "basic", "country": "DE", "tz": "Europe/Berlin", "facts": {}}),
            "facts.delivered_at",
        ),
    ],
)
def test_a_bad_line_is_named_with_its_field_and_the_others_are_answered(broken: str, field: str) -> None:
    result = answer(f"{GOOD}\n{broken}\n{GOOD}\n")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    (complaint,) = result.stderr.splitlines()
    assert complaint.startswith("line 2: error: ")
    assert field in complaint


def test_an_unknown_fact_is_a_warning_and_changes_nothing() -> None:
    odd = {**QUESTIONS[0], "facts": {**QUESTIONS[0]["facts"], "weather": "rain"}}
    result = answer(json.dumps(odd))
    assert result.exit_code == 0
    assert json.loads(result.stdout)["answer"] == CASES[0]["expected"]
    assert result.stderr == "line 1: warning: facts.weather is not a known fact and was ignored\n"


def test_the_rule_is_only_a_label_and_answers_given_along_are_ignored() -> None:
    labelled = {
        **CASES[0],
        "rule": "us_no_right",
        "expected": {"state": "wrong"},
        "public_holidays_assumed": ["2026-09-14"],
    }
    assert json.loads(answer(json.dumps(labelled)).stdout)["answer"] == CASES[0]["expected"]


def test_a_delivery_told_only_beside_the_facts_counts() -> None:
    bare = {**QUESTIONS[0], "facts": {"order_type": "single"}}
    assert json.loads(answer(json.dumps(bare)).stdout)["answer"] == CASES[0]["expected"]
