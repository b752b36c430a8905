"""No code of ours activates a session of the `shopify` package: after an error, another shop's call would use it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
ACTIVATED = re.compile(r"activate_session|clear_session|Session\.temp|Session\.setup|ShopifyResource|shopify\.GraphQL")
TAKEN = re.compile(r"^\s*(?:from shopify(?:\.\w+)* import (.+)|import (shopify)\b)", re.MULTILINE)
SOUND = {"Session", "ApiAccess"}
"""A signature's calculation and the algebra of scopes: neither remembers a shop."""


def sources() -> dict[str, str]:
    files = [path for folder in ("plugin", "integrations", "migrations") for path in (ROOT / folder).rglob("*.py")]
    return {str(path.relative_to(ROOT)): path.read_text() for path in files}


def test_no_session_is_activated() -> None:
    assert [path for path, text in sources().items() if ACTIVATED.search(text)] == []


def test_of_the_package_only_what_remembers_no_shop_is_used() -> None:
    taken = {
        path: {name for found in TAKEN.findall(text) for name in found if name} for path, text in sources().items()
    }
    used = {path: names for path, names in taken.items() if names}
    assert used
    assert {path: names - SOUND for path, names in used.items() if names - SOUND} == {}
