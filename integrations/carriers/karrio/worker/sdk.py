"""karrio, imported with what that does to the whole process undone.

Importing it switches off the verification of TLS certificates for everything that takes `ssl`'s default, makes Pillow
accept cut-off pictures, opens a log of every request on stderr, and warns of a library that was given up (karrio
2026.1.32, measured). Its own HTTP is never used: it waits for ever, for it passes no time-out on purpose, and verifies
nobody.
"""

import logging
import ssl
import warnings
from typing import Any, Final

from loguru import logger
from PIL import ImageFile

# What it puts in the place of `ssl`'s default verifies, too, while it is imported: other threads connect meanwhile.
_DEFAULT: Final = ssl._create_default_https_context  # noqa: SLF001 - where `ssl` keeps it; karrio changes it
_UNVERIFIED: Final = ssl._create_unverified_context  # noqa: SLF001 - what karrio changes it to
_CUT_OFF: Final = ImageFile.LOAD_TRUNCATED_IMAGES
ssl._create_unverified_context = ssl.create_default_context  # type: ignore[assignment]  # noqa: SLF001 - takes less, and verifies
try:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from karrio import lib
        from karrio.core import models
finally:
    ssl._create_unverified_context = _UNVERIFIED  # noqa: SLF001 - as it was
    ssl._create_default_https_context = _DEFAULT  # noqa: SLF001 - as it was
    ImageFile.LOAD_TRUNCATED_IMAGES = _CUT_OFF

logger.remove()  # its bodies are personal, and its addresses may be; nobody else here logs by loguru
logger.disable("karrio")
logging.getLogger("jstruct").setLevel(logging.CRITICAL + 1)  # warns of each field it does not know, contents included

__all__ = ["NoNetwork", "asked_for", "lib", "offline", "read"]


class NoNetwork(Exception):
    """karrio was about to call a carrier by itself, for a proof of delivery nobody asked for."""


def offline(settings: Any, **facts: str) -> Any:  # noqa: ANN401 - karrio's classes have no types
    """Settings of a carrier by which karrio reads but cannot call: without keys, and `NoNetwork` for an address."""
    unreachable: Any = type("Offline", (settings,), {"server_url": property(_refuse)})
    return unreachable.as_stub(facts)


def _refuse(_: object) -> str:
    raise NoNetwork


def asked_for(numbers: list[str]) -> Any:  # noqa: ANN401 - karrio's classes have no types
    """How karrio asks for these numbers."""
    return models.TrackingRequest(tracking_numbers=numbers)


def read(tracking: Any, settings: Any, answer: object) -> Any:  # noqa: ANN401 - karrio's classes have no types
    """The first parcel that karrio reads in an answer, its `TrackingDetails`; None where it cannot read it.

    It raises whatever comes where a carrier leaves out what karrio takes for granted; what it would have told is
    beside what we read ourselves, so its failure costs no event.
    """
    try:
        found, _ = tracking.parse_tracking_response(lib.Deserializable(answer), settings)
    except Exception:  # noqa: BLE001 - karrio names no errors
        return None
    return next(iter(found or ()), None)
