"""What differs from carrier to carrier."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from integrations.carriers.karrio.worker.answers import Answer
from integrations.json_reading import Json, verbatim


class Carrier(Protocol):
    """One account at one carrier. `slug`: ours for it; `teller`: whose table (`meanings_of`) its words are read by."""

    slug: str
    teller: str

    def ask(self, numbers: Sequence[str], now: datetime) -> Mapping[str, Answer]:
        """What it knows, by number; numbers it does not know are left out. Raises as `CarrierSource.ask` does."""
        ...


def is_about(answer: Json, number: str) -> bool:
    """Whether an answer names the number at all: one that does not is about another parcel."""
    return f'"{number}"' in verbatim(answer)


def each_alone(numbers: Sequence[str], ask: Callable[[str], Answer | None]) -> Mapping[str, Answer]:
    """What is known of each, where a question holds one number."""
    told = ((number, ask(number)) for number in numbers)
    return {number: answer for number, answer in told if answer is not None}
