"""The demo as it is served: the application on SQLite with the demo loaded, and the worker as a process beside it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from werkzeug.serving import make_server

from plugin.app import build_app
from plugin.demo.load import SHOPS, load_demo
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.ports.mailer import Mail
from plugin.runtime import Runtime, open_runtime
from plugin.settings import Settings
from plugin.usecases.find_shop import find_shop
from plugin.usecases.quote_shop import quote_number
from tests.support import databases
from tests.support.processes import WORKER, Nursery, Running


@dataclass(frozen=True, slots=True)
class Store:
    """The running demo: where it is, and what it runs on."""

    url: str
    environ: dict[str, str]
    runtime: Runtime

    def shop(self, platform: Platform = Platform.WOOCOMMERCE) -> Shop:
        """Return one of the demo's two shops."""
        deps = self.runtime.deps
        return find_shop(SHOPS[platform], None, directory=deps.directory, units=deps.units)

    def order(self, number: str, platform: Platform = Platform.WOOCOMMERCE) -> str:
        """Return the path of a demo order."""
        deps = self.runtime.deps
        (found,) = quote_number(number, self.shop(platform), units=deps.units, law=deps.law, now=deps.clock.now())
        return f"/demo/orders/{found.stored.id}"


@contextmanager
def running_store(home: Path, run_folder: Path) -> Iterator[Store]:
    """Load the demo in this folder and serve it on loopback."""
    shutil.copyfile(databases.migrated_file(run_folder), home / "aftercare.sqlite3")
    environ = {"AFTERCARE_HOME": str(home), "PORT": "8000"}
    settings = Settings.from_env(environ)
    runtime = open_runtime(settings)
    runtime.migrate()
    load_demo(runtime.deps)
    letter = Mail("ida@example.com", "Sign in", f"Open {settings.base_url}/admin/sign-in/x.y", "en")
    runtime.deps.mailer.send(letter, idempotency_key="letter-1")
    server = make_server("127.0.0.1", 0, build_app(settings, runtime.deps), threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield Store(f"http://127.0.0.1:{server.server_port}", environ, runtime)
    server.shutdown()
    server.server_close()
    thread.join()
    runtime.close()


def running_worker(nursery: Nursery, store: Store) -> AbstractContextManager[Running]:
    """Run the worker, until the end."""
    return nursery.running(WORKER, {"PATH": os.environ["PATH"], **store.environ})
