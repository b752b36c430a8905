"""The clocks of a line in words."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.demo.policy import demo_policy
from plugin.domain.clocks.engine import Law, entitlements
from plugin.domain.entitlement import ClockState, Right
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import Standing
from plugin.domain.policy import Payer, PolicyVersion
from plugin.domain.times import Source
from plugin.i18n import LANGUAGES, catalogue
from plugin.wording.panel import WordedLine, clock_lines, panel_words
from tests.domain.clocks.worked_orders import PLACED, a_line, a_policy, day, delivered, refund_of, shipped, stored

LAW = Law(load_rulebook(), HolidayCalendar())
DEMO = demo_policy(PLACED)
TENTH = day(10)


def worded(
    right: Right, language: str = "en", now: datetime = TENTH, policy: PolicyVersion | None = DEMO, **order: object
) -> WordedLine:
    answer = entitlements(stored(**order), policy, LAW)[0]
    lines = clock_lines(answer, catalogue(language), now)
    return next(line for line in lines if line.right is right)


BERLIN = {
    "en": (
        "Right of withdrawal",
        "You can withdraw from the contract until Monday 18 December 2023, without giving a reason.",
        "Delivered on Sunday 3 December 2023, as the carrier reports.",
        "That day is not counted; day 14 is Sunday 17 December 2023.",
        "Sunday 17 December 2023 is no working day, so the law gives you longer.",
        "We pay for sending it back.",
    ),
    "de": (
        "Widerrufsrecht",
        "Sie können den Vertrag bis Montag, 18. Dezember 2023 ohne Angabe von Gründen widerrufen.",
        "Geliefert am Sonntag, 3. Dezember 2023, laut Zusteller.",
        "Dieser Tag zählt nicht mit; Tag 14 ist Sonntag, 17. Dezember 2023.",
        "Sonntag, 17. Dezember 2023 ist kein Arbeitstag, deshalb gibt Ihnen das Gesetz länger Zeit.",
        "Die Rücksendung bezahlen wir.",
    ),
    "zh-Hans": (
        "撤回权（无理由退货）",
        "您可以在2023年12月18日星期一之前（含当日）无理由撤回合同。",
        "于2023年12月3日星期日送达（由承运商报告）。",
        "当日不计；第14天是2023年12月17日星期日。",
        "2023年12月17日星期日不是工作日，因此法律给您更长时间。",
        "退货运费由我们承担。",
    ),
    "ar": (
        "حق العدول عن العقد",
        "يمكنك العدول عن العقد حتى يوم <الاثنين، 18 ديسمبر 2023> دون إبداء سبب.",
        "تم التسليم يوم <الأحد، 3 ديسمبر 2023>، <بحسب شركة الشحن>.",
        "لا يُحسب ذلك اليوم؛ واليوم رقم 14 هو <الأحد، 17 ديسمبر 2023>.",
        "<الأحد، 17 ديسمبر 2023> ليس يوم عمل، لذلك يمنحك القانون وقتًا أطول.",
        "نحن ندفع تكلفة الإرجاع.",
    ),
    "he": (
        "הזכות לביטול העסקה",
        "ניתן לבטל את העסקה עד <18 בדצמבר 2023 (יום שני)>, כולל, ללא מתן נימוק.",
        "נמסר ב־<3 בדצמבר 2023 (יום ראשון)>, <לפי דיווח חברת המשלוחים>.",
        "אותו יום אינו נספר; היום מספר 14 הוא <17 בדצמבר 2023 (יום ראשון)>.",
        "<17 בדצמבר 2023 (יום ראשון)> אינו יום עסקים, ולכן החוק מקנה לכם זמן נוסף.",
        "דמי המשלוח להחזרה חלים עלינו.",
    ),
    "ja": (
        "契約解除権（理由不要）",
        "2023年12月18日（月曜日）まで、理由を示さずに契約を解除できます。",
        "2023年12月3日（日曜日）にお届け済み（配送業者の報告による）。",
        "その日は数えず、14日目は2023年12月17日（日曜日）です。",
        "2023年12月17日（日曜日）は営業日でないため、法律により期間が延びます。",
        "返送料は当店が負担します。",
    ),
    "sl": (
        "Pravica do odstopa od pogodbe",
        "Od pogodbe lahko odstopite brez navedbe razloga; zadnji dan je ponedeljek, 18. december 2023.",
        "Dan dostave: nedelja, 3. december 2023, po podatkih prevoznika.",
        "Ta dan se ne šteje; 14. dan je nedelja, 17. december 2023.",
        "Ker nedelja, 17. december 2023, ni delovni dan, vam zakon daje več časa.",
        "Strošek vračila plačamo mi.",
    ),
    "sv": (
        "Ångerrätt",
        "Du kan frånträda avtalet till och med måndagen den 18 december 2023, utan att ange något skäl.",
        "Levererat söndagen den 3 december 2023, enligt transportören.",
        "Den dagen räknas inte; dag 14 är söndagen den 17 december 2023.",
        "Eftersom söndagen den 17 december 2023 inte är en arbetsdag ger lagen dig längre tid.",
        "Vi betalar returfrakten.",
    ),
}


@pytest.mark.parametrize("language", BERLIN)
def test_the_berlin_example_reads_in_each_language(language: str) -> None:
    """Angle brackets stand for the marks that isolate a fact."""
    line = worded(Right.WITHDRAWAL, language)
    shown = (line.title, line.sentence, *line.trace[:3], line.payer)
    assert tuple(text.replace("\u2068", "<").replace("\u2069", ">") for text in shown) == BERLIN[language]
    assert line.reason == catalogue(language).text("format.space").join(line.trace[:3])


def test_the_why_ends_with_the_hour_the_place_and_the_sources() -> None:
    assert worded(Right.WITHDRAWAL).trace[-3:] == (
        "It ends with Monday 18 December 2023, 24:00 in Berlin.",
        "The shop promises to pay for the return.",
        "Sources: Directive 2011/83/EU art. 9; Regulation (EEC, Euratom) 1182/71 art. 3",
    )


def test_law_and_extra_have_labels_of_their_own() -> None:
    labels = {right: worded(right).label for right in Right}
    assert labels[Right.WITHDRAWAL] == labels[Right.LEGAL_GUARANTEE] == "Your right by law"
    assert labels[Right.SHOP_RETURN] == labels[Right.EXCHANGE] == labels[Right.COMMERCIAL_WARRANTY] == "Our extra"


@pytest.mark.parametrize(
    ("right", "promise"),
    [(Right.SHOP_RETURN, {"return_days": 14}), (Right.COMMERCIAL_WARRANTY, {"warranty_months": 24})],
)
def test_a_promise_within_the_law_is_no_extra_and_points_to_the_law(right: Right, promise: dict[str, object]) -> None:
    line = worded(right, policy=a_policy(return_payer=Payer.SHOP, **promise))
    assert line.label == "Our promise"
    assert "at least as long" in line.sentence
    assert "free" not in line.sentence


@pytest.mark.parametrize(
    ("country", "right", "label"),
    [
        ("TH", Right.SHOP_RETURN, "Our promise"),  # what the law gives is not confirmed
        ("US", Right.SHOP_RETURN, "Our extra"),  # the law surely gives nothing
        ("NL", Right.COMMERCIAL_WARRANTY, "Our promise"),  # by law for as long as such goods last
        ("DE", Right.COMMERCIAL_WARRANTY, "Our extra"),
    ],
)
def test_an_extra_is_known_to_outlast_the_law(country: str, right: Right, label: str) -> None:
    line = worded(right, country=country, postcode="")
    assert line.state is ClockState.OPEN
    assert line.label == label


def test_a_return_the_shop_pays_is_called_free_and_another_is_not() -> None:
    assert worded(Right.SHOP_RETURN).sentence == "Return it free until Tuesday 2 January 2024."
    paid = worded(Right.SHOP_RETURN, policy=a_policy(return_days=30, return_payer=Payer.SHOPPER))
    assert (paid.sentence, paid.payer) == ("Return it until Tuesday 2 January 2024.", "You pay for sending it back.")


def test_who_pays_is_said_even_when_it_depends() -> None:
    line = worded(Right.WITHDRAWAL, policy=None)
    assert line.payer == "You pay for sending it back only if we told you so before you ordered; otherwise we pay."


def test_before_delivery_it_says_what_it_waits_for_and_that_the_right_is_there() -> None:
    line = worded(Right.WITHDRAWAL, fulfilments=())
    assert line.sentence == "Starts when your parcel is delivered. You can withdraw already now."
    assert line.reason == "No delivery has been reported yet."
    assert (line.state_word, line.opens_at, line.closes_at) == ("starts on delivery", None, None)


def test_an_estimate_is_called_one() -> None:
    line = worded(Right.WITHDRAWAL, fulfilments=(delivered(day(3), by=Source.ESTIMATE),))
    assert line.sentence.endswith("Expected to run until Monday 18 December 2023; what counts is the day of delivery.")
    assert "Delivery is expected on Sunday 3 December 2023; an estimate starts and ends nothing." in line.trace


def test_two_lines_in_one_parcel_are_one_parcel() -> None:
    parcel = delivered(day(3), lines=(("1", 1), ("2", 1)))
    line = worded(Right.WITHDRAWAL, lines=(a_line("1"), a_line("2")), fulfilments=(parcel,))
    assert "The last of" not in line.reason


def test_parcels_still_missing_are_counted() -> None:
    parcels = (delivered(day(3), lines=(("1", 1),)), shipped(lines=(("2", 1),)))
    line = worded(Right.WITHDRAWAL, lines=(a_line("1"), a_line("2")), fulfilments=parcels)
    assert line.reason == "Parcels reported delivered so far: 1 of 2."


def test_a_day_of_a_rule_nobody_verified_is_a_minimum_and_its_end_is_not_certain() -> None:
    open_, closed = (worded(Right.WITHDRAWAL, now=now, country="BR", postcode="") for now in (day(5), day(30)))
    assert "at least until" in open_.sentence
    assert closed.sentence.startswith("By the rules we know")


def test_after_the_anniversary_the_guarantee_names_the_day_until_which_it_really_runs() -> None:
    sent = (delivered(day(6)),)  # 24 months later is Saturday 6 December 2025
    sunday = datetime(2025, 12, 7, 12, tzinfo=UTC)
    assert "Saturday 6 December 2025" in worded(Right.LEGAL_GUARANTEE, fulfilments=sent).sentence
    assert "Monday 8 December 2025" in worded(Right.LEGAL_GUARANTEE, now=sunday, fulfilments=sent).sentence


def test_without_a_fixed_period_no_date_is_printed() -> None:
    line = worded(Right.LEGAL_GUARANTEE, country="NL", postcode="")
    assert line.sentence == (
        "If it was faulty when delivered, the law protects you for at least 2 years; it names no end date."
    )
    assert line.state_word == "no end date"
    assert not re.search(r"20\d\d", worded(Right.LEGAL_GUARANTEE, country="US", postcode="").sentence)


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        ({"standing": Standing.CANCELLED}, "The order was cancelled."),
        ({"standing": Standing.FAILED}, "The payment failed, so there is no order."),
        ({"standing": Standing.UNPAID, "fulfilments": ()}, "The order has not been paid yet."),
        ({"refunds": (refund_of("1", 1),)}, "This item has been refunded."),
        ({"country": None}, "The delivery country is not known, so neither are the rules."),
        ({"country": "AQ"}, "We have no rules for the delivery country; your rights there hold all the same."),
        ({"country": "CH"}, "The law at the delivery address gives no right to send goods back without a reason."),
        ({"is_business": True}, "Bought for a business: consumer law does not apply; what the shop promises holds."),
    ],
)
def test_a_right_that_does_not_exist_says_so_in_a_sentence(order: dict[str, object], sentence: str) -> None:
    line = worded(Right.WITHDRAWAL, **order)
    assert (line.sentence, line.reason, line.payer) == (sentence, "", "")
    assert line.state is ClockState.NOT_APPLICABLE


def test_what_is_not_promised_is_named() -> None:
    sentences = {right: worded(right, policy=None).sentence for right in Right}
    assert sentences[Right.EXCHANGE] == "The shop promises no exchange."
    assert sentences[Right.SHOP_RETURN] == "The shop promises no returns beyond the law."
    assert sentences[Right.COMMERCIAL_WARRANTY] == "The shop promises no warranty beyond the law."


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_panel_has_words_of_its_own_in_every_language(language: str) -> None:
    own = panel_words(catalogue(language))
    assert all((own.heading, own.closed, own.sources))


COUNTRIES = sorted({*LAW.rulebook.jurisdictions} - {"CA-QC"})
WITHOUT_FULL_STOP = {"th"}
"""Thai sets a space between sentences and no mark after them."""
PARCELS = {
    "delivered": (delivered(),),
    "estimated": (delivered(by=Source.ESTIMATE),),
    "merchant": (delivered(by=Source.MERCHANT),),
    "on its way": (shipped(),),
    "none": (),
}


@given(
    st.sampled_from(LANGUAGES),
    st.sampled_from([*COUNTRIES, None, "AQ"]),
    st.sampled_from(sorted(PARCELS)),
    st.sampled_from([None, DEMO, a_policy(is_informed=False, return_days=14, is_told_return_cost=False)]),
    st.datetimes(datetime(2023, 12, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # bounds are naive
)
def test_every_clock_of_every_country_is_a_finished_sentence(
    language: str, country: str | None, parcels: str, policy: PolicyVersion | None, now: datetime
) -> None:
    order = stored(
        country=country, postcode="", fulfilments=PARCELS[parcels], lines=(a_line(property_names=("Name",)),)
    )
    for line in clock_lines(entitlements(order, policy, LAW)[0], catalogue(language), now):
        texts = (line.label, line.title, line.sentence, line.state_word, *line.trace)
        assert all(texts)
        assert not any(re.search(r"[{}]|None", text) for text in (*texts, line.reason, line.payer))
        assert line.sentence[-1] in ".。" or language in WITHOUT_FULL_STOP


def test_the_shops_policy_is_cited_in_words_and_not_by_its_number() -> None:
    line = worded(Right.SHOP_RETURN, policy=a_policy(return_days=30))
    assert [source.citation for source in line.sources] == ["The shop’s policy as it stood when the order was placed"]
