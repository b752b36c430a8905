"""The lock files say what pyproject.toml asks for, whole and nothing but, and where to get it nowhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNTIME = PROJECT["project"]["dependencies"]
GROUPS = PROJECT["dependency-groups"]
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==([^ ;\\]+)", re.MULTILINE)
LOCKS = (
    "requirements-build.lock",
    "requirements.lock",
    "requirements-s3.lock",
    "requirements-redis.lock",
    "requirements-granian.lock",
    "requirements-carriers.lock",
    "requirements-dev.lock",
)
S3 = PROJECT["project"]["optional-dependencies"]["s3"]
REDIS = PROJECT["project"]["optional-dependencies"]["redis"]
GRANIAN = PROJECT["project"]["optional-dependencies"]["granian"]
CARRIERS = PROJECT["project"]["optional-dependencies"]["carriers"]


def pins(lock: str) -> dict[str, list[Version]]:
    found: dict[str, list[Version]] = {}
    for name, version in PIN.findall((ROOT / lock).read_text()):
        found.setdefault(canonicalize_name(name), []).append(Version(version))
    return found


@pytest.mark.parametrize(
    ("lock", "asked"),
    [
        ("requirements-build.lock", GROUPS["build"]),
        ("requirements.lock", RUNTIME),
        ("requirements-s3.lock", RUNTIME + S3),
        ("requirements-redis.lock", RUNTIME + REDIS),
        ("requirements-granian.lock", RUNTIME + GRANIAN),
        ("requirements-carriers.lock", RUNTIME + CARRIERS),
        ("requirements-dev.lock", RUNTIME + S3 + REDIS + GRANIAN + CARRIERS + GROUPS["dev"]),
    ],
)
def test_the_lock_answers_every_requirement_of_the_project(lock: str, asked: list[str]) -> None:
    locked = pins(lock)
    unanswered = [
        text
        for text in asked
        if not (versions := locked.get(canonicalize_name(Requirement(text).name)))
        or not all(version in Requirement(text).specifier for version in versions)
    ]
    assert unanswered == [], "run ./script/lock"


@pytest.mark.parametrize("lock", [each for each in LOCKS[1:] if each != "requirements-dev.lock"])
def test_what_runs_is_what_was_tested(lock: str) -> None:
    tested = pins("requirements-dev.lock")
    assert {name: versions for name, versions in pins(lock).items() if tested.get(name) != versions} == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_is_held_by_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text()
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert [entry.split()[0] for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)] == []


def test_a_host_with_a_procfile_installs_what_a_lock_names_and_nothing_else() -> None:
    """pip holds all it installs at once by hashes or nothing of it, and has none for a folder, ours included."""
    lines = [line for line in (ROOT / "requirements.txt").read_text().splitlines() if line]
    assert [line for line in lines if not line.startswith("#")] == ["-r requirements-s3.lock"]
    assert {"#-r requirements-redis.lock", "#-r requirements-carriers.lock"} <= set(lines)


@pytest.mark.parametrize("lock", [*LOCKS, "package-lock.json"])
def test_no_lock_names_a_package_registry(lock: str) -> None:
    text = (ROOT / lock).read_text()
    links = (
        re.findall(r'"(?:resolved)": "([a-z]+://[^"]+)"', text)
        if lock.endswith("json")
        else re.findall(r"\S+://\S+", text)
    )
    assert links == []
