"""What a machine is: the states of one part of a claim, and the moves there are. Nothing here moves by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from plugin.domain.errors import Conflict

S = TypeVar("S", bound=StrEnum)


class NoSuchMove(Conflict):
    """The part of the claim has moved on, or was never where this move starts."""

    code = "no_such_move"

    def __init__(self, machine: str, at: str, to: str) -> None:
        super().__init__({"machine": machine, "at": at, "to": to})


@dataclass(frozen=True, slots=True)
class Machine(Generic[S]):
    """`moves` names, for each state that can be left, where it can go; a state without moves is final."""

    name: str
    start: S
    moves: Mapping[S, frozenset[S]]

    def step(self, at: S, to: S) -> S:
        """The state after the move. Raises `NoSuchMove`."""
        if not self.allows(at, to):
            raise NoSuchMove(self.name, at.value, to.value)
        return to

    def allows(self, at: S, to: S) -> bool:
        """Whether there is such a move."""
        return to in self.moves.get(at, frozenset())

    def is_final(self, at: S) -> bool:
        """Whether nothing follows."""
        return not self.moves.get(at)


def moves(table: Mapping[S, tuple[S, ...]]) -> Mapping[S, frozenset[S]]:
    """A table of moves."""
    return {at: frozenset(to) for at, to in table.items()}
