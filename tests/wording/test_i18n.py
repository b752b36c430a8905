"""Languages: which one answers, how facts are written, what happens to words nobody has."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.i18n import DESK_LANGUAGES, LANGUAGES, MissingWords, catalogue, negotiate

MONDAY = date(2023, 12, 18)


@pytest.mark.parametrize(
    ("tag", "named"),
    [("de", "German"), ("pt-BR", "Brazilian Portuguese"), ("de-LI", "German (Liechtenstein)"), ("xx", "xx")],
)
def test_a_language_has_a_name_and_one_nobody_knows_is_called_by_its_tag(tag: str, named: str) -> None:
    assert catalogue("en").language_name(tag) == named


@pytest.mark.parametrize(
    ("chosen", "header", "language"),
    [
        ("de", "fr", "de"),
        ("de-AT", None, "de"),
        ("zh-CN", None, "zh-Hans"),
        ("zh_Hans", None, "zh-Hans"),
        (None, "fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        (None, "en;q=0.2, pl;q=0.7", "pl"),
        (None, "tlh, ar;q=0.1", "ar"),
        (None, "de;q=0, it", "it"),
        ("tlh", "es", "es"),
        (None, "*", "en"),
        (None, ";;q=,,", "en"),
        (None, None, "en"),
    ],
)
def test_the_language_chosen_wins_then_the_best_one_accepted(
    chosen: str | None, header: str | None, language: str
) -> None:
    assert negotiate(chosen, header) == language


NEIGHBOURS = ("en", "de", "pt-BR", "pt", "nb", "he", "id", "ro", "zh-Hans", "zh-Hant")


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-Hans-TW", "zh-Hans"),
        ("zh-cmn-Hant", "zh-Hant"),
        ("cmn", "zh-Hans"),
        ("pt", "pt"),
        ("pt-PT", "pt"),
        ("pt-AO", "pt"),
        ("pt-BR", "pt-BR"),
        ("PT_br", "pt-BR"),
        ("no", "nb"),
        ("nn", "nb"),
        ("nn-NO", "nb"),
        ("nb-NO", "nb"),
        ("iw", "he"),
        ("he-IL", "he"),
        ("in", "id"),
        ("mo", "ro"),
        ("de-Latn-CH-1996", "de"),
        ("de-DE-u-co-phonebk", "de"),
        ("en-001", "en"),
    ],
)
def test_a_tag_is_answered_in_the_same_language_and_script(tag: str, language: str) -> None:
    assert negotiate(tag, None, among=NEIGHBOURS, otherwise="none") == language
    assert negotiate(None, f"tlh, {tag.replace('_', '-')};q=0.5", among=NEIGHBOURS, otherwise="none") == language


@pytest.mark.parametrize("tag", ["yue", "de-Cyrl", "x-klingon", "i-klingon", "und", "root", "e", "", "en" + "-x" * 99])
def test_a_tag_of_another_language_or_script_is_answered_in_none_of_ours(tag: str) -> None:
    assert negotiate(tag, None, among=NEIGHBOURS, otherwise="none") == "none"


def test_a_country_of_its_own_answers_the_others_where_there_is_no_more_general_one() -> None:
    assert negotiate("pt-PT", None, among=("en", "pt-BR")) == "pt-BR"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_answers_to_its_own_tag(language: str) -> None:
    assert negotiate(language, None) == catalogue(language).language == language


def test_the_desk_answers_in_a_language_it_has_all_words_of() -> None:
    assert negotiate("fi", "pl, en;q=0.5", among=DESK_LANGUAGES) == "pl"
    assert negotiate("fi", None, among=DESK_LANGUAGES) == "en"


@given(st.text(max_size=80), st.text(max_size=200))
def test_whatever_a_browser_sends_some_language_answers(chosen: str, header: str) -> None:
    assert negotiate(chosen, header) in LANGUAGES


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en", "Monday 18 December 2023"),
        ("de", "Montag, 18. Dezember 2023"),
        ("fr", "lundi 18 décembre 2023"),
        ("es", "lunes 18 de diciembre de 2023"),
        ("it", "lunedì 18 dicembre 2023"),
        ("pl", "18 grudnia 2023 (poniedziałek)"),
        ("zh-Hans", "2023年12月18日星期一"),
        ("ar", "الاثنين، 18 ديسمبر 2023"),
        ("bg", "18 декември 2023 година (понеделник)"),
        ("cs", "18. prosince 2023 (pondělí)"),
        ("da", "mandag den 18. december 2023"),
        ("el", "Δευτέρα 18 Δεκεμβρίου 2023"),
        ("et", "esmaspäev, 18. detsember 2023"),
        ("fi", "18. joulukuuta 2023 (maanantai)"),
        ("ga", "Dé Luain 18 Nollaig 2023"),
        ("hr", "18. prosinca 2023. (ponedjeljak)"),
        ("hu", "2023. december 18. (hétfő)"),
        ("lt", "2023 m. gruodžio 18 d. (pirmadienis)"),
        ("uk", "18 грудня 2023 р. (понеділок)"),
        ("th", "วันจันทร์ที่ 18 ธันวาคม ค.ศ. 2023"),
        ("vi", "Thứ Hai, ngày 18 tháng 12 năm 2023"),
        ("sk", "18. decembra 2023 (pondelok)"),
        ("sv", "måndagen den 18 december 2023"),
        ("lv", "pirmdiena, 2023. gada 18. decembris"),
        ("mt", "It-Tnejn, 18 ta’ Diċembru 2023"),
        ("pt", "18 de dezembro de 2023 (segunda-feira)"),
    ],
)
def test_a_day_is_written_with_its_weekday_as_the_language_does(language: str, day: str) -> None:
    assert catalogue(language).day(MONDAY) == day


@pytest.mark.parametrize(
    ("language", "years"),
    [
        ("en", ["1 year", "2 years", "5 years", "22 years"]),
        ("pl", ["1 rok", "2 lata", "5 lat", "22 lata"]),
        ("ar", ["سنة واحدة", "سنتين", "5 سنوات", "22 سنة"]),
        ("zh-Hans", ["1年", "2年", "5年", "22年"]),
        ("cs", ["1 roku", "2 let", "5 let", "22 let"]),
        ("ga", ["1 bhliain", "2 bhliain", "5 bliana", "22 bliain"]),
        ("hr", ["1 godinu", "2 godine", "5 godina", "22 godine"]),
        ("lt", ["1 metus", "2 metus", "5 metus", "22 metus"]),
        ("ru", ["1 года", "2 лет", "5 лет", "22 лет"]),
        ("he", ["שנה אחת", "שנתיים", "5 שנים", "22 שנים"]),
        ("lv", ["1 gada", "2 gadu", "5 gadu", "22 gadu"]),
        ("mt", ["sena", "sentejn", "5 snin", "22 sena"]),
        ("ro", ["1 an", "2 ani", "5 ani", "22 de ani"]),
        ("sl", ["1 leto", "2 leti", "5 let", "22 let"]),
    ],
)
def test_plural_forms_follow_the_language(language: str, years: list[str]) -> None:
    assert [catalogue(language).text("length.years", n=n) for n in (1, 2, 5, 22)] == years


@pytest.mark.parametrize(
    ("language", "two", "three"),
    [("en", "a or b", "a, b or c"), ("mt", "a jew b", "a, b jew c"), ("ja", "aまたはb", "a、b、またはc")],
)
def test_alternatives_are_listed_as_the_language_does(language: str, two: str, three: str) -> None:
    words = catalogue(language)
    listed = [words.either(names) for names in ((), ("a",), ("a", "b"), ("a", "b", "c"))]
    assert listed == ["", "a", two, three]


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_no_other_language_lists_alternatives_in_english(language: str) -> None:
    assert " or " not in catalogue(language).either(["a", "b"])


@pytest.mark.parametrize("language", ["ar", "he"])
def test_arabic_and_hebrew_run_right_to_left_and_isolate_what_is_put_into_them(language: str) -> None:
    words = catalogue(language)
    assert words.direction == "rtl"
    assert "\u2068Engraving\u2069" in words.text("step.may_be_personalised", property="Engraving")


def test_a_right_to_left_name_is_isolated_in_a_left_to_right_sentence() -> None:
    words = catalogue("en")
    assert "(\u2068نقش\u2069)" in words.text("step.may_be_personalised", property="نقش")
    assert "(Engraving)" in words.text("step.may_be_personalised", property="Engraving")


def test_an_address_stays_bare_so_that_it_can_be_followed() -> None:
    text = catalogue("ar").text("mail.sign_in.text", link="https://shop.example/admin/sign-in/x", minutes=15)
    assert "\nhttps://shop.example/admin/sign-in/x\n" in text


def test_a_fact_is_text_and_never_a_placeholder() -> None:
    assert "({day})" in catalogue("en").text("step.may_be_personalised", property="{day}")


def test_words_missing_in_a_language_are_said_in_english() -> None:
    german = catalogue("de")
    poorer = replace(german, entries={k: v for k, v in german.entries.items() if k != "panel.heading"})
    assert poorer.text("panel.heading") == "What you are entitled to"
    assert poorer.has("panel.heading")


def test_words_nobody_has_and_facts_nobody_gave_are_our_mistake() -> None:
    with pytest.raises(MissingWords):
        catalogue("de").text("no.such.words")
    with pytest.raises(MissingWords):
        catalogue("de").text("clock.withdrawal.open")
    with pytest.raises(MissingWords):
        catalogue("de").text("length.days")
    assert not catalogue("de").has("no.such.words")
