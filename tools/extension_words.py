"""Writes the locale files of the UI extensions from `locales/`: what they say before or without an answer of ours.

What that is stands in their sources (`say(shopify, "key")`), so nothing is listed twice and nothing is shipped unsaid.
Run `python -m tools.extension_words` after changing either; a test compares.
"""

import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from plugin.i18n import FALLBACK, LANGUAGES, catalogue
from tools.theme_locales import SHOPIFY

FOLDER: Final = Path(__file__).parents[1] / "extensions"
_SAID: Final = re.compile(r'\bsay\(\s*shopify,\s*"([\w.]+)"')
_FACT: Final = re.compile(r"\{(\w+)\}")
_IMPORT: Final = re.compile(r'\bfrom "(\.[\w./-]+)\.js"')


def extensions() -> Iterator[Path]:
    """The folders of the UI extensions."""
    for file in sorted(FOLDER.glob("*/shopify.extension.toml")):
        if any(each["type"] == "ui_extension" for each in tomllib.loads(file.read_text()).get("extensions", [])):
            yield file.parent


def sources(extension: Path) -> frozenset[Path]:
    """Its modules and whatever they import of ours."""
    settings = tomllib.loads((extension / "shopify.extension.toml").read_text())
    targets = (target for each in settings["extensions"] for target in each["targeting"])
    waiting = [(extension / target["module"]).resolve() for target in targets]
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [_module(path.parent / name) for name in _IMPORT.findall(path.read_text())]
    return frozenset(found)


def locale_files(extension: Path) -> Iterator[tuple[str, str]]:
    """Name and text of each file; a key is flat, because one may begin another. What says nothing has no files."""
    keys = sorted({key for path in sources(extension) for key in _SAID.findall(path.read_text())})
    for language in LANGUAGES if keys else ():
        name = f"{SHOPIFY.get(language, language)}{'.default' if language == FALLBACK else ''}.json"
        words = {key.replace(".", "_"): _text(language, key) for key in keys}
        yield name, json.dumps(words, ensure_ascii=False, indent=2) + "\n"


def _text(language: str, key: str) -> str:
    """The sentence with its facts as Shopify writes them: `{{n}}`."""
    facts = _FACT.findall(str(catalogue(FALLBACK).entries[key]))
    return catalogue(language).text(key, **{fact: f"{{{{{fact}}}}}" for fact in facts})


def _module(path: Path) -> Path:
    named = (path.with_suffix(suffix).resolve() for suffix in (".ts", ".tsx"))
    return next(each for each in named if each.is_file())


def main() -> None:
    """Write the files anew; those of languages that are gone are removed."""
    for extension in extensions():
        folder = extension / "locales"
        shutil.rmtree(folder, ignore_errors=True)
        for name, text in locale_files(extension):
            folder.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
