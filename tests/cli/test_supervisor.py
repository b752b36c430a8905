"""The supervisor keeps real processes; each test tells them apart by files they write."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SUPERVISOR = """
    import sys
    from plugin.cli.supervisor import Program, Supervisor
    programs = [Program(name, [sys.executable, "-c", code]) for name, code in {programs!r}.items()]
    supervisor = Supervisor(programs, print, grace_seconds={grace})
    def on_started():
        print("started", flush=True)
        return {succeeds}
    sys.exit(not supervisor.run(on_started))
"""
STEADY = "import pathlib, os, time; pathlib.Path({note!r}).write_text(str(os.getpid())); time.sleep(60)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + STEADY

Start = Callable[..., "subprocess.Popen[str]"]


def eventually(is_true: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def pid_in(note: Path) -> int:
    eventually(lambda: note.exists() and bool(note.read_text()))
    return int(note.read_text())


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] != "Z"


@pytest.fixture
def start() -> Iterator[Start]:
    running: list[subprocess.Popen[str]] = []

    def run(programs: dict[str, str], *, grace: float = 10, succeeds: bool = True) -> subprocess.Popen[str]:
        code = textwrap.dedent(SUPERVISOR).format(programs=programs, grace=grace, succeeds=succeeds)
        process = subprocess.Popen([sys.executable, "-u", "-c", code], stdout=subprocess.PIPE, text=True)
        running.append(process)
        return process

    yield run
    for process in running:
        process.kill()
        process.communicate()


def test_ctrl_c_stops_every_program(start: Start, tmp_path: Path) -> None:
    notes = {name: tmp_path / name for name in ("web", "worker")}
    supervisor = start({name: STEADY.format(note=str(note)) for name, note in notes.items()})
    pids = [pid_in(note) for note in notes.values()]
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(10) == 0
    assert not any(map(is_running, pids))


def test_a_program_that_ignores_the_request_is_ended_after_its_grace(start: Start, tmp_path: Path) -> None:
    supervisor = start({"web": STUBBORN.format(note=str(tmp_path / "web"))}, grace=0.3)
    pid = pid_in(tmp_path / "web")
    supervisor.send_signal(signal.SIGTERM)
    assert supervisor.wait(10) == 0
    assert not is_running(pid)


def test_a_second_ctrl_c_ends_a_stubborn_program_at_once(start: Start, tmp_path: Path) -> None:
    supervisor = start({"web": STUBBORN.format(note=str(tmp_path / "web"))}, grace=60)
    pid_in(tmp_path / "web")
    supervisor.send_signal(signal.SIGINT)
    time.sleep(0.3)
    assert supervisor.poll() is None
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(10) == 0


def test_a_program_that_dies_is_started_again_and_the_others_stay(start: Start, tmp_path: Path) -> None:
    notes = {name: tmp_path / name for name in ("web", "worker")}
    supervisor = start({name: STEADY.format(note=str(note)) for name, note in notes.items()})
    web, worker = (pid_in(notes[name]) for name in ("web", "worker"))
    notes["worker"].unlink()
    os.kill(worker, signal.SIGKILL)
    assert pid_in(notes["worker"]) != worker
    assert is_running(web)
    supervisor.send_signal(signal.SIGINT)
    told, _ = supervisor.communicate(timeout=10)
    assert "The worker process ended (signal SIGKILL); starting it again in 1 s." in told


def test_what_a_dead_program_left_behind_ends_with_it(start: Start, tmp_path: Path) -> None:
    note, release = tmp_path / "child", tmp_path / "release"
    parent = f"""
import pathlib, subprocess, sys, time
subprocess.Popen([sys.executable, "-c", {STEADY.format(note=str(note))!r}])
while not pathlib.Path({str(release)!r}).exists(): time.sleep(0.01)
sys.exit(3)
"""
    start({"web": parent})
    child = pid_in(note)
    assert is_running(child)
    release.touch()
    eventually(lambda: not is_running(child))


def test_a_failed_start_stops_what_did_start(start: Start, tmp_path: Path) -> None:
    supervisor = start({"web": STEADY.format(note=str(tmp_path / "web"))}, succeeds=False)
    assert supervisor.wait(10) == 1
    assert not (tmp_path / "web").exists() or not is_running(pid_in(tmp_path / "web"))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent died")
def test_programs_end_even_when_the_supervisor_is_killed_outright(start: Start, tmp_path: Path) -> None:
    supervisor = start({"web": STEADY.format(note=str(tmp_path / "web"))})
    pid = pid_in(tmp_path / "web")
    supervisor.kill()
    eventually(lambda: not is_running(pid))
