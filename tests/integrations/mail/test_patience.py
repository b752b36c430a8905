"""No server keeps a letter's connection for ever, whatever it says or does not say."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from time import monotonic

import pytest

from integrations.mail.smtp import SmtpMailer
from integrations.mail.smtp.connection import Patience
from plugin.domain.sender import Encryption, MailServer, Sender
from plugin.ports.errors import Unavailable
from plugin.ports.mailer import Mail
from tests.build import NOW
from tests.fakes.sources import FakeClock

MAIL = Mail("ida@example.com", "Hello", "Text", "en")
LONG = 30.0


@contextmanager
def strange_server(talk: Callable[[socket.socket, Event], None]) -> Iterator[int]:
    """One that does with its first caller whatever `talk` does, until the block ends."""
    over = Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError), listener.accept()[0] as caller:
                talk(caller, over)

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        over.set()
        thread.join(5)


def sender(port: int, encryption: Encryption) -> Sender:
    return Sender("Nordkap", "help@nordkap.example", None, MailServer("127.0.0.1", port, encryption))


def silent(caller: socket.socket, over: Event) -> None:
    del caller
    over.wait(LONG)


def dripping(caller: socket.socket, over: Event) -> None:
    while not over.wait(0.05):
        caller.sendall(b"2")


def endless(caller: socket.socket, over: Event) -> None:
    while not over.is_set():
        caller.sendall(b"220-" + b"x" * 60_000)


def nonsense(caller: socket.socket, over: Event) -> None:
    caller.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    over.wait(LONG)


@pytest.mark.parametrize("talk", [silent, dripping, endless, nonsense])
@pytest.mark.parametrize("encryption", [Encryption.NONE, Encryption.TLS])
def test_it_is_left_in_time_and_the_letter_is_tried_again(
    talk: Callable[[socket.socket, Event], None], encryption: Encryption
) -> None:
    patience = Patience(connect=0.4, reply=0.4, accept=0.4, whole=0.8)
    mailer = SmtpMailer(FakeClock(NOW), allows_private=True, patience=patience)
    began = monotonic()
    with strange_server(talk) as port, pytest.raises(Unavailable):
        mailer.send(MAIL, sender(port, encryption), idempotency_key="mail1")
    assert monotonic() - began < 5


def test_who_waits_at_a_page_waits_no_longer_than_told() -> None:
    mailer = SmtpMailer(FakeClock(NOW), allows_private=True)
    began = monotonic()
    with strange_server(dripping) as port, pytest.raises(Unavailable):
        mailer.send(MAIL, sender(port, Encryption.NONE), idempotency_key="mail1", within=0.5)
    assert monotonic() - began < 5
