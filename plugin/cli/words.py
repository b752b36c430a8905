"""`aftercare words`: hands a language's words to a translator as a PO file, and takes them back."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import click

from plugin.i18n import FALLBACK, FOLDER, LANGUAGES, catalogue, files_of
from plugin.wording.exchange import NoPo, Words, merged, read, reviewed, to_po

_TRANSLATED = tuple(language for language in LANGUAGES if language != FALLBACK)
_folder = click.option(
    "--locales",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=FOLDER,
    metavar="FOLDER",
    help="Where the words are, if not in this installation.",
)


@click.group("words")
def command() -> None:
    """Exchange words with translators."""


@command.command("export")
@click.argument("language", type=click.Choice(_TRANSLATED), metavar="LANG")
@_folder
def export(language: str, folder: Path) -> None:
    """Print the words of LANG (a tag such as `cs`) as a PO file. Words nobody has reviewed are marked fuzzy."""
    english, ours = _words(FALLBACK, language, folder), _words(language, language, folder)
    click.echo(to_po(english, ours, datetime.now(UTC)), nl=False)


@command.command("import")
@click.argument("file", type=click.File("rb"))
@_folder
def take(file: IO[bytes], folder: Path) -> None:
    """Take the reviewed words of a PO file over; `-` reads standard input.

    Every fault is named with its key; then nothing is taken over and the exit status is 1.
    """
    try:
        language, messages = read(file.read())
    except NoPo as error:
        raise click.ClickException(f"This is no PO file: {error}") from error
    if language not in _TRANSLATED:
        raise click.ClickException(f"The file's Language is {language or 'not named'}, which we do not translate.")
    english, ours = _words(FALLBACK, language, folder), _words(language, language, folder)
    taken, faults = reviewed(messages, english, ours)
    for fault in faults:
        click.echo(f"{fault.key or '(message)'}: {fault.says}", err=True)
    if faults:
        sys.exit(1)
    _write(ours, merged(ours, english, taken), folder)
    click.echo(f"reviewed {len(taken)}")


def _words(language: str, like: str, folder: Path) -> Words:
    """The words of `language` in the files that `like` has."""
    state = _read(folder / language / "state.json")
    files = {name: _read(folder / language / f"{name}.json") for name in files_of(like)}
    return Words(language, catalogue(language).locale, files, state["strings"], state["default"])


def _read(path: Path) -> dict[str, Any]:
    words: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return words


def _write(before: Words, after: Words, folder: Path) -> None:
    """Write what has changed, so that a diff shows nothing else."""
    place = folder / after.tag
    for name in after.files:
        if after.files[name] != before.files[name]:
            _save(place / f"{name}.json", after.files[name])
    if after.states != before.states:
        _save(place / "state.json", {"default": after.state, "strings": after.states})


def _save(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")
