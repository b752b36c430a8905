"""The real commands on a home of their own."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from plugin.cli import main
from tests.support import databases

Run = Callable[..., Result]


@contextmanager
def own_home(folder: Path) -> Iterator[Path]:
    """Let commands find this home; no other setting of this machine counts."""
    with pytest.MonkeyPatch.context() as environment:
        for name in ("DATABASE_URL", "PUBLIC_URL", "AFTERCARE_KEYS", "AFTERCARE_ENV", "ALLOW_PRIVATE_SHOPS", "PORT"):
            environment.delenv(name, raising=False)
        for name in ("SHOPIFY_CLIENT_ID", "SHOPIFY_CLIENT_SECRET", "SHOPIFY_PREVIOUS_SECRET"):
            environment.delenv(name, raising=False)
        environment.setenv("AFTERCARE_HOME", str(folder))
        yield folder


@pytest.fixture
def home(tmp_path: Path, run_folder: Path) -> Iterator[Path]:
    """Give a home that holds a database without a row."""
    with own_home(tmp_path / "home") as folder:
        databases.make_home(folder, run_folder)
        yield folder


@pytest.fixture
def no_home(home: Path) -> None:
    """Have no command been called on it: there is no such folder."""
    shutil.rmtree(home)


@pytest.fixture
def run(home: Path) -> Run:  # noqa: ARG001 - commands find it by the environment
    """Run `aftercare` with these arguments; an exception that is no exit fails the test."""

    def call(*arguments: str | Path, stdin: bytes | None = None) -> Result:
        result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


def lines_of(result: Result) -> list[dict]:
    """Read JSON Lines on standard output and nothing else."""
    return [json.loads(line) for line in result.stdout.splitlines()]
