"""Every kind of letter can be looked at, in every language, by the same words that are sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plugin.demo.policy import demo_policy
from plugin.documents.letter_kinds import KINDS, Readers, Setting
from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.i18n import DESK_LANGUAGES, LANGUAGES, catalogue
from tests.build import NOW, PLACED, a_shop
from tests.support.named import named

SETTING = Setting(
    a_shop(),
    demo_policy(PLACED - timedelta(days=100)),
    Law(load_rulebook(), HolidayCalendar()),
    "https://aftercare.example",
    NOW,
)


@pytest.mark.parametrize("name", KINDS)
def test_a_sample_is_a_whole_letter_in_the_language_asked_for(name: str) -> None:
    for language in LANGUAGES:
        with named(language):
            mail = KINDS[name].sample(language, SETTING)
            assert mail.language == language
            assert mail.subject
            assert mail.text.strip()
            assert f'<html lang="{language}"' in (mail.html or "")
            assert "{" not in mail.subject + mail.text


@pytest.mark.parametrize("language", DESK_LANGUAGES)
def test_every_kind_has_a_name_at_the_desk(language: str) -> None:
    words = catalogue(language)
    assert all(words.has(f"sending.kind.{name}") for name in KINDS)


def test_mail_to_staff_says_so_and_mail_to_shoppers_does_not() -> None:
    links = {"sign_in", "invitation", "document_soon", "document_expired", "claim_waits", "claim_hazard", "claim_late"}
    links |= {"shop_stopped", "shop_silent", "data_request_asked", "data_request_soon", "data_request_over"}
    links |= {"passkey_added", "passkey_removed"}
    for name, kind in KINDS.items():
        assert kind.sample("en", SETTING).is_for_staff == (name in links)
        assert (kind.readers is Readers.SHOPPERS) == (name not in {*links, "trial"})


def test_without_a_policy_the_law_alone_is_confirmed() -> None:
    bare = Setting(SETTING.shop, None, SETTING.law, SETTING.base_url, NOW)
    assert KINDS["confirmation"].sample("en", bare).text
