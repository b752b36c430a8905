"""Log lines leave in order: together when they only inform, at once when they warn, and none is left behind."""

from __future__ import annotations

import errno
import io
import subprocess
import sys
import threading
import time

from plugin.log import Lines

PROGRAM = """
import structlog
from plugin import log
log.configure()
told = structlog.get_logger("test")
told.info("first", number=1)
told.info("second", number=2)
"""


def test_a_warning_is_written_at_once_after_what_was_said_before() -> None:
    file = io.StringIO()
    lines = Lines(file)
    lines.info("an order came in")
    lines.warning("the disk is full")
    assert file.getvalue() == "an order came in\nthe disk is full\n"


class Disk(io.StringIO):
    """A file on a disk that may be full."""

    is_full = False

    def write(self, text: str) -> int:
        if self.is_full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(text)


def test_whoever_speaks_goes_on_while_nothing_can_be_written() -> None:
    disk = Disk()
    disk.is_full = True
    lines = Lines(disk)
    lines.warning("a job could not be noted")
    disk.is_full = False
    lines.warning("there is room again")
    assert disk.getvalue() == "there is room again\n"


def test_what_only_informs_is_written_soon_without_being_asked() -> None:
    file = io.StringIO()
    Lines(file).info("an order came in")
    deadline = time.monotonic() + 20
    while not file.getvalue():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert file.getvalue() == "an order came in\n"


def test_no_line_of_many_threads_is_lost_doubled_or_torn() -> None:
    file = io.StringIO()
    lines = Lines(file)

    def talk(name: int) -> None:
        for number in range(2_000):
            lines.info(f"{name} {number}")

    threads = [threading.Thread(target=talk, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines.flush()
    written = [line.split() for line in file.getvalue().splitlines()]
    for name in range(8):
        assert [number for who, number in written if who == str(name)] == [str(number) for number in range(2_000)]


def test_a_process_that_ends_has_written_every_line() -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert [line.split('"event": ')[1][:8] for line in ended.stderr.splitlines()] == ['"first",', '"second"']
