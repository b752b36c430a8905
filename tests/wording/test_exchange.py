"""The exchange with translators: what a PO file carries, what comes back, and what is refused."""

from __future__ import annotations

import gettext
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from plugin.i18n import FOLDER, LANGUAGES, Entry, catalogue, files_of, placeholders
from plugin.wording.exchange import Fault, NoPo, Words, forms_of, merged, read, reviewed, to_po

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LENGTH = "length.years"
OTHERS = [language for language in LANGUAGES if language != "en"]


def stored(folder: str, like: str, state: str = "machine", **states: str) -> Words:
    files: dict[str, dict[str, Any]] = {
        name: json.loads((FOLDER / folder / f"{name}.json").read_text("utf-8")) for name in files_of(like)
    }
    return Words(folder, catalogue(folder).locale, files, states, state)


def language(tag: str, entries: dict[str, Entry], state: str = "machine", **states: str) -> Words:
    return Words(tag, catalogue(tag).locale, {"law": entries}, states, state)


ENGLISH = language(
    "en",
    {
        "label.law": "Your right by law",
        "state.open": "open",
        "format.day": "d MMMM y",
        "step.delivered": "Delivered on {day}, {reporter}.",
        "length.years": {"count": "n", "one": "{n} year", "other": "{n} years"},
    },
)
CZECH = language(
    "cs",
    {
        "label.law": "Vaše zákonné právo",
        "state.open": "běží",
        "format.day": "d. MMMM y",
        "step.delivered": "Doručeno {day}, {reporter}.",
        "length.years": {"count": "n", "one": "{n} rok", "few": "{n} roky", "many": "{n} roku", "other": "{n} let"},
    },
)
VOUCHED = replace(CZECH, state="reviewed")


def handed_out(ours: Words = VOUCHED, english: Words = ENGLISH) -> str:
    return to_po(english, ours, AT).decode()


def faults(po: str, english: Words = ENGLISH, ours: Words = VOUCHED) -> list[Fault]:
    taken, found = reviewed(read(po.encode())[1], english, ours)
    assert not {fault.key for fault in found} & taken.keys()
    return list(found)


@pytest.mark.parametrize("tag", OTHERS)
def test_whatever_is_handed_out_and_vouched_for_comes_back_unchanged(tag: str) -> None:
    english, ours = stored("en", tag), stored(tag, tag, "reviewed")
    said, messages = read(to_po(english, ours, AT))
    taken, found = reviewed(messages, english, ours)
    assert said == tag
    assert found == ()
    assert taken == {key: entry for key, entry in ours.entries.items() if not key.startswith("format.")}
    assert merged(ours, english, taken) == ours


@pytest.mark.parametrize("tag", OTHERS)
def test_an_editors_plural_rule_picks_the_form_that_ours_picks(tag: str) -> None:
    english, ours = (language(each, {LENGTH: stored(each, tag).entries[LENGTH]}) for each in ("en", tag))
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(to_po(english, ours, AT))), use_fuzzy=True)
    compiled.seek(0)
    translated, forms = gettext.GNUTranslations(compiled), ours.entries[LENGTH]
    assert not isinstance(forms, str)
    for number in range(1, 130):
        said = translated.npgettext(LENGTH, "{n} year", "{n} years", number)
        assert said == forms[ours.locale.plural_form(number)]


def test_a_message_is_the_key_english_and_the_sentence_and_names_its_plural_forms() -> None:
    assert '''msgctxt "step.delivered"
msgid "Delivered on {day}, {reporter}."
msgstr "Doručeno {day}, {reporter}."''' in handed_out()
    assert "#. One form each for: one, few, many, other (by {n})" in handed_out()


def test_words_nobody_has_reviewed_are_fuzzy_and_locked_ones_and_patterns_stay_at_home() -> None:
    po = handed_out(replace(CZECH, states={"label.law": "locked", "state.open": "reviewed"}))
    assert "label.law" not in po
    assert "format.day" not in po
    (fuzzy, *others) = [message for message in read(po.encode())[1] if message.context != "state.open"]
    assert fuzzy.fuzzy
    assert all(message.fuzzy for message in others)
    assert '#: law.json\nmsgctxt "state.open"' in po


def test_what_a_translator_leaves_fuzzy_or_empty_stays_as_it_is() -> None:
    taken, found = reviewed(read(handed_out(CZECH).encode())[1], ENGLISH, CZECH)
    assert (taken, found) == ({}, ())
    po = handed_out().replace('msgstr "běží"', 'msgstr ""')
    taken, found = reviewed(read(po.encode())[1], ENGLISH, VOUCHED)
    assert "state.open" not in taken
    assert found == ()


def test_what_is_taken_over_is_reviewed_and_in_the_order_of_english() -> None:
    turned = replace(CZECH, files={"law": dict(reversed(CZECH.files["law"].items()))}, states={"label.law": "locked"})
    after = merged(turned, ENGLISH, {"state.open": "trvá"})
    assert list(after.files["law"]) == list(ENGLISH.files["law"])
    assert after.entries["state.open"] == "trvá"
    assert dict(after.states) == {"label.law": "locked", "state.open": "reviewed"}


@pytest.mark.parametrize(
    ("sent", "instead", "key", "says"),
    [
        ("Doručeno {day}", "Doručeno", "step.delivered", "lacks the fact {day}."),
        ("Doručeno {day}", "Doručeno {den}", "step.delivered", "names a fact English has not: {den}."),
        ("Doručeno {day}", "Doručeno {day} {", "step.delivered", "has a brace that belongs to no fact."),
        ('msgstr[2] "{n} roku"\n', 'msgstr[2] ""\n', "length.years", "needs 4 plural forms (one, few, many, other)"),
        ('msgctxt "state.open"', 'msgctxt "state.ajar"', "state.ajar", "English has no such key."),
        ('msgctxt "state.open"\n', "", "", "has no key (msgctxt): 'open'"),
        ('msgid "open"', 'msgid "ajar"', "state.open", "English has changed since this file was made"),
        ('msgctxt "state.open"', 'msgctxt "format.day"', "format.day", "is locked or a pattern"),
    ],
)
def test_a_fault_is_told_with_its_key(sent: str, instead: str, key: str, says: str) -> None:
    po = handed_out()
    assert sent in po
    assert any(fault.key == key and fault.says.startswith(says) for fault in faults(po.replace(sent, instead)))


def test_a_form_too_few_is_a_fault_whatever_the_file_says_of_its_plurals() -> None:
    po = handed_out().replace("nplurals=4", "nplurals=3").replace('msgstr[3] "{n} let"\n', "")
    assert [fault.key for fault in faults(po)] == ["length.years"]


def test_a_locked_sentence_is_not_changed_by_a_file_made_before() -> None:
    (fault,) = faults(handed_out(), ours=replace(VOUCHED, states={"state.open": "locked"}))
    assert fault.key == "state.open"


@pytest.mark.parametrize("nonsense", [b"msgid", b"\xff\xfe\x00", b"<html></html>"])
def test_what_is_no_po_file_is_refused(nonsense: bytes) -> None:
    with pytest.raises(NoPo):
        read(nonsense)


def test_a_file_without_a_language_names_none() -> None:
    assert read(b'msgid "a"\nmsgstr "b"\n')[0] == ""


def test_forms_are_numbered_as_cldr_lists_them() -> None:
    assert forms_of(catalogue("ar").locale) == ("zero", "one", "two", "few", "many", "other")
    assert placeholders(CZECH.entries["length.years"]) == {"n"}
