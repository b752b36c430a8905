"""Answers one question from standard input on standard output, for `integrations.carriers.karrio.apart`."""

import sys

import msgspec

from integrations.carriers.karrio.apart import Answered, Asked
from integrations.carriers.karrio.worker.opening import opened
from integrations.guarded_http import open_session
from plugin.domain.decoding import decoder
from plugin.domain.tracking.account import CarrierAccount
from plugin.ports.errors import Rejected, Unavailable, Unreadable


def answered(asked: Asked) -> Answered:
    """Ask, and put whatever comes of it in words that go over."""
    account = CarrierAccount(asked.kind, asked.keys, "", asked.now)
    session = open_session(allows_private=asked.allows_private)
    try:
        return Answered(tuple(opened(account, session, asked.address).ask(asked.parcels, asked.now)))
    except Unavailable as error:
        return Answered(unavailable=(error.reason, error.retry_after, error.detail))
    except Rejected as error:
        return Answered(rejected=(error.code, error.detail))
    except Unreadable as error:
        return Answered(unreadable=(error.code, error.field))


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(answered(decoder(Asked).decode(sys.stdin.buffer.read()))))
