"""DPD Shipper web services (Benelux), ParcelLifeCycleService 2.0 by SOAP: one number a question, local times.

Its answers name no number, and list steps that have not happened yet; its faults come with status 500.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final
from xml.sax.saxutils import escape

from karrio.mappers.dpd.settings import Settings
from karrio.providers.dpd import tracking
from lxml import etree

from integrations.carriers.karrio.worker import sdk
from integrations.carriers.karrio.worker.answers import Answer, Event, local_time
from integrations.carriers.karrio.worker.carrier import each_alone
from integrations.carriers.karrio.worker.line import Line, Tokens
from integrations.iso_countries import two_letters
from integrations.json_answers import Question, any_answer
from plugin.domain.tracking.report import EventPlace
from plugin.ports.errors import Rejected, Unavailable, Unreadable

ADDRESS: Final = "https://wsshipper.dpd.be"
ADDRESS_NL: Final = "https://wsshipper.dpd.nl"
_LASTS: Final = timedelta(hours=12)
"""DPD says 24 hours, and asks not to log in more often than needed."""
_FORMS: Final = ("%m/%d/%Y %I:%M:%S %p", "%d-%m-%Y %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
"""How it writes times, by the language asked for (en_EN); karrio reads the first without its AM and PM."""
_HEADERS: Final = {"Content-Type": "text/xml;charset=UTF-8"}
_SERVICE: Final = "http://dpd.com/common/service/types"
_LOGIN: Final = (
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns="'
    f'{_SERVICE}/LoginService/2.1"><soapenv:Header/><soapenv:Body><ns:getAuth><delisId>%s</delisId>'
    "<password>%s</password><messageLanguage>en_EN</messageLanguage></ns:getAuth></soapenv:Body></soapenv:Envelope>"
)


class Dpd:
    """One account: the delis id and password of a shipper."""

    slug = "dpd"
    teller = "dpd"

    def __init__(self, keys: Mapping[str, str], line: Line) -> None:
        self._line = line
        self._login = _LOGIN % (escape(keys.get("delis_id", "")), escape(keys.get("password", "")))
        self._settings = sdk.offline(Settings, delis_id=keys.get("delis_id", ""), password="")
        self._tokens = Tokens(self._logged_in)

    def ask(self, numbers: Sequence[str], now: datetime) -> Mapping[str, Answer]:
        """As `Carrier` says."""
        return each_alone(numbers, lambda number: self._one(number, now))

    def _one(self, number: str, now: datetime) -> Answer | None:
        question = str(tracking.tracking_request(sdk.asked_for([number]), self._settings).serialize()[number])
        body = self._tokens.parcel(
            lambda token: self._asked(
                "ParcelLifeCycleService", "V2_0", question.replace("[AUTH_TOKEN]", escape(token)), now
            ),
            now,
        )
        for step in [each for each in _all(body, "statusInfo") if _text(each, "statusHasBeenReached") == "false"]:
            step.getparent().remove(step)  # type: ignore[union-attr]  # it was found inside
        steps = list(reversed(_all(body, "statusInfo")))
        if not steps:
            return None
        details = sdk.read(tracking, self._settings, [(number, body)])
        return Answer(tuple(event for event in map(_event, steps) if event is not None), details)

    def _logged_in(self, now: datetime) -> tuple[str, timedelta]:
        token = _text(self._asked("LoginService", "V2_1", self._login, now), "authToken")
        if not token:
            raise Unreadable("field_missing", "authToken")
        return token, _LASTS

    def _asked(self, service: str, version: str, question: str, now: datetime) -> etree._Element:
        """The answer's body. Raises `Rejected` and `Unavailable` for faults."""
        address = self._line.to("soap", "services", service, version)
        asked = Question("POST", address, _HEADERS, text=question)
        status, content = any_answer(self._line.session, asked, now, frozenset({HTTPStatus.INTERNAL_SERVER_ERROR}))
        body = _parsed(content, status)
        fault = next(iter(_all(body, "Fault")), None)
        if fault is not None:
            code = _text(fault, "errorCode") or _text(fault, "faultcode") or ""
            if "AUTHENTICATION" in code.upper():
                raise Rejected("bad_keys", detail=code)
            raise Unavailable("carrier_unavailable", detail=code)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Unavailable("carrier_unavailable")
        if not _all(body, "trackingresult") and not _all(body, "authToken"):
            raise Unreadable("field_missing", "trackingresult")
        return body


def _parsed(content: bytes, status: int) -> etree._Element:
    """The document, without what it may refer to elsewhere."""
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Unavailable("carrier_unavailable") from error
        raise Unreadable("not_xml", "body") from error


def _all(node: etree._Element, name: str) -> list[etree._Element]:
    """Everything of this name below, whatever its namespace."""
    return list(node.iter(f"{{*}}{name}"))


def _text(node: etree._Element | None, *path: str) -> str | None:
    """The first text there that says something, in whichever content it is wrapped."""
    for step in path:
        node = None if node is None else next(iter(_all(node, step)), None)
    told = () if node is None else (str(part).strip() for part in node.itertext())
    return next((part for part in told if part and part not in {"true", "false"}), None)


def _event(step: etree._Element) -> Event | None:
    """None: it has no time."""
    told = _text(step, "date", "content")
    said_at = next((at for form in _FORMS if (at := local_time(told, form)) is not None), None)
    if said_at is None:
        return None
    where = _text(step, "location", "content")
    return Event(
        said_at=said_at,
        status=_text(step, "status") or "",
        message=_text(step, "description", "content") or _text(step, "label", "content"),
        place=EventPlace(two_letters(where[-3:-1]) if where and where.endswith(")") else None, words=where),
        raw=etree.tostring(step).decode(),
    )
