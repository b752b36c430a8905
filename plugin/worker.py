"""The worker process: carries out effects and periodic jobs of one slot until it is told to stop."""

import os
import signal
import sys
import threading
import time
from typing import BinaryIO

from plugin.collector import expect_many_records
from plugin.jobs import handlers
from plugin.jobs.clock_watch import ClockWatch
from plugin.jobs.engine import AT_WORK, Engine, Pace
from plugin.jobs.outcomes import Outcomes
from plugin.jobs.pulse import Pulse
from plugin.jobs.schedule import periodic
from plugin.ports.errors import Unavailable
from plugin.runtime import Runtime, open_runtime
from plugin.settings import Settings, SettingsError
from plugin.settings.running import begin_work
from plugin.storage.errors import CannotOpen

_LOOK_SECONDS = 1.0
"""How often the clock is looked at."""
_LOG_SECONDS = 0.2
"""Longer than the log's last lines wait (`plugin.log.Lines`)."""
NEW_OBJECTS = 50_000
"""How many the cycle collector looks at together: about what a batch of parcels makes (`expect_many_records`)."""


def main() -> None:
    """Run until SIGTERM or SIGINT; what runs then is finished, or taken up again at the slot's next start."""
    at_work, runtime = _open()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    deps = runtime.deps
    outcomes = Outcomes(deps.units, deps.clock)
    pulse = Pulse(runtime.settings.worker_slot, deps.vitals, outcomes, deps.clock)
    engine = engine_of(runtime, outcomes)
    watch = ClockWatch()
    expect_many_records(NEW_OBJECTS)
    engine.start()
    engine.forget_later(deps.clock.now())
    while not stop.wait(_LOOK_SECONDS):
        pulse.beat_when_due()
        watch.follow(lambda: engine.clock_was_set(deps.clock.now()))
    engine.close()
    runtime.close()
    at_work.close()


def _open() -> tuple[BinaryIO, Runtime]:
    """The installation, with nobody in it whom a restored database brought back: no work is taken before.

    Where that cannot be had now the process ends with a sentence, and who keeps it running starts it again.
    """
    try:
        settings = Settings.from_env(os.environ)
        at_work, runtime = begin_work(settings), open_runtime(settings)
        runtime.deps.directory.merchants()
        runtime.erase_again()
    except SettingsError as error:
        sys.exit("\n".join(error.faults))
    except Unavailable as error:
        sys.exit(f"The database cannot be used now: {error}.")
    except CannotOpen as error:
        sys.exit(f"Who was erased cannot be erased again: these secrets do not open this database: {error}.")
    return at_work, runtime


def engine_of(runtime: Runtime, outcomes: Outcomes, pace: Pace = AT_WORK) -> Engine:
    """What carries out the effects and the periodic work of this installation, in the slot that its settings name."""
    return Engine(
        runtime.settings.database_url.reveal(),
        runtime.settings.worker_slot,
        outcomes.watched(lambda effect: handlers.run(effect, runtime.deps)),
        outcomes.watched_periodic(periodic(runtime.deps)),
        outcomes.gave_up,
        pace,
    )


def leave() -> None:
    """End this process, whatever threads it still has.

    DBOS tries for ever to note a run's end in a database that is away, and Python waits for its threads; the slot's
    next start takes the run up again.
    """
    time.sleep(_LOG_SECONDS)
    os._exit(0)


if __name__ == "__main__":
    main()
    leave()
