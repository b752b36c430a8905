"""Translates records in processes of their own, in order, never far ahead of what the database takes."""

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain
from multiprocessing import get_context
from os import cpu_count

from integrations.platforms import TRANSLATORS
from plugin.cli.packing import Packed, Unpacked, pack, unpack
from plugin.collector import expect_many_records
from plugin.domain.order import Platform
from plugin.ports.platform import Message
from plugin.usecases.read_record import Meaning, Reading, read_record

_CHUNK_RECORDS = 200
_CHUNK_BYTES = 1024 * 1024
_ALONE = 3
"""So many chunks are translated right here: starting a process would take longer."""
_AHEAD = 3
"""So many chunks may be under way for each process."""
_MOST_WORKERS = 4


def translate(bodies: Iterable[bytes], platform: Platform) -> Iterator[Reading]:
    """A reading of each record, in order."""
    chunks = _chunks(bodies)
    for _ in range(_ALONE):
        if (chunk := next(chunks, None)) is None:
            return
        yield from _readings(chunk, [(meaning, None) for meaning in translate_chunk(chunk, platform)])
    following = next(chunks, None)
    if following is not None:
        yield from _in_processes(chain([following], chunks), platform)


def translate_chunk(bodies: list[bytes], platform: Platform) -> list[Meaning]:
    """What each record means; no I/O, so any process may do it."""
    translator = TRANSLATORS[platform]
    return [read_record(Message("", body, {}), translator) for body in bodies]


def _translate_and_pack(bodies: list[bytes], platform: Platform) -> Packed:
    return pack(translate_chunk(bodies, platform))


def _in_processes(chunks: Iterator[list[bytes]], platform: Platform) -> Iterator[Reading]:
    workers = max(1, min((cpu_count() or 1) - 1, _MOST_WORKERS))
    context = get_context("spawn")  # a fork would take the database's connections along
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin) as pool:
        under_way: deque[tuple[list[bytes], Future[Packed]]] = deque()
        try:
            for chunk in chunks:
                under_way.append((chunk, pool.submit(_translate_and_pack, chunk, platform)))
                if len(under_way) > workers * _AHEAD:
                    yield from _next(under_way)
            while under_way:
                yield from _next(under_way)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _next(under_way: deque[tuple[list[bytes], "Future[Packed]"]]) -> Iterator[Reading]:
    chunk, packed = under_way.popleft()
    return _readings(chunk, unpack(packed.result()))


def _readings(bodies: list[bytes], unpacked: list[Unpacked]) -> Iterator[Reading]:
    return (Reading("", body, meaning, encoded) for body, (meaning, encoded) in zip(bodies, unpacked, strict=True))


def _chunks(bodies: Iterable[bytes]) -> Iterator[list[bytes]]:
    chunk: list[bytes] = []
    size = 0
    for body in bodies:
        chunk.append(body)
        size += len(body)
        if len(chunk) >= _CHUNK_RECORDS or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _begin() -> None:
    """Ctrl-C reaches every process of the terminal; the command decides what it means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    expect_many_records()
