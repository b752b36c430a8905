"""One writer at a time across threads and processes; incoming messages first; the dead hold nothing."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from plugin.storage import write_lock
from plugin.storage.write_lock import FileLock

WAIT = 20.0

LOCK = f"""
import runpy
import sys
from pathlib import Path
FileLock = runpy.run_path({write_lock.__file__!r})["FileLock"]  # without what the storage imports, which takes seconds
"""

HOLDER = f"""{LOCK}
with FileLock(Path(sys.argv[1])).held(is_incoming=sys.argv[2] == "incoming"):
    print("held", flush=True)
    sys.stdin.readline()
"""

COUNTER = f"""{LOCK}
lock, total = FileLock(Path(sys.argv[1])), Path(sys.argv[2])
for turn in range(200):
    with lock.held(is_incoming=turn % 2 == 0):
        total.write_text(str(int(total.read_text()) + 1))
"""

FORKER = COUNTER.replace("for turn", "with lock.held(is_incoming=False): pass\nimport os\nchild = os.fork()\nfor turn")
FORKER += """
if child:
    os.waitpid(child, 0)
"""


@contextmanager
def holder(database: Path, kind: str = "ordinary") -> Iterator[subprocess.Popen[str]]:
    """Run another process that waits for the lock, says so once it has it, and holds it until told."""
    command = [sys.executable, "-c", HOLDER, str(database), kind]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def has_the_lock(process: subprocess.Popen[str]) -> bool:
    assert process.stdout
    return process.stdout.readline() == "held\n"


def release(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "aftercare.sqlite3"


def in_thread(lock: FileLock, done: threading.Event, *, is_incoming: bool = False) -> threading.Thread:
    def write() -> None:
        with lock.held(is_incoming=is_incoming):
            done.set()

    thread = threading.Thread(target=write, daemon=True)
    thread.start()
    return thread


def test_a_writer_waits_for_one_in_another_process(database: Path) -> None:
    done = threading.Event()
    with holder(database) as other:
        assert has_the_lock(other)
        writer = in_thread(FileLock(database), done)
        assert not done.wait(0.3)
        release(other)
        assert done.wait(WAIT)
        writer.join(WAIT)


def test_the_lock_of_a_killed_process_is_free_at_once(database: Path) -> None:
    with holder(database) as other:
        assert has_the_lock(other)
        os.kill(other.pid, signal.SIGKILL)
        done = threading.Event()
        in_thread(FileLock(database), done).join(WAIT)
        assert done.is_set()


def test_an_incoming_message_overtakes_writers_that_wait(database: Path) -> None:
    lock = FileLock(database)
    order: list[str] = []

    def write(name: str, *, is_incoming: bool) -> None:
        with lock.held(is_incoming=is_incoming):
            order.append(name)

    with holder(database) as other:
        assert has_the_lock(other)
        ordinary = [threading.Thread(target=write, args=(f"ordinary{i}",), kwargs={"is_incoming": False}) for i in "12"]
        for thread in ordinary:
            thread.start()
        incoming = threading.Thread(target=write, args=("incoming",), kwargs={"is_incoming": True})
        incoming.start()
        assert _waits(database, "write"), "the incoming writer queues for the lock itself"
        release(other)
        for thread in (*ordinary, incoming):
            thread.join(WAIT)
    assert order[0] == "incoming"
    assert sorted(order) == ["incoming", "ordinary1", "ordinary2"]


def test_processes_that_count_together_lose_no_count(database: Path, tmp_path: Path) -> None:
    total = tmp_path / "total"
    total.write_text("0")
    command = [sys.executable, "-c", COUNTER, str(database), str(total)]
    for process in [subprocess.Popen(command) for _ in range(3)]:
        assert process.wait(WAIT) == 0
    assert total.read_text() == "600"


def test_a_forked_child_does_not_share_its_parents_lock(database: Path, tmp_path: Path) -> None:
    total = tmp_path / "total"
    total.write_text("0")
    assert subprocess.run([sys.executable, "-c", FORKER, str(database), str(total)], check=True, timeout=WAIT)
    assert total.read_text() == "400"


def _waits(database: Path, latch: str) -> bool:
    """Whether this process waits for a lock file, as the kernel lists it (Linux)."""
    inode = database.with_name(f"{database.name}.{latch}").stat().st_ino
    for _ in range(2000):
        waiting = [line for line in Path("/proc/locks").read_text().splitlines() if "->" in line]
        if any(line.split()[-3].endswith(f":{inode}") for line in waiting):
            return True
        threading.Event().wait(0.005)
    return False
