"""No public address is missing in the API's description, and none is described that is not there."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from plugin.web import aftersales, companion, documents, storefront
from plugin.web.openapi import openapi

PUBLIC = ("storefront.", "aftersales.", "documents.", "companion.")
VARIABLE = re.compile(r"<(?:[^<>]*:)?(\w+)>")


def app() -> Flask:
    made = Flask("aftercare", static_folder=None)
    for blueprint in (storefront.blueprint, aftersales.blueprint, documents.blueprint, companion.blueprint):
        made.register_blueprint(blueprint)
    return made


def public_paths() -> set[str]:
    rules = app().url_map.iter_rules()
    public = [rule for rule in rules if rule.endpoint.startswith(PUBLIC) and "GET" in (rule.methods or ())]
    return {VARIABLE.sub(r"{\1}", rule.rule) for rule in public}


def test_every_public_address_is_described_and_no_other() -> None:
    assert set(openapi()["paths"]) == public_paths()
    assert len(public_paths()) > 15


@pytest.mark.parametrize("path", sorted(openapi()["paths"]))
def test_every_part_of_an_address_is_a_parameter_and_every_operation_has_its_own_name(path: str) -> None:
    operation = openapi()["paths"][path]["get"]
    named = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
    assert named == set(re.findall(r"\{(\w+)\}", path))
    ids = [each["get"]["operationId"] for each in openapi()["paths"].values()]
    assert ids.count(operation["operationId"]) == 1
