from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Page

from tests.support.postgres import Cluster


def test_a_test_gets_an_empty_postgresql_database_of_its_own(empty_postgres_url: str) -> None:
    with psycopg.connect(empty_postgres_url.replace("+psycopg", "")) as connection:
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert row == (0,)


def test_the_private_cluster_listens_on_loopback_only(postgres_cluster: Cluster) -> None:
    with postgres_cluster.connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)


def test_the_private_cluster_refuses_a_wrong_password(postgres_cluster: Cluster) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"postgresql://aftercare:wrong@127.0.0.1:{postgres_cluster.port}/postgres")


@pytest.mark.browser
def test_a_page_is_a_real_browser_that_runs_script(page: Page, tmp_path: Path) -> None:
    document = tmp_path / "page.html"
    document.write_text("<!doctype html><title>before</title><script>document.title = String(6 * 7)</script>")
    page.goto(document.as_uri())
    assert page.title() == "42"
