"""Policies to start from."""

import json
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from importlib.resources import files

from plugin.domain.policy.document import read_policy
from plugin.domain.policy.version import MarketPolicy, PolicyVersion

_FOLDER = files("plugin.domain.policy") / "preset_documents"


def law_only(effective_from: datetime) -> PolicyVersion:
    """No promise to anybody: shoppers have what the law of their country gives them."""
    return PolicyVersion("law-only-1", effective_from, MarketPolicy("everywhere"))


def preset(name: str, effective_from: datetime) -> PolicyVersion:
    """The preset of this name, in force from then on; raises `KeyError` for an unknown one."""
    return replace(_presets()[name], effective_from=effective_from)


def preset_names() -> tuple[str, ...]:
    """Every preset, by name."""
    return tuple(sorted(_presets()))


@lru_cache(maxsize=1)
def _presets() -> dict[str, PolicyVersion]:
    documents = [path for path in _FOLDER.iterdir() if path.name.endswith(".json")]
    return {path.name.removesuffix(".json"): read_policy(json.loads(path.read_text("utf-8"))) for path in documents}
