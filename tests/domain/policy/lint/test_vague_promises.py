"""Vague promises are recognised in words nobody listed, and concrete ones are left alone.

`vague_promises/<set>/<language>.txt` holds a sentence a line: `~` before a vague promise, `=` before a concrete one.

`development/` was at hand while the words were chosen, so it proves nothing about others: `early` came first; `first`
to `fifth` were each written before the words were looked at again, measured once, and then learned from.
`held_out/` was written last and measured once, before anything was done about it: 99 of 105 recognised, 2 false alarms
among 105. What the tests hold came of mending those two. docs/policies/vague-promises.md has the figures of every set.
"""

import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from plugin.domain.policy.lint.wordings import Wording, is_read, languages, matches

HERE = Path(__file__).parent / "vague_promises"
DEVELOPMENT, HELD_OUT = "development", "held_out"
TEN = ("ar", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "zh-Hans")
"""Languages with 50 vague and 50 concrete sentences at least."""
LONG = 20_000
"""Characters of a text far longer than any policy has in one sentence."""


class Row(NamedTuple):
    language: str
    is_vague: bool
    text: str


def rows(name: str) -> list[Row]:
    found = sorted((HERE / name).rglob("*.txt"))
    lines = [(path.stem, line) for path in found for line in path.read_text("utf-8").splitlines()]
    assert all(line[:2] in ("~ ", "= ") for _, line in lines)
    return [Row(language, line[0] == "~", line[2:]) for language, line in lines]


def says(text: str, language: str) -> bool:
    return any(matches(text, language, Wording.VAGUE))


def false_alarms(name: str) -> list[str]:
    return [row.text for row in rows(name) if not row.is_vague and says(row.text, row.language)]


def recall(name: str) -> dict[str, float]:
    vague = [row for row in rows(name) if row.is_vague]
    each = Counter(row.language for row in vague)
    found = Counter(row.language for row in vague if says(row.text, row.language))
    return {language: found[language] / each[language] for language in each}


def test_the_sentences_at_hand_are_many_and_different() -> None:
    at_hand = rows(DEVELOPMENT)
    each = Counter((row.language, row.is_vague) for row in at_hand)
    assert all(each[language, is_vague] >= 50 for language in TEN for is_vague in (True, False))
    unseen = {row.text for row in rows(HELD_OUT)}
    assert not unseen & {row.text for row in at_hand}


def test_nine_of_ten_vague_promises_at_hand_are_recognised() -> None:
    assert {language: share for language, share in recall(DEVELOPMENT).items() if share < 0.9} == {}


def test_nine_of_ten_promises_held_out_are_recognised() -> None:
    shares = recall(HELD_OUT)
    assert sum(shares.values()) / len(shares) >= 0.9
    assert min(shares.values()) >= 0.85


def test_no_concrete_promise_held_out_raises_an_alarm() -> None:
    assert false_alarms(HELD_OUT) == []


def test_no_concrete_promise_at_hand_raises_an_alarm() -> None:
    assert false_alarms(DEVELOPMENT) == []


@pytest.mark.parametrize(
    ("language", "vague", "concrete"),
    [
        ("en", "Our couriers are quick.", "Our quickest courier delivers within 2 working days."),
        ("en", "Returning it is easy.", "Returning it is easy: print the label and hand it in at a post office."),
        ("de", "Der Umtausch ist einfach.", "Der Umtausch ist einfach: QR-Code im Paketshop vorzeigen."),
        ("fr", "Un retour facile.", "Un retour facile : nous payons l'étiquette."),
        ("es", "Devolverlo es fácil.", "Devolverlo es fácil: deja la caja con la etiqueta en Correos."),
        ("zh-Hans", "退货很简单。", "退货很简单：快递员上门取件。"),
        ("it", "Il reso è facile.", "Il reso è facile: stampi l'etichetta."),
        ("pl", "Zwrot jest łatwy.", "Zwrot jest łatwy: wydrukuj etykietę."),
    ],
)
def test_praise_is_fine_beside_what_the_shop_can_be_held_to(language: str, vague: str, concrete: str) -> None:
    assert says(vague, language)
    assert not says(concrete, language)


@pytest.mark.parametrize(
    ("language", "vague", "concrete"),
    [
        ("en", "We usually reply soon.", "We usually reply within 24 hours."),
        ("en", "Refunds come as soon as possible.", "Refunds come as soon as possible, at the latest after 14 days."),
        ("de", "In der Regel geht das zügig.", "In der Regel dauert das 5 Tage."),
        ("fr", "En général, nous répondons vite.", "En général, nous répondons sous 24 heures."),
        ("es", "Normalmente tarda poco.", "Normalmente tarda 5 días."),
        ("zh-Hans", "通常很快回复。", "通常24小时内回复。"),
    ],
)
def test_a_hedge_is_fine_beside_a_measure(language: str, vague: str, concrete: str) -> None:
    assert says(vague, language)
    assert not says(concrete, language)


def test_discretion_is_vague_whatever_number_stands_beside_it() -> None:
    assert says("Returns after 30 days are accepted at our discretion.", "en")
    assert says("Nach 30 Tagen entscheiden wir von Fall zu Fall.", "de")


def test_what_the_shopper_is_to_do_promises_nothing() -> None:
    assert not says("Please pack the vase carefully.", "en")
    assert says("We pack the vase carefully.", "en")


def test_a_permission_is_no_hedge() -> None:
    assert not says("You may keep the gift.", "en")
    assert says("We may keep a fee.", "en")


def test_a_turn_that_holds_a_cues_words_is_innocent() -> None:
    assert not says("The right lasts as long as the law's.", "en")
    assert says("A long guarantee protects the motor.", "en")


def test_the_same_sentence_gets_the_same_answer_however_it_is_typed() -> None:
    for text in ("Refunds are QUICK.", "refunds  are\u00a0quick.", "Ｒefunds are quick."):
        assert says(text, "en")
    assert says("Quick refunds.", "en-GB")
    assert says("退款很快。", "zh-Hans-CN")
    assert says("نرد المبلغ سريعًا.", "ar")
    assert says("نرد المبلغ سَريعا.", "ar")


def test_it_is_known_which_languages_are_read_and_for_what() -> None:
    assert languages() == ("ar", "cs", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ro", "sv", "zh-Hans")
    assert all(is_read(language, Wording.VAGUE) for language in languages())
    assert is_read("pt-BR", Wording.VAGUE)
    assert not is_read("pt-BR", Wording.SOLE_RIGHT)
    assert not is_read("zh-Hant", Wording.VAGUE)
    assert not says("退款很快。", "zh-Hant")


def test_a_thousand_sentences_are_read_in_a_fifth_of_a_second() -> None:
    thousand = rows(DEVELOPMENT)[:1000]
    for row in thousand:
        says(row.text, row.language)
    started = time.process_time()
    for row in thousand:
        says(row.text, row.language)
    assert time.process_time() - started < 0.2


@pytest.mark.parametrize("piece", ["a", "a ", "a-", "we may ", "最多", "1 ", "so gut wie ", "le plus "])
def test_reading_takes_time_in_proportion_to_the_text(piece: str) -> None:
    for language in languages():
        started = time.process_time()
        list(matches(piece * (LONG // len(piece)), language, Wording.VAGUE))
        assert time.process_time() - started < 2, language
