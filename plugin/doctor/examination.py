"""Everything that is looked at, in the order in which one thing rests on another."""

from collections.abc import Iterator, Mapping, Sequence

from plugin.doctor import address, carriers, database, home, mail, rate_limits, shops, worker
from plugin.doctor.finding import Finding, State, failed, ok, unknown
from plugin.ports.errors import Unavailable
from plugin.runtime import open_runtime
from plugin.settings import Settings, SettingsError
from plugin.storage.errors import CannotOpen

_REST = ("worker", "shops", "carriers", "address", "mail of merchants")


def examine(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Each finding as soon as it is there; nothing raises, whatever is down."""
    try:
        settings = Settings.from_env(environ)
    except SettingsError as error:
        for fault in error.faults:
            yield failed("configuration", fault, "see .env.example")
        yield unknown("everything else", "the configuration cannot be read")
        return
    yield ok("configuration", f"{settings.mode}, {'SQLite' if settings.sqlite_file else 'PostgreSQL'}")
    first = list(home.look(settings))
    yield from first
    if not any(finding.state is State.FAILED for finding in first):
        yield home.files(settings)
    yield from home.lasting(settings, environ)
    found = database.look(settings)
    yield from found
    yield mail.look(settings)
    yield from rate_limits.look(settings)
    yield from address.proxy(settings)
    if obstacle := _obstacle([*first, *found]):
        yield from (unknown(check, f"{obstacle} has failed") for check in _REST)
        return
    yield from _with_data(settings)


def _obstacle(findings: Sequence[Finding]) -> str | None:
    """What makes it pointless to read data."""
    needed = {"home", "disk", "secrets", "database", "schema", "restore"}
    return next((each.check for each in findings if each.state is State.FAILED and each.check in needed), None)


def _with_data(settings: Settings) -> Iterator[Finding]:
    try:
        runtime = open_runtime(settings)
    except SettingsError as error:
        yield failed("secrets", "; ".join(error.faults), "put the right secrets.json back")
        return
    try:
        yield from worker.look(runtime.deps)
        runtime.storage.open_every_key()
        yield from shops.look(settings, runtime.deps)
        yield from carriers.look(runtime.deps)
        yield address.look(settings, runtime.deps)
        yield from mail.merchants(settings, runtime.deps)
    except CannotOpen as error:
        yield failed("secrets", f"they do not open this database: {error}", "put the right secrets.json back")
    except Unavailable as error:
        yield failed("database", f"it stopped answering: {error}", "try again")
    finally:
        runtime.close()
