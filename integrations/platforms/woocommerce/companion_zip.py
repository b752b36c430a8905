"""The companion plugin as WordPress installs it: one zip, the same bytes from the same sources on every machine."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import msgspec

from integrations.platforms.woocommerce.companion_words import compiled

_ROOT: Final = Path(__file__).parents[3]
_SOURCES: Final = _ROOT / "wordpress" / "aftercare"
_WIDGETS: Final = _ROOT / "static" / "widgets"
_ELEMENTS: Final = ("aftercare.css", "arrival.js", "core.js", "policy-badge.js", "tracking.js", "window-panel.js")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can name."""
_UNIX: Final = 3
_FILE: Final = 0o100644


def companion_zip(app: str | None = None) -> bytes:
    """The plugin with the elements it prints and the translations compiled; stored, since compressors differ.

    `app`: the address of the app it offers to connect to; None: whoever installs it types one.
    """
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as archive:
        for name, content in sorted(_entries(app)):
            entry = ZipInfo(f"aftercare/{name}", _EPOCH)
            entry.create_system, entry.external_attr = _UNIX, _FILE << 16
            archive.writestr(entry, content)
    return made.getvalue()


def _entries(app: str | None) -> Iterator[tuple[str, bytes]]:
    for file in _SOURCES.rglob("*"):
        name = file.relative_to(_SOURCES)
        if file.is_file() and not any(part.startswith(".") for part in name.parts):
            yield name.as_posix(), file.read_bytes()
    for language, content in compiled(_SOURCES / "languages"):
        yield f"languages/{language}", content
    for element in _ELEMENTS:
        yield f"assets/widgets/{element}", (_WIDGETS / element).read_bytes()
    if app is not None:
        yield "app.json", msgspec.json.encode({"app": app})
    yield "LICENSE", (_ROOT / "LICENSE").read_bytes()
