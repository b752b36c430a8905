"""The published schema is the one of this version, and every case file is valid under it."""

from __future__ import annotations

import json
import os

import pytest
from jsonschema import Draft202012Validator, ValidationError

from plugin.domain.case_file.schema import case_file_schema
from tests.support.case_files import a_signed_file
from tests.support.repository import ROOT

PUBLISHED = ROOT / "docs" / "case-file.schema.json"
VALIDATOR = Draft202012Validator(case_file_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_published_schema_is_that_of_this_version() -> None:
    text = json.dumps(case_file_schema(), indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("AFTERCARE_GOLDEN"):
        PUBLISHED.write_text(text)
    assert PUBLISHED.read_text() == text


def test_a_case_file_is_valid_and_one_with_a_field_more_or_less_is_not() -> None:
    document = json.loads(a_signed_file())
    VALIDATOR.validate(document)
    for broken in (document | {"more": 1}, {"case": document["case"]}):
        with pytest.raises(ValidationError):
            VALIDATOR.validate(broken)
    document["case"]["claim"].pop("country")
    with pytest.raises(ValidationError):
        VALIDATOR.validate(document)
