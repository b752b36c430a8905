"""The case file as paper: for reading, beside the signed file that can be checked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.case_file.case_file import CaseFile


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the record in words; `words` is what somebody wrote, `is_erased` that it was erased."""

    seq: int
    at: datetime
    who: str
    text: str
    words: str | None = None
    is_erased: bool = False


@dataclass(frozen=True, slots=True)
class CasePaper:
    """What is printed: the case with its record in words, in `language`, and the signed file it belongs to."""

    case: CaseFile
    told: tuple[Told, ...]
    language: str
    data: bytes
    key_id: str
    key_address: str


PrintCase = Callable[[CasePaper], bytes]
"""Sets it as PDF, with the signed file inside."""
