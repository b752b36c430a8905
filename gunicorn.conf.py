"""How gunicorn serves `plugin.wsgi:app`; it reads this file by its name, from the folder it is started in."""

import gc
import os
import sys
from shutil import rmtree
from tempfile import mkdtemp

from plugin.settings import Settings, SettingsError

try:
    settings = Settings.from_env(os.environ)
except SettingsError as error:
    sys.exit("\n".join(error.faults))

wsgi_app = "plugin.wsgi:app"
host = f"[{settings.bind}]" if ":" in settings.bind else settings.bind
bind = f"{host}:{settings.port}"
worker_class = "plugin.web.patient_worker.PatientWorker"  # keeps connections alive, and waits for no slow client
workers = settings.web_concurrency
threads = settings.web_threads
timeout = 60
graceful_timeout = 15
umask = 0o077
if workers > 1 and "PROMETHEUS_MULTIPROC_DIR" not in os.environ:  # a reload goes on with what it has counted
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = mkdtemp(prefix="aftercare-counts-")  # see docs/metrics.md
    os.environ["COUNTS_MADE_HERE"] = os.environ["PROMETHEUS_MULTIPROC_DIR"]  # for a reload, which reads this file anew
loglevel = "warning"
control_socket_disable = True  # its default path is shared by all instances of one user
forwarded_allow_ips = ""  # proxies are believed by the app itself, as TRUSTED_PROXIES says


def post_fork(server: object, worker: object) -> None:  # noqa: ARG001 - gunicorn's hook
    """The application is read and made without a look for garbage, which takes a good part of the start."""
    gc.disable()


def post_worker_init(worker: object) -> None:  # noqa: ARG001 - gunicorn's hook
    """What is there by now stays; what requests leave behind is looked for."""
    gc.freeze()
    gc.enable()


def child_exit(server: object, worker: object) -> None:  # noqa: ARG001 - gunicorn's hook
    """What a process counted that ended stays counted."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415 - only once the folder is set

        mark_process_dead(worker.pid)  # type: ignore[attr-defined,no-untyped-call]  # gunicorn's worker


def on_exit(server: object) -> None:  # noqa: ARG001 - gunicorn's hook
    """Counters end with their processes; a folder that the operator named stays."""
    if "COUNTS_MADE_HERE" in os.environ:
        rmtree(os.environ["COUNTS_MADE_HERE"], ignore_errors=True)
