"""Words as a PO file and back, for translators' editors; what comes back is judged before any of it is taken over.

A message is a key (`msgctxt`), English (`msgid`) and the language's sentence; plural forms are CLDR's, in CLDR's order.
Words nobody has reviewed are fuzzy, locked ones are not handed out. Patterns (`format.*`) are no sentences and stay.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from io import BytesIO

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po
from babel.plural import to_gettext

from plugin.i18n import Entry, placeholders

State = str
_FORMS = ("zero", "one", "two", "few", "many", "other")
_FACT = re.compile(r"\{\w+\}")
_EXPONENT = re.compile(r"\b[ce]\b")
"""What CLDR calls the exponent of 1.2M; 0 for every number gettext has."""


@dataclass(frozen=True)
class Words:
    """One language's words: entries by file and key, and how far each has been read (`state` where none is named)."""

    tag: str
    locale: Locale
    files: Mapping[str, Mapping[str, Entry]]
    states: Mapping[str, State]
    state: State

    def state_of(self, key: str) -> State:
        """Whether a key's words are `machine`, `reviewed` or `locked`."""
        return self.states.get(key, self.state)

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """All words by key."""
        return {key: entry for words in self.files.values() for key, entry in words.items()}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a message: its key (empty for the file itself) and a sentence for the translator."""

    key: str
    says: str


class NoPo(ValueError):
    """The file is no PO file; the message says where it stops being one."""


def to_po(english: Words, ours: Words, at: datetime) -> bytes:
    """The PO file of a language, in the order of English; `at` (aware) is when it was made."""
    po = Catalog(
        locale=ours.tag.replace("-", "_"),
        project="Aftercare",
        header_comment=f"# Aftercare in {ours.locale.english_name}. Fuzzy: nobody has reviewed it yet.",
        creation_date=at,
        revision_date=at,
        fuzzy=False,
    )
    po.mime_headers = [("Plural-Forms", _EXPONENT.sub("0", to_gettext(ours.locale.plural_form)))]
    for name, words in english.files.items():
        for key, entry in words.items():
            if _is_handed_out(key, ours):
                _add(po, name, key, entry, ours)
    file = BytesIO()
    write_po(file, po, width=0)
    return file.getvalue()


def read(data: bytes) -> tuple[str, tuple[Message, ...]]:
    """The BCP 47 tag and the messages of a PO file; obsolete ones are passed over. Raises `NoPo`."""
    try:
        po = read_po(BytesIO(data), ignore_obsolete=True, abort_invalid=True)
    except (PoFileError, ValueError, LookupError) as error:
        raise NoPo(str(error)) from error
    return (po.locale_identifier or "").replace("_", "-"), tuple(message for message in po if message.id)


def reviewed(messages: tuple[Message, ...], english: Words, ours: Words) -> tuple[dict[str, Entry], tuple[Fault, ...]]:
    """The words a translator vouches for, by key, and every fault found. Fuzzy and empty messages say nothing."""
    taken: dict[str, Entry] = {}
    faults: list[Fault] = []
    for message in messages:
        texts = _texts(message.string)
        if message.fuzzy or not any(texts):
            continue
        key = str(message.context or "")
        wrong = [Fault(key, says) for says in _faults(key, message, english, ours)]
        faults += wrong
        if not wrong:
            taken[key] = _entry(texts, english.entries[key], ours.locale)
    return taken, tuple(faults)


def merged(ours: Words, english: Words, taken: Mapping[str, Entry]) -> Words:
    """The language with these words taken over as reviewed, everything in the order of English."""
    entries = {**ours.entries, **taken}
    files = {name: {key: entries[key] for key in words if key in entries} for name, words in english.files.items()}
    states = {**ours.states, **dict.fromkeys(taken, "reviewed")}
    named = {key: states[key] for key in english.entries if states.get(key, ours.state) != ours.state}
    return Words(ours.tag, ours.locale, files, named, ours.state)


def forms_of(locale: Locale) -> tuple[str, ...]:
    """CLDR's plural forms of a language, in the order in which gettext numbers them."""
    return tuple(form for form in _FORMS if form in {*locale.plural_form.tags, "other"})


def _is_handed_out(key: str, ours: Words) -> bool:
    return not key.startswith("format.") and ours.state_of(key) != "locked"


def _add(po: Catalog, name: str, key: str, english: Entry, ours: Words) -> None:
    entry = ours.entries.get(key, "")
    flags = {"fuzzy"} if entry and ours.state_of(key) == "machine" else set[str]()
    where = [(f"{name}.json", 0)]
    if isinstance(english, str):
        po.add(english, str(entry), where, flags, context=key)
        return
    forms = entry if isinstance(entry, Mapping) else {}
    texts = tuple(forms.get(form, "") for form in forms_of(ours.locale))
    hint = [f"One form each for: {', '.join(forms_of(ours.locale))} (by {{{english['count']}}})"]
    po.add((english["one"], english["other"]), texts, where, flags, hint, context=key)


def _texts(string: object) -> tuple[str, ...]:
    return tuple(map(str, string)) if isinstance(string, list | tuple) else (str(string or ""),)


def _entry(texts: tuple[str, ...], english: Entry, locale: Locale) -> Entry:
    if isinstance(english, str):
        return texts[0]
    return {"count": english["count"], **dict(zip(forms_of(locale), texts, strict=True))}


def _faults(key: str, message: Message, english: Words, ours: Words) -> Iterator[str]:
    source = english.entries.get(key)
    if source is None:
        yield "English has no such key." if key else f"has no key (msgctxt): {message.id!r}"
    elif not _is_handed_out(key, ours):
        yield "is locked or a pattern and not translated this way."
    elif _texts(message.id) != _sources(source):
        yield "English has changed since this file was made; export again."
    else:
        yield from _faults_of_texts(_texts(message.string), source, ours.locale)


def _sources(source: Entry) -> tuple[str, ...]:
    return (source,) if isinstance(source, str) else (source["one"], source["other"])


def _faults_of_texts(texts: tuple[str, ...], source: Entry, locale: Locale) -> Iterator[str]:
    forms = ("sentence",) if isinstance(source, str) else forms_of(locale)
    if len(texts) != len(forms) or not all(texts):
        yield f"needs {len(forms)} plural forms ({', '.join(forms)}), none of them empty."
        return
    found, wanted = frozenset[str]().union(*map(placeholders, texts)), placeholders(source)
    yield from (f"lacks the fact {{{name}}}." for name in sorted(wanted - found))
    yield from (f"names a fact English has not: {{{name}}}." for name in sorted(found - wanted))
    if any(re.search(r"[{}]", _FACT.sub("", text)) for text in texts):
        yield "has a brace that belongs to no fact."
