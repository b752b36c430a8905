"""The rulebook and calendar as shipped, and a way to ask a worked case without writing JSON."""

from collections.abc import Callable, Mapping

import pytest

from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.cases import answer_case
from plugin.domain.law.rulebook import Rulebook, load_rulebook

Ask = Callable[..., Mapping[str, object]]

ZONES = {
    "AR": "America/Argentina/Buenos_Aires",
    "AT": "Europe/Vienna",
    "AU": "Australia/Sydney",
    "BG": "Europe/Sofia",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CA-QC": "America/Toronto",
    "CH": "Europe/Zurich",
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "CO": "America/Bogota",
    "DE": "Europe/Berlin",
    "ES": "Europe/Madrid",
    "FI": "Europe/Helsinki",
    "FR": "Europe/Paris",
    "GB": "Europe/London",
    "HU": "Europe/Budapest",
    "IL": "Asia/Jerusalem",
    "IS": "Atlantic/Reykjavik",
    "IT": "Europe/Rome",
    "JP": "Asia/Tokyo",
    "KR": "Asia/Seoul",
    "LV": "Europe/Riga",
    "MX": "America/Mexico_City",
    "NL": "Europe/Amsterdam",
    "NO": "Europe/Oslo",
    "PL": "Europe/Warsaw",
    "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow",
    "SE": "Europe/Stockholm",
    "SG": "Asia/Singapore",
    "TR": "Europe/Istanbul",
    "TW": "Asia/Taipei",
    "US": "America/New_York",
    "ZA": "Africa/Johannesburg",
}


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load_rulebook()


@pytest.fixture(scope="session")
def calendar() -> HolidayCalendar:
    return HolidayCalendar()


@pytest.fixture(scope="session")
def ask(rulebook: Rulebook, calendar: HolidayCalendar) -> Ask:
    """Answers `ask(category, country, subdivision=None, **facts)`."""

    def answer(category: str, country: str, subdivision: str | None = None, **facts: object) -> Mapping[str, object]:
        tz = ZONES[country]
        case = {
            "id": "x",
            "category": category,
            "country": country,
            "subdivision": subdivision,
            "tz": tz,
            "facts": facts,
        }
        return answer_case(case, rulebook, calendar).answer

    return answer
