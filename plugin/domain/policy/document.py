"""A policy as a document: what a merchant writes, checks, keeps and exchanges; every fault is told, naming its field.

The shape is the model of this package itself: `schema()` is generated from it (JSON Schema 2020-12). Only `format`,
`id`, `effective_from` and `default` must be there; what is left out is not promised.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from typing import Any, cast

import msgspec
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from plugin.domain.decoding import convert
from plugin.domain.errors import Invalid
from plugin.domain.policy.version import MarketPolicy, PolicyVersion

FORMAT = 1
_CODES = {"required": "missing", "additionalProperties": "unknown_field", "enum": "not_a_choice", "type": "wrong_type"}
_OUT_OF_RANGE = frozenset({"minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"})


@dataclass(frozen=True, slots=True)
class PolicyFault:
    """One thing wrong with a document: `field` is a path (`markets.0.rules.2.window`), `code` says what."""

    field: str
    code: str


class InvalidPolicy(Invalid):
    """The document is no policy; `faults` lists everything wrong with it."""

    code = "invalid_policy"

    def __init__(self, faults: tuple[PolicyFault, ...]) -> None:
        self.faults = faults
        super().__init__({fault.field: fault.code for fault in faults})


def read_policy(document: object) -> PolicyVersion:
    """The policy version a document describes; raises `InvalidPolicy` with every fault found."""
    faults = tuple(dict.fromkeys(_faults_of_shape(document)))
    if faults:
        raise InvalidPolicy(faults)
    version = _converted(document)
    faults = tuple(dict.fromkeys(_faults_of_sense(version)))
    if faults:
        raise InvalidPolicy(faults)
    return version


def write_policy(version: PolicyVersion) -> dict[str, object]:
    """The document of a policy version, without what says nothing; `read_policy` gives the same version back."""
    return {"format": FORMAT, **_spare(version)}


def written(part: object) -> object:
    """A part of a policy as its document has it, without what says nothing."""
    return _spare(part)


@lru_cache(maxsize=1)
def schema() -> Mapping[str, object]:
    """The JSON Schema of policy documents; unknown fields are faults, so that a misspelt promise is no silent one."""
    whole: dict[str, Any] = msgspec.json.schema(PolicyVersion)
    for shape in whole["$defs"].values():
        if shape.get("type") == "object" and "properties" in shape:
            shape["additionalProperties"] = False
        if "description" in shape:
            shape["description"] = " ".join(shape["description"].split())
    root = whole["$defs"]["PolicyVersion"]
    root["properties"]["format"] = {"const": FORMAT}
    root["required"] = ["format", *root["required"]]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Aftercare policy", **whole}


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def _faults_of_shape(document: object) -> Iterator[PolicyFault]:
    for error in _validator().iter_errors(document):
        yield from _told(error)


def _told(error: ValidationError) -> Iterator[PolicyFault]:
    if error.validator == "anyOf":  # `T | None`: what is wrong is what T says of it
        yield from (fault for inner in error.context or () if not _wants_null(inner) for fault in _told(inner))
        return
    kind = str(error.validator)
    at = [str(part) for part in error.absolute_path]
    code = "out_of_range" if kind in _OUT_OF_RANGE else _CODES.get(kind, "malformed")
    yield from (PolicyFault(".".join([*at, *name]), code) for name in _named(error))


def _named(error: ValidationError) -> list[tuple[str, ...]]:
    """The fields of the object at fault that are missing or unknown; else the value itself is."""
    if error.validator == "required":
        there = cast("Mapping[str, object]", error.instance)
        return [(name,) for name in cast("list[str]", error.validator_value) if name not in there]
    if error.validator == "additionalProperties":
        known = cast("Mapping[str, Mapping[str, object]]", error.schema)["properties"]
        return [(name,) for name in cast("Mapping[str, object]", error.instance) if name not in known]
    return [()]


def _wants_null(error: ValidationError) -> bool:
    return error.validator == "type" and error.validator_value == "null"


def _converted(document: object) -> PolicyVersion:
    content = {name: value for name, value in cast("Mapping[str, object]", document).items() if name != "format"}
    try:
        return convert(content, PolicyVersion)
    except msgspec.ValidationError as error:  # a date no calendar has, an instant without an offset
        _, _, path = str(error).partition("`$")
        field = path.strip("`.").replace("[", ".").replace("]", "")
        raise InvalidPolicy((PolicyFault(field.lstrip("."), "malformed"),)) from error


def _faults_of_sense(version: PolicyVersion) -> Iterator[PolicyFault]:
    """What no schema can say."""
    markets = [("default", version.default), *((f"markets.{i}", market) for i, market in enumerate(version.markets))]
    if version.default.countries:
        yield PolicyFault("default.countries", "default_serves_the_rest")
    served = Counter(country for market in version.markets for country in market.countries)
    places = {address.id for address in version.return_addresses}
    for at, market in markets:
        if at != "default" and not market.countries:
            yield PolicyFault(f"{at}.countries", "missing")
        if any(served[country] > 1 for country in market.countries):
            yield PolicyFault(f"{at}.countries", "country_in_two_markets")
        yield from _faults_of_rules(at, market, places)
    yield from _repeated("traits", [trait.id for trait in version.traits])
    yield from _repeated("reasons", [reason.id for reason in version.reasons])
    yield from _repeated("return_addresses", [address.id for address in version.return_addresses])
    yield from _faults_of_repairs(version)


def _faults_of_rules(at: str, market: MarketPolicy, places: set[str]) -> Iterator[PolicyFault]:
    yield from _repeated(f"{at}.rules", [rule.id for rule in market.rules])
    for i, rule in enumerate(market.rules):
        season = rule.scope.season
        if season and season.last < season.first:
            yield PolicyFault(f"{at}.rules.{i}.scope.season", "ends_before_it_begins")
        if rule.return_to is not None and rule.return_to not in places:
            yield PolicyFault(f"{at}.rules.{i}.return_to", "unknown_address")


def _faults_of_repairs(version: PolicyVersion) -> Iterator[PolicyFault]:
    yield from _repeated("repairs", [each.id for each in version.repairs])
    for i, each in enumerate(version.repairs):
        if not each.says_something:
            yield PolicyFault(f"repairs.{i}", "says_nothing")
        if each.parts_from is not None and each.parts_from.minor < 0:
            yield PolicyFault(f"repairs.{i}.parts_from", "out_of_range")


def _repeated(at: str, ids: list[str]) -> Iterator[PolicyFault]:
    times = Counter(ids)
    yield from (PolicyFault(f"{at}.{i}.id", "repeated") for i, name in enumerate(ids) if times[name] > 1)


def _spare(value: Any) -> Any:  # noqa: ANN401 - any part of a policy, as JSON has it
    if is_dataclass(value) and not isinstance(value, type):
        told = ((each, getattr(value, each.name)) for each in fields(value))
        return {each.name: _spare(part) for each, part in told if part != each.default}
    if isinstance(value, frozenset):
        return sorted(_spare(part) for part in value)
    if isinstance(value, tuple):
        return [_spare(part) for part in value]
    if isinstance(value, dict):
        return {name: _spare(part) for name, part in value.items()}
    return msgspec.to_builtins(value)
