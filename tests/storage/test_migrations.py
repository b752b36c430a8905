"""The migrations make exactly the schema the code declares, and can be taken back."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Table, UniqueConstraint, inspect

from plugin.storage import schema
from plugin.storage.engine import Engines, open_engines
from plugin.storage.migrating import downgrade, migrate
from plugin.storage.tables import metadata, worker_slots

VERSIONS = schema.MIGRATIONS / "versions"


@pytest.fixture
def empty_engines(empty_database_url: str) -> Iterator[Engines]:
    engines = open_engines(empty_database_url)
    yield engines
    engines.dispose()


@pytest.fixture
def engines(empty_engines: Engines) -> Engines:
    migrate(empty_engines.write)
    return empty_engines


def drift(engines: Engines) -> list[object]:
    with engines.write.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, metadata))


def tables(engines: Engines) -> set[str]:
    return set(inspect(engines.write).get_table_names()) - {"alembic_version"}


def test_what_processes_take_for_the_last_revision_is_alembics(engines: Engines) -> None:
    script = ScriptDirectory(str(schema.MIGRATIONS))
    assert schema.head() == script.get_current_head()
    assert all(schema.knows(each.revision) for each in script.walk_revisions())
    assert not schema.knows("9999")
    with engines.write.connect() as connection:
        assert schema.revision_of(connection) == schema.head()


def test_an_empty_database_has_no_revision(empty_engines: Engines) -> None:
    with empty_engines.write.connect() as connection:
        assert schema.revision_of(connection) is None


def test_migrations_and_declared_tables_agree(engines: Engines) -> None:
    assert drift(engines) == []


def test_a_forgotten_migration_would_be_noticed(engines: Engines) -> None:
    with engines.write.begin() as connection:
        connection.exec_driver_sql("DROP INDEX ix_orders_placed")
        connection.exec_driver_sql("ALTER TABLE orders ADD COLUMN stray INTEGER")
    assert len(drift(engines)) == 2


def test_migrations_go_up_down_and_up_again(empty_engines: Engines) -> None:
    migrate(empty_engines.write)
    assert tables(empty_engines) == set(metadata.tables)
    downgrade(empty_engines.write)
    assert tables(empty_engines) == set()
    migrate(empty_engines.write)
    assert drift(empty_engines) == []


def test_every_step_can_be_taken_back_by_itself(empty_engines: Engines) -> None:
    steps = [each.module for each in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()]
    for step in reversed(steps):
        with empty_engines.write.begin() as connection, Operations.context(MigrationContext.configure(connection)):
            step.upgrade()
            step.downgrade()
            step.upgrade()
    assert len(steps) == len(list(VERSIONS.glob("[0-9]*.py")))
    assert drift(empty_engines) == []


def test_migrating_twice_changes_nothing(engines: Engines) -> None:
    migrate(engines.write)
    assert drift(engines) == []


OF_MERCHANTS = [table for table in metadata.sorted_tables if table is not worker_slots]
"""Workers are the installation's, and nobody's among its merchants."""


@pytest.mark.parametrize("table", OF_MERCHANTS, ids=lambda table: table.name)
def test_every_key_and_reference_is_within_one_merchant(table: Table) -> None:
    assert "merchant_id" in table.primary_key.columns
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.name != "uq_shops_key":
            assert "merchant_id" in constraint.columns
    for reference in table.foreign_key_constraints:
        assert reference.elements[0].target_fullname.endswith(".merchant_id")
        assert reference.column_keys[0] == "merchant_id"
