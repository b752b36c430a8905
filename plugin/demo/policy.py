"""What the demo's merchant promises."""

import json
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from importlib.resources import files

from plugin.domain.policy.document import read_policy
from plugin.domain.policy.version import PolicyVersion


def demo_policy(effective_from: datetime) -> PolicyVersion:
    """The demo's policy, in force from then on."""
    return replace(_policy(), effective_from=effective_from)


@lru_cache(maxsize=1)
def _policy() -> PolicyVersion:
    return read_policy(json.loads((files(__package__) / "data" / "policy.json").read_text("utf-8")))
