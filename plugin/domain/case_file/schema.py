"""The JSON Schema of case files, for whoever reads them with a program of their own."""

from typing import Any

import msgspec

from plugin.domain.case_file.case_file import FORMAT, SignedCaseFile


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
