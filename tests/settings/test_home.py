import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from plugin.settings import LiveSecrets, Settings, SettingsError, change_secrets, open_home
from plugin.settings.secrets_file import Secrets

NOBODY = 65534


def settings_in(home: Path, **environ: str) -> Settings:
    return Settings.from_env({"AFTERCARE_HOME": str(home), **environ})


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def as_ordinary_user() -> Iterator[None]:
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    yield
    os.seteuid(before)


def test_the_first_start_makes_files_that_only_their_owner_can_read(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "home"
    open_home(settings_in(home))
    assert mode_of(home) == 0o700
    assert {path.name: mode_of(path) for path in home.iterdir()} == {
        "secrets.json": 0o600,
        "aftercare.sqlite3": 0o600,
        ".lock": 0o600,
    }


def test_the_second_start_finds_the_same_secrets(tmp_path: Path) -> None:
    assert open_home(settings_in(tmp_path)) == open_home(settings_in(tmp_path))


def test_two_homes_never_share_a_secret(tmp_path: Path) -> None:
    one, other = open_home(settings_in(tmp_path / "one")), open_home(settings_in(tmp_path / "other"))
    assert one.keys != other.keys
    assert one.session != other.session


def test_processes_that_start_at_once_agree_on_the_secrets(tmp_path: Path) -> None:
    program = (
        "import os; from plugin.settings import Settings, open_home;"
        "print(open_home(Settings.from_env(os.environ)).to_json())"
    )

    def start(_: int) -> str:
        environ = {**os.environ, "AFTERCARE_HOME": str(tmp_path / "home")}
        return subprocess.run(
            [sys.executable, "-c", program], env=environ, check=True, capture_output=True
        ).stdout.decode()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(start, range(8)))) == 1


def test_secrets_that_others_can_read_are_refused_with_the_command_that_mends_it(tmp_path: Path) -> None:
    open_home(settings_in(tmp_path))
    (tmp_path / "secrets.json").chmod(0o640)
    with pytest.raises(SettingsError, match=r"secrets\.json can be read by others: chmod 600 /"):
        open_home(settings_in(tmp_path))


def test_secrets_that_are_damaged_are_refused_and_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    path.touch(0o600)
    path.write_text('{"keys": {"current": "a", "keys": {"a": "c2VjcmV0"}}}')
    with pytest.raises(SettingsError, match="must be JSON") as caught:
        open_home(settings_in(tmp_path))
    assert "c2VjcmV0" not in str(caught.value)
    assert "c2VjcmV0" in path.read_text()


def test_a_home_that_is_a_file_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(SettingsError, match=r"home is not a folder$"):
        open_home(settings_in(tmp_path / "home"))


@pytest.mark.usefixtures("as_ordinary_user")
def test_a_home_that_cannot_be_written_is_one_clear_sentence() -> None:
    with pytest.raises(SettingsError, match=r"^/etc/aftercare cannot be written by this user$"):
        open_home(settings_in(Path("/etc/aftercare")))


def test_a_home_on_a_kernel_folder_is_one_clear_sentence() -> None:
    with pytest.raises(SettingsError, match=r"^/proc/aftercare cannot be ") as caught:
        open_home(settings_in(Path("/proc/aftercare")))
    assert len(caught.value.faults) == 1


def test_a_full_disk_is_one_clear_sentence(tmp_path: Path) -> None:
    if not Path("/dev/shm").is_dir() or os.geteuid() != 0:  # noqa: S108 - looked at, not written to
        pytest.skip("needs root to mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip(f"cannot mount here: {mounted.stderr.decode().strip()}")
    try:
        with pytest.raises(SettingsError, match=r"home is on a full disk: \d MB free, 64 MB needed$"):
            open_home(settings_in(disk / "home"))
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_new_keys_replace_the_old_and_the_session_secret_stays(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    before, fresh = open_home(settings), Secrets.generate().keys
    change_secrets(settings, lambda known: replace(known, keys=fresh))
    after = open_home(settings)
    assert json.loads(after.keys.reveal()) == json.loads(fresh.reveal())
    assert after.session == before.session
    assert mode_of(tmp_path / "secrets.json") == 0o600


class Restless:
    """The settings of a home whose secrets another process changes whenever one of them is looked at."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __getattr__(self, name: str) -> object:
        change_secrets(self._settings, Secrets.with_fresh_session)
        return getattr(self._settings, name)


def test_secrets_that_change_while_a_process_starts_are_the_ones_it_uses(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    open_home(settings)
    live = LiveSecrets(Restless(settings))  # type: ignore[arg-type]  # as good as settings
    assert live.now() == open_home(settings)


def test_keys_from_the_environment_are_used_and_never_written_to_disk(tmp_path: Path) -> None:
    given = Secrets.generate()
    environ = {"AFTERCARE_KEYS": given.keys.reveal(), "AFTERCARE_SESSION": given.session.reveal()}
    settings = settings_in(tmp_path, **environ)
    assert open_home(settings) == given
    assert not (tmp_path / "secrets.json").exists()
    with pytest.raises(SettingsError, match="AFTERCARE_KEYS"):
        change_secrets(settings, Secrets.with_fresh_session)
