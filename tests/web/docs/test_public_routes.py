"""No public address is missing in the API's description, and none is described that is not there."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from plugin.web import aftersales, companion, documents, extensions, storefront
from plugin.web.application import Application
from plugin.web.openapi import openapi

PUBLIC = ("storefront.", "aftersales.", "documents.", "companion.", "extensions.")
VARIABLE = re.compile(r"<(?:[^<>]*:)?(\w+)>")
UNSAID = frozenset({"HEAD", "OPTIONS"})
OPERATIONS = [(path, method) for path, methods in openapi()["paths"].items() for method in methods]


def app() -> Flask:
    made = Application("aftercare", static_folder=None)
    blueprints = (storefront, aftersales, documents, companion, extensions)
    for each in blueprints:
        made.register_blueprint(each.blueprint)
    return made


def public_operations() -> set[tuple[str, str]]:
    rules = [rule for rule in app().url_map.iter_rules() if rule.endpoint.startswith(PUBLIC)]
    found = ((rule.rule, method) for rule in rules for method in (rule.methods or set()) - UNSAID)
    return {(VARIABLE.sub(r"{\1}", path), method.lower()) for path, method in found}


def test_every_public_address_is_described_and_no_other() -> None:
    assert set(OPERATIONS) == public_operations()
    assert len(OPERATIONS) > 30


@pytest.mark.parametrize(("path", "method"), sorted(OPERATIONS))
def test_every_part_of_an_address_is_a_parameter(path: str, method: str) -> None:
    operation = openapi()["paths"][path][method]
    named = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
    assert named == set(re.findall(r"\{(\w+)\}", path))


def test_every_operation_has_a_name_of_its_own() -> None:
    ids = [openapi()["paths"][path][method]["operationId"] for path, method in OPERATIONS]
    assert len(ids) == len(set(ids))
