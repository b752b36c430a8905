"""`python -m tests.support.nursery`: starts the product's programs in a moment, each a process of its own.

It has the product's code in memory and forks, which spares every start the seconds that reading the code takes. What
runs then is what Python runs for `-m MODULE ...` or `-c CODE`: in a session of its own, with the environment, the
output and the errors that were asked for. Before the fork there is no thread, no connection and no loop of events. What
reads the environment does so in the child, and whoever tries how a start itself goes must not start here.

One line of JSON on standard input is one request: to start a program, answered by its process id; or to look at one,
answered by how it ended (`null` until it has). When nobody can ask any more, all that was started is killed.
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import signal
import sys
import threading
from contextlib import suppress

from gunicorn.app import wsgiapp  # type: ignore[import-untyped]  # gunicorn has no types
from prometheus_client import values

from plugin import app
from plugin.cli import db
from plugin.jobs import clock_watch, handlers, outcomes, pulse, schedule
from plugin.web import patient_worker

_READ = app, clock_watch, db, handlers, outcomes, patient_worker, pulse, schedule, wsgiapp
"""Neither `plugin.wsgi`, which opens an installation as it is read, nor `plugin.worker`, which is a program."""


def _start(program: list[str], environ: dict[str, str], output: str, errors: str) -> int:
    files = [os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600) for file in (os.devnull, output, errors)]
    process = os.fork()
    for descriptor, opened in enumerate(files):
        if not process:
            os.dup2(opened, descriptor)
        os.close(opened)
    if process:
        return process
    os.setsid()
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - nothing of what the nursery is asked
    os.environ.clear()
    os.environ.update(environ)
    _run(*program)
    sys.exit()


def _run(kind: str, what: str, *arguments: str) -> None:
    sys.argv = [kind, *arguments]
    if kind == "-c":
        exec(what, {"__name__": "__main__"})  # noqa: S102 - as Python does
    else:
        runpy.run_module(what, run_name="__main__", alter_sys=True)


def _look(process: int) -> int | None:
    """Its exit status, or the signal's number below zero; nothing while it runs. Asked again after that, it fails."""
    found, status = os.waitpid(process, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def _count_as_if_just_read() -> None:
    """prometheus_client asks the environment as it is read whether the processes of one machine count together."""
    values.ValueClass = values.get_value_class()


def main() -> None:
    """Do what is asked for until nobody asks any more."""
    os.register_at_fork(after_in_child=_count_as_if_just_read)
    gc.freeze()  # the code in memory stays: none of what is started looks for garbage in it
    assert threading.active_count() == 1, threading.enumerate()
    started = set()
    for line in sys.stdin:
        asked = json.loads(line)
        if "look" in asked:
            answer = _look(asked["look"])
            if answer is not None:
                started.remove(asked["look"])
        else:
            answer = _start(**asked)
            started.add(answer)
        print(json.dumps(answer), flush=True)  # noqa: T201 - the answer
    for process in started:
        for kill in (os.killpg, os.kill):  # it may not have its own group yet
            with suppress(ProcessLookupError):
                kill(process, signal.SIGKILL)


if __name__ == "__main__":
    main()
