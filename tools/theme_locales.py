"""Writes the theme app extension's locale files from `locales/`, as Shopify names and nests them.

Shoppers read a heading of it and the labels of one form; everything else they read comes finished in metafields. Notes
in the theme editor are the merchant's, as is what the editor calls blocks and settings. Run
`python tools/theme_locales.py` after changing the words; a test compares.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from plugin.i18n import DESK_LANGUAGES, FALLBACK, LANGUAGES, catalogue, read_entries

FOLDER: Final = Path(__file__).parents[1] / "extensions" / "aftercare-theme" / "locales"
SHOPIFY: Final[Mapping[str, str]] = {"pt": "pt-PT", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}
"""The name Shopify has for a language where it is not ours (shopify.dev, "Locale files", 2026-10)."""
UNSPOKEN: Final = frozenset({"ar"})
"""Languages of the desk that Shopify's admin, and so its theme editor, does not have."""
SHOPPERS: Final[Mapping[str, str]] = {"heading": "page.heading"}
FORM: Final[Mapping[str, str]] = {
    "number": "claim.find.number",
    "email": "claim.find.email",
    "submit": "claim.find.submit",
}
"""How an order is found: as on our own pages."""
_NOTES, _WORDS = "theme.editor.", "theme."


def locale_files() -> Iterator[tuple[str, str]]:
    """Name and text of each file: the shop's pages in every language, the editor's words in those of its merchants."""
    for language in LANGUAGES:
        yield f"{_name(language)}.json", _written(_of_pages(language))
    for language in DESK_LANGUAGES:
        if language not in UNSPOKEN:
            yield f"{_name(language)}.schema.json", _written(_of_editor(language))


def _name(language: str) -> str:
    return f"{SHOPIFY.get(language, language)}{'.default' if language == FALLBACK else ''}"


def _of_pages(language: str) -> dict[str, Any]:
    words, notes = catalogue(language), [key for key in read_entries(FALLBACK) if key.startswith(_NOTES)]
    headings = {name: words.text(key) for name, key in SHOPPERS.items()}
    form = {name: words.text(key) for name, key in FORM.items()}
    return headings | {"form": form, "editor": {key.removeprefix(_NOTES): words.text(key) for key in notes}}


def _of_editor(language: str) -> dict[str, Any]:
    words = catalogue(language)
    tree: dict[str, Any] = {}
    for key in read_entries(FALLBACK):
        if key.startswith(_WORDS) and not key.startswith(_NOTES):
            *path, last = _path(key)
            branch = tree
            for name in path:
                branch = branch.setdefault(name, {})
            branch[last] = words.text(key)
    return tree


def _path(key: str) -> list[str]:
    """Where a key stands in Shopify's file; a setting with words of its own and others below it is its `label`."""
    path = key.removeprefix(_WORDS).split(".")
    return [*path, "label"] if path[0] == "setting" and len(path) == 2 else path  # noqa: PLR2004 - "setting" and its name


def _written(words: Mapping[str, Any]) -> str:
    return json.dumps(words, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write the files anew; those of languages that are gone are removed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.glob("*.json"):
        path.unlink()
    for name, text in locale_files():
        (FOLDER / name).write_text(text)


if __name__ == "__main__":
    main()
