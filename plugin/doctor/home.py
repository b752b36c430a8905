"""The home folder: there, ours alone, with room, with secrets that nobody else can read."""

import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from integrations.files import open_files
from plugin.doctor.finding import Finding, failed, ok, warning
from plugin.ports.errors import Rejected, Unavailable
from plugin.settings import Settings, SettingsError, known_secrets
from plugin.settings.running import left_over, unfinished

_LITTLE = 2**30
_LEAST = 64 * 2**20
_PROBE = "doctor/probe"
_OF_HEROKU = "DYNO"


def look(settings: Settings) -> Iterator[Finding]:
    """Change nothing but for one file, which is written, read and removed."""
    home = settings.home
    if not home.is_dir():
        yield failed("home", f"there is no folder {home}", "check AFTERCARE_HOME, or run `aftercare db upgrade`")
        return
    yield _folder(home)
    yield _room("disk", home)
    if settings.sqlite_file and settings.sqlite_file.parent != home and settings.sqlite_file.parent.is_dir():
        yield _room("disk of the database", settings.sqlite_file.parent)
    yield _secrets(settings)
    if unfinished(settings).exists():
        yield failed("restore", "a restore was broken off", "run `aftercare restore FILE --replace` again")
    if left_over(settings).exists():
        yield warning(
            "restore", "what a restore replaced is still here", "run `aftercare db upgrade`, which lets it go"
        )


def lasting(settings: Settings, environ: Mapping[str, str]) -> Iterator[Finding]:
    """What is on a disk that goes with the process, where the host says that it is one: Heroku names each dyno."""
    if _OF_HEROKU not in environ:
        return
    could_be_elsewhere = {
        "the database": settings.sqlite_file is not None,
        "secrets.json, and all personal data with it": not settings.given_secrets,
        "files of evidence and labels": settings.evidence.bucket is None,
    }
    left = [what for what, is_here in could_be_elsewhere.items() if is_here]
    told = f"a dyno's disk is not kept: {'; '.join([*left, 'the list of erasures'])}"
    found = failed if left else warning
    yield found("lasting", told, "see docs/operating/deploying.md, A host with a Procfile")


def files(settings: Settings) -> Finding:
    """Whether evidence can be written, read and removed where it is kept."""
    bucket = settings.evidence.bucket
    where = f"the bucket {bucket.name}" if bucket else str(settings.home / "files")
    try:
        store = open_files(settings.home / "files", bucket)
        store.put(_PROBE, [b"probe"])
        came_back = b"".join(store.get(_PROBE))
        store.delete("doctor")
    except (Unavailable, Rejected) as error:
        advice = "check FILES_* and what the key may do" if bucket else "give the folder to the user of web and worker"
        return failed("files", f"{where} cannot be used: {error}", advice)
    return ok("files", f"{where} keeps files") if came_back == b"probe" else failed("files", f"{where} forgets", "")


def _folder(home: Path) -> Finding:
    mode = stat.S_IMODE(home.stat().st_mode)
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        return failed("home", f"{home} cannot be written by this user", "run as the user of web and worker")
    if mode & 0o077:
        return warning("home", f"{home} can be opened by others", f"chmod 700 {home}")
    return ok("home", f"{home} is ours alone")


def _room(check: str, folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    told = f"{free // 2**20} MB free at {folder}"
    if free < _LEAST:
        return failed(check, told, "free space: nothing starts with less than 64 MB")
    return warning(check, told, "free space soon") if free < _LITTLE else ok(check, told)


def _secrets(settings: Settings) -> Finding:
    try:
        found = known_secrets(settings)
    except SettingsError as error:
        return failed("secrets", "; ".join(error.faults), "then consider the keys seen: `aftercare keys rotate`")
    if found is None:
        return failed("secrets", f"no secrets.json in {settings.home}", "put it back, or check AFTERCARE_HOME")
    return ok("secrets", "in the environment" if settings.given_secrets else "in secrets.json, for its owner alone")
