"""What a restored copy goes through before it counts: opened with its secrets, migrated, erasures repeated."""

from dataclasses import replace
from pathlib import Path

from integrations.files.local import LocalFiles
from integrations.system import SystemClock
from plugin.backup.errors import BackupError
from plugin.backup.manifest import Manifest
from plugin.backup.snapshot import Snapshot
from plugin.ports.deps import Deps
from plugin.runtime import open_runtime
from plugin.settings import Secret, Secrets, Settings
from plugin.storage.errors import CannotOpen
from plugin.usecases.person_data.hand_over import sweep_data_requests
from plugin.usecases.sweep_evidence import sweep_evidence
from plugin.usecases.sweep_labels import sweep_labels


def require_whole(manifest: Manifest, found: Snapshot) -> None:
    """Raise `BackupError` where the copy does not hold what the database held."""
    for table, count in manifest.counts.items():
        if found.counts.get(table) != count:
            raise BackupError(
                f"This backup is damaged: {table} had {count} rows, and the copy has {found.counts.get(table, 0)}."
            )


def bring_up_to_date(settings: Settings, database_url: str, secrets: Secrets, files: Path) -> None:
    """Migrate the copy, erase again whom the list in `home` names, and let their files go. Raises `BackupError`."""
    runtime = open_runtime(replace(settings, database_url=Secret(database_url), given_secrets=secrets))
    try:
        runtime.migrate()
        runtime.storage.open_every_key()
        _let_files_go(runtime.deps, LocalFiles(files), settings)
    except CannotOpen as error:
        raise BackupError(f"These secrets do not open this backup: {error}.") from error
    finally:
        runtime.close()


def _let_files_go(deps: Deps, files: LocalFiles, settings: Settings) -> None:
    """As the worker does by and by; where evidence is in a bucket, it is left to the worker."""
    if settings.evidence.bucket is not None:
        return
    units, now, limits = deps.units, SystemClock().now(), settings.evidence.limits
    for merchant in deps.directory.merchants():
        mine = merchant.id
        while sweep_evidence(merchant=mine, units=units, files=files, limits=limits, now=now):
            pass
        while sweep_labels(merchant=mine, units=units, files=files, now=now):
            pass
        while sweep_data_requests(merchant=mine, units=units, files=files, now=now):
            pass
