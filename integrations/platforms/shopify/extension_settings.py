"""Where the extensions call, told to Shopify's CLI beside the app's file.

The CLI (@shopify/cli 4.8.2) writes the variables of `.env.NAME`, with `--config NAME`, or of `.env`, without, into what
it builds, in place of `process.env.VARIABLE`. Extensions use the one below and no other, so nothing else gets out.
"""

import re
from pathlib import Path
from typing import Final

VARIABLE: Final = "PUBLIC_URL"
"""The installation's own name for its address: a `.env` that has it serves both."""
_NAMED: Final = re.compile(r"shopify\.app\.([a-z0-9][a-z0-9-]*)\.toml")
_LINE: Final = re.compile(rf"^{VARIABLE}=.*$", re.MULTILINE)


def beside(app_file: Path) -> Path | None:
    """The file of variables beside an app's file; None for the unnamed one: `.env` is the installation's own."""
    named = _NAMED.fullmatch(app_file.name)
    return app_file.with_name(f".env.{named[1]}") if named else None


def told(text: str, address: str) -> str:
    """The variables with this address; what the CLI or the owner keeps there too stays as it is."""
    line = f"{VARIABLE}={address}"
    if _LINE.search(text):
        return _LINE.sub(lambda _: line, text, count=1)
    before = f"{text.rstrip()}\n" if text.strip() else ""
    return f"{before}{line}\n"
