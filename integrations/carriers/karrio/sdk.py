"""karrio, imported with what it does to the whole process undone: nobody else imports it.

Importing it switches the verification of TLS certificates off for everything that uses `ssl`'s default, makes Pillow
accept cut-off pictures, writes each request to stderr by loguru, and warns of a library that is given up (karrio
2026.1.32, measured). Its own HTTP is never used: it waits for ever, and verifies nobody.
"""

import ssl
import threading
import warnings
from importlib import import_module
from types import ModuleType
from typing import Any, Final

from PIL import ImageFile

_ALONE: Final = threading.Lock()


class NoNetwork(Exception):
    """karrio was about to talk to a carrier by itself."""


def provider(name: str) -> ModuleType:
    """karrio's tracking of one carrier (`karrio.providers.<name>.tracking`). Half a second the first time."""
    with _ALONE:
        verified, cut_off = ssl._create_default_https_context, ImageFile.LOAD_TRUNCATED_IMAGES  # noqa: SLF001 - karrio sets it
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                _silenced()
                return import_module(f"karrio.providers.{name}.tracking")
        finally:
            ssl._create_default_https_context = verified  # noqa: SLF001 - as it was
            ImageFile.LOAD_TRUNCATED_IMAGES = cut_off


def _silenced() -> None:
    """Its log goes nowhere: it has bodies and addresses in it. Nobody else here uses loguru."""
    import_module("karrio.core.utils.logger")
    import_module("loguru").logger.remove()
    import_module("loguru").logger.disable("karrio")


def settings(name: str, **facts: str) -> Any:  # noqa: ANN401 - karrio's classes have no types
    """karrio's settings of a carrier, without keys: it only reads. Where it would call a carrier, `NoNetwork`."""
    provider(name)
    made = import_module(f"karrio.mappers.{name}.settings").Settings

    class Offline(made):  # type: ignore[misc]  # karrio's classes have no types
        @property
        def server_url(self) -> str:
            raise NoNetwork(name)

    return Offline.as_stub(facts)
