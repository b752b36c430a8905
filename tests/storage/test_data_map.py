"""Every column and file is on the data map, which is true of its type and of the page that owners read."""

from pathlib import Path

import pytest
from sqlalchemy import LargeBinary

from plugin.domain.retention import RULES, Kept, Swept
from plugin.storage.data_map import TABLES, Basis, Holds
from plugin.storage.tables import metadata
from tools.privacy import PAGE, written

KNOWN = {table.name: {column.name for column in table.columns} - {"merchant_id"} for table in metadata.sorted_tables}


def test_every_column_is_mapped_once_and_nothing_else_is() -> None:
    mapped = {name: [column for column, _ in entry.columns()] for name, entry in TABLES.items()}
    assert {name: set(columns) for name, columns in mapped.items()} == KNOWN
    assert [name for name, columns in mapped.items() if len(columns) != len(set(columns))] == []


@pytest.mark.parametrize("name", sorted(TABLES))
def test_what_is_sealed_is_kept_as_bytes_and_what_is_readable_says_why(name: str) -> None:
    columns = metadata.tables[name].c
    sealed = [column for column, holds in TABLES[name].columns() if holds in (Holds.PERSON, Holds.MERCHANT)]
    assert [column for column in sealed if not isinstance(columns[column].type, LargeBinary)] == []
    assert all(TABLES[name].clear.values())


def test_what_is_personal_has_a_basis_and_an_end() -> None:
    personal = {Holds.PERSON, Holds.MERCHANT, Holds.CLEAR}
    for name, entry in TABLES.items():
        assert entry.kept, name
        if personal & {holds for _, holds in entry.columns()}:
            assert entry.basis is not Basis.NONE or Holds.PERSON not in {holds for _, holds in entry.columns()}, name
        if Holds.PERSON in {holds for _, holds in entry.columns()}:
            assert set(entry.kept) - {Swept.ORDER, Swept.MERCHANT}, f"{name} is never let go"


@pytest.mark.parametrize("kept", list(Kept))
def test_each_class_has_a_usual_time_within_its_bounds(kept: Kept) -> None:
    rule = RULES[kept]
    assert 0 < rule.least <= rule.days <= rule.most
    assert rule.because


def test_the_page_for_owners_says_what_the_map_says() -> None:
    page = Path(PAGE).read_text(encoding="utf-8")
    assert page == written(page), "run python -m tools.privacy"
