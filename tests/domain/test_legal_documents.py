"""Official words are shipped or attested; nothing is translated, and what stands in for a language says so."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.errors import Invalid
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.law.texts import fixed_text
from plugin.domain.legal_documents import (
    AttestedText,
    Insert,
    Piece,
    Standing,
    TextIncomplete,
    checked,
    coverage,
    filled,
    legal_document,
)
from plugin.i18n import LANGUAGES
from tests.build import NOW

GERMAN = AttestedText("a1", Piece.FORM, "de", None, 1, "Muster-Widerrufsformular\nAn {trader}:", NOW, None)
AUSTRIAN = replace(GERMAN, id="a2", country="AT", text="Rücktrittsformular\nAn {trader}:")


def test_the_english_form_is_the_official_one_word_for_word() -> None:
    found = legal_document(Piece.FORM, "en", "IE", [])
    assert found is not None
    assert found.standing is Standing.OFFICIAL
    assert found.text == fixed_text("model_withdrawal_form_en").text


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_a_language_without_official_words_gets_the_official_english_and_is_told(language: str) -> None:
    found = legal_document(Piece.FORM, language, "DE", [])
    assert found is not None
    assert (found.language, found.is_substitute, found.standing) == ("en", True, Standing.NEEDED)


def test_an_instruction_nobody_has_the_words_of_is_not_there() -> None:
    assert legal_document(Piece.INSTRUCTION, "de", "DE", []) is None
    assert legal_document(Piece.INSTRUCTION, "en", "IE", []) is None


def test_an_attested_text_goes_before_everything_and_its_countrys_before_its_languages() -> None:
    in_germany, in_austria = (legal_document(Piece.FORM, "de", at, [GERMAN, AUSTRIAN]) for at in ("DE", "AT"))
    assert in_germany is not None
    assert in_austria is not None
    assert (in_germany.text, in_austria.text) == (GERMAN.text, AUSTRIAN.text)
    assert in_germany.standing is Standing.ATTESTED


def test_the_newest_version_is_shown_and_the_record_tells_them_apart() -> None:
    second = replace(GERMAN, id="a3", version=2, text="Neu {trader}", attested_at=NOW + timedelta(days=1))
    newest, before = (legal_document(Piece.FORM, "de", "DE", texts) for texts in ([second, GERMAN], [GERMAN]))
    assert newest is not None
    assert before is not None
    assert (newest.version, newest.digest) != (before.version, before.digest)


def test_an_attested_english_instruction_stands_in_where_a_language_has_none() -> None:
    english = AttestedText("a4", Piece.INSTRUCTION, "en", None, 1, "Right of withdrawal\n{trader}", NOW, None)
    found = legal_document(Piece.INSTRUCTION, "fi", "FI", [english])
    assert found is not None
    assert found.is_substitute


@given(st.text(max_size=60), st.text(max_size=60))
def test_filling_in_changes_only_the_places_left_for_it(trader: str, address: str) -> None:
    document = legal_document(Piece.FORM, "en", None, [])
    assert document is not None
    before, _, after = document.text.partition("[here the trader's")
    text = filled(document, {Insert.TRADER: f"A{trader}", Insert.ONLINE: f"B{address}"})
    assert text.startswith(before + "A")
    assert text.endswith(after.partition("]")[2])


def test_a_text_without_a_place_for_the_trader_is_refused() -> None:
    with pytest.raises(TextIncomplete) as refused:
        checked(Piece.FORM, "An den Händler")
    assert refused.value.facts["missing"] == "trader"


@pytest.mark.parametrize("text", ["", "  \n ", "{trader}\x00", "{trader}" + "x" * 20_001])
def test_a_text_that_cannot_be_shown_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        checked(Piece.FORM, text)


def test_the_merchant_sees_what_is_there_and_what_is_needed() -> None:
    law = load_rulebook().jurisdictions
    found = coverage({"DE": ["de"], "IE": ["ga", "en"], "US": ["en"]}, [GERMAN], law)
    standing = {(each.piece, each.country, each.language): each.standing for each in found}
    assert standing == {
        (Piece.INSTRUCTION, "DE", "de"): Standing.NEEDED,
        (Piece.FORM, "DE", "de"): Standing.ATTESTED,
        (Piece.INSTRUCTION, "IE", "ga"): Standing.NEEDED,
        (Piece.FORM, "IE", "ga"): Standing.NEEDED,
        (Piece.INSTRUCTION, "IE", "en"): Standing.NEEDED,
        (Piece.FORM, "IE", "en"): Standing.OFFICIAL,
    }
