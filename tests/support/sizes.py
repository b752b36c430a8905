"""How many examples a property is tried with: few in every run, as many as somebody asks for in the full size."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, is_hypothesis_test, settings

LONG = "long"
MUTATION = "mutation"  # a property meets every mutant it reaches, so few examples, the same ones each time
EXAMPLES = "AFTERCARE_TEST_EXAMPLES"  # of each property in the full size; set by ./script/test --long NAME EXAMPLES
MANY = 20_000


def register() -> None:
    """Make the profiles known; a run that names none gets `default`, on the CI server `ci`."""
    settings.register_profile("default", deadline=None, max_examples=25)
    settings.register_profile("ci", deadline=None, derandomize=True, max_examples=25, print_blob=True)
    many, patience = int(os.environ.get(EXAMPLES, MANY)), [HealthCheck.too_slow, HealthCheck.data_too_large]
    settings.register_profile(LONG, deadline=None, max_examples=many, suppress_health_check=patience)
    few = {"derandomize": True, "database": None, "max_examples": 5, "phases": (Phase.explicit, Phase.generate)}
    settings.register_profile(MUTATION, deadline=None, suppress_health_check=list(HealthCheck), **few)
    settings.load_profile("ci" if os.environ.get("CI") else "default")


def examples(short: int) -> int:
    """`short` for a property with a size of its own, unless the full size was asked for."""
    profile = settings.get_current_profile_name()
    return settings.get_profile(profile).max_examples if profile in {LONG, MUTATION} else short


def is_long() -> bool:
    """Whether this run is one of the full size."""
    return settings.get_current_profile_name() == LONG


def mark_properties(items: list[pytest.Item]) -> None:
    """In the full size every property is a long suite, also one that is drawn inside its test."""
    for item in items if is_long() else ():
        if is_hypothesis_test(getattr(item, "obj", None)) or item.get_closest_marker("draws"):
            item.add_marker(LONG)
