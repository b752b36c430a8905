"""The app as Shopify's CLI is told it (`shopify.app.toml`), made an owner's own by id, name and address; no secret."""

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SHIPPED: Final = Path(__file__).parents[3] / "shopify.app.toml"
"""The file as it comes with the app; the CLI takes every `shopify.app.<name>.toml` beside it too."""
HOME: Final = "/admin/"
"""What `application_url` leads to at the owner's address."""
_ADDRESS: Final = re.compile(r"https://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9](?::\d{1,5})?/?")
_LONGEST_NAME: Final = 30
"""Characters (@shopify/cli 4.8.2, schema of the file)."""


@dataclass(frozen=True, slots=True)
class OwnApp:
    """What differs from owner to owner; `address` is scheme, host and port alone."""

    client_id: str
    name: str
    address: str


def made_own(text: str, own: OwnApp) -> str:
    """The file as it is, comments included, with this owner's id, name and address, whoever's they were before."""
    before = tomllib.loads(text)["application_url"].removesuffix(HOME)
    text = _set(text, "client_id", own.client_id)
    text = _set(text, "name", own.name)
    return text.replace(f'"{before}/', f'"{own.address}/')


def address(text: str) -> str:
    """The address that Shopify calls; raises `ValueError` with the rest of a sentence."""
    given = text.strip().lower()
    if given.startswith("http://"):
        raise ValueError("must begin with https://, because Shopify calls nothing else")
    if not _ADDRESS.fullmatch(given):
        raise ValueError("must be a public address like https://aftercare.example.com, without a path")
    return given.removesuffix("/")


def app_name(text: str) -> str:
    """The name that merchants see; raises `ValueError` with the rest of a sentence."""
    given = text.strip()
    if not 0 < len(given) <= _LONGEST_NAME or not given.isprintable():
        raise ValueError(f"must be 1 to {_LONGEST_NAME} characters on one line")
    return given


def _set(text: str, key: str, value: str) -> str:
    """The first line that sets this key; JSON's strings are TOML's, as far as they can be printed."""
    line = f"{key} = {json.dumps(value, ensure_ascii=False)}"
    return re.sub(rf"^{key} = .*$", lambda _: line, text, count=1, flags=re.MULTILINE)
