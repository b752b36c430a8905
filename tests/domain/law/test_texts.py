"""The official words are exactly the ones that were read, and the right ones are found."""

import hashlib
import json
from pathlib import Path

import pytest

import plugin.domain.law
from plugin.domain.law.errors import UnknownText
from plugin.domain.law.texts import fixed_text, load_texts, official_text

PAYLOAD = Path(__file__).parents[2] / "payloads" / "law" / "texts.json"
LOCKED = "965bb7c0eaaadb42aed4ce250b64668a12746a15f9d5f183c9d81439f4b53f65"


def test_the_official_words_are_locked() -> None:
    """Change this only with the Official Journal or the national statute in hand."""
    texts = load_texts()
    words = sorted((*key, text.text) for key, text in texts.by_language.items() if text.official)
    words += sorted((*key, text.text) for key, text in texts.national.items())
    assert hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest() == LOCKED


def test_the_words_are_those_of_the_data_set_byte_for_byte() -> None:
    assert Path(plugin.domain.law.__file__).with_name("texts.json").read_bytes() == PAYLOAD.read_bytes()


@pytest.mark.parametrize(
    ("language", "country", "words"),
    [
        ("de", "DE", "Vertrag widerrufen"),
        ("de", "AT", "Vertrag widerrufen"),
        ("fr", "FR", "Renoncer au contrat ici"),
        ("sv", "SE", "Ångra avtalet här"),
        ("es", "AR", "Botón de Arrepentimiento"),
        ("cs", "CZ", "Zde odstoupit od smlouvy"),
        ("cs", None, "Zde odstoupit od smlouvy"),
    ],
)
def test_national_words_win_over_the_languages(language: str, country: str | None, words: str) -> None:
    assert official_text(language, "withdraw_button", country).text == words


def test_all_official_languages_have_both_buttons() -> None:
    texts = load_texts().by_language
    languages = {language for language, key in texts if key == "withdraw_button" and texts[language, key].official}
    assert len(languages) == 24
    assert all(texts[language, "confirm_button"].official for language in languages)


def test_an_ordinary_translation_does_not_call_itself_official() -> None:
    assert not official_text("de", "free_returns").official


def test_a_text_nobody_has_is_not_made_up() -> None:
    with pytest.raises(UnknownText):
        official_text("ar", "withdraw_button")
    with pytest.raises(UnknownText):
        fixed_text("nothing")


def test_texts_the_law_gives_word_for_word_are_here() -> None:
    assert fixed_text("au_warranty_goods").text.startswith("Our goods come with guarantees that cannot be excluded")
    assert "scan the QR code" in official_text("en", "legal_guarantee_notice_transcript").text
