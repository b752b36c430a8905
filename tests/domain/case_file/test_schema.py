"""The published schema is the one of this version, and every case file is valid under it."""

from __future__ import annotations

import json
import os
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator, ValidationError

from plugin.domain.case_file.case_file import FORMAT, SignedCaseFile
from tests.support.case_files import a_signed_file
from tests.support.repository import ROOT

PUBLISHED = ROOT / "docs" / "case-file.schema.json"


def case_file_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12); a field that it does not name is a fault, and none may be left out."""
    whole: dict[str, Any] = msgspec.json.schema(SignedCaseFile)
    for shape in whole["$defs"].values():
        if "properties" in shape:
            shape |= {"additionalProperties": False, "required": list(shape["properties"])}
        if "description" in shape:
            shape["description"] = " ".join(shape["description"].split())
    whole["$defs"]["CaseFile"]["properties"]["format"] = {"const": FORMAT}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Aftercare case file", **whole}


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
