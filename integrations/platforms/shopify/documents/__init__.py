"""Everything we ask of Shopify, one self-contained GraphQL document a file; what is sent is what is validated."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

API_VERSION: Final = "2026-10"
"""Of the Admin and the Customer Account API; stable until 2027-10, and an expired one silently falls forward."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A document and the operation in it that is meant; `may_repeat`: sending it twice changes nothing."""

    name: str
    text: str
    may_repeat: bool


@cache
def query(file: str, name: str) -> Operation:
    """A query of ours, by file (without its ending) and operation name."""
    return Operation(name, _text(file), may_repeat=True)


@cache
def mutation(file: str, name: str) -> Operation:
    """A mutation of ours, likewise; never sent again by itself once it may have been carried out."""
    return Operation(name, _text(file), may_repeat=False)


def _text(file: str) -> str:
    return (files(__name__) / f"{file}.graphql").read_text(encoding="utf-8")
