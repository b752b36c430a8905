"""Every column and every kind of file there is: what it holds of people, what for, how long, and who reads it.

A column that is not named here fails the build (`tests/storage/test_data_map.py`); `docs/privacy.md` is written from
this by `python -m tools.privacy`.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from plugin.storage.data_map.entry import Basis, Holds, Mapped, MappedFiles
from plugin.storage.data_map.files import FILES, OUTSIDE
from plugin.storage.data_map.merchants import MERCHANTS
from plugin.storage.data_map.shoppers import SHOPPERS

TABLES: Final[Mapping[str, Mapped]] = {**SHOPPERS, **MERCHANTS}


def columns_that_hold(*wanted: Holds, tables: Mapping[str, Mapped] = SHOPPERS) -> Iterator[tuple[str, str]]:
    """Table and column of everything about shoppers that holds one of these."""
    for table, mapped in tables.items():
        for name, holds in mapped.columns():
            if holds in wanted:
                yield table, name


__all__ = ["FILES", "OUTSIDE", "SHOPPERS", "TABLES", "Basis", "Holds", "Mapped", "MappedFiles", "columns_that_hold"]
