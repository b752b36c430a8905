"""Aftercare: what each shopper is entitled to after a sale, computed, promised and carried out."""

from typing import Final

VERSION: Final = "0.1.0"
"""The release, as pyproject.toml says it too: where only the tree was unpacked nothing else can be asked."""
