"""Carriers' own APIs as documented, each knowing one parcel: `own/<kind>` has what it answers, and its origin."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.support.carriers.server import Json, Reply, Request
from tests.support.repository import ROOT

OWN = ROOT / "tests" / "support" / "carriers" / "own"
JSON_KINDS = ("dhl", "dhl-express", "fedex", "gls", "royal-mail", "ups", "usps")
SAMPLES: Mapping[str, Json] = {kind: json.loads((OWN / f"{kind}.json").read_text()) for kind in JSON_KINDS}
TRACKED = (OWN / "dpd.xml").read_text()
DPD_NUMBER = "05308801410058"
TOKEN = "a-token-for-a-while"
_TYPES = "http://dpd.com/common/service/types"
KEYS: Mapping[str, Mapping[str, str]] = {
    "dhl": {"api_key": "a-key-of-dhl"},
    "dhl-express": {"username": "a-shop", "password": "a-password-of-dhl"},
    "dpd": {"delis_id": "KD12345", "password": "a<password&of-dpd"},
    "fedex": {"api_key": "l7-a-key", "secret_key": "a-secret-of-fedex"},
    "gls": {"client_id": "an-app", "client_secret": "a-secret-of-gls"},
    "royal-mail": {"client_id": "an-app", "client_secret": "a-secret-of-royal-mail"},
    "ups": {"client_id": "an-app", "client_secret": "a-secret-of-ups"},
    "usps": {"client_id": "an-app", "client_secret": "a-secret-of-usps"},
}


def number(kind: str) -> str:
    """The parcel it knows."""
    return DPD_NUMBER if kind == "dpd" else str(SAMPLES[kind]["number"])


def basic(name: str, password: str) -> str:
    """The header of HTTP Basic."""
    return f"Basic {b64encode(f'{name}:{password}'.encode()).decode()}"


def envelope(body: str) -> bytes:
    """A SOAP envelope."""
    space = 'xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"'
    return f"<soap:Envelope {space}><soap:Body>{body}</soap:Body></soap:Envelope>".encode()


def fault(code: str) -> Reply:
    """A refusal of DPD's: with status 500, as SOAP 1.1 over HTTP has them."""
    words = f"<errorCode>{code}</errorCode><errorMessage>Refused.</errorMessage>"
    detail = f'<detail><ns:fault xmlns:ns="{_TYPES}/Authentication/2.0">{words}</ns:fault></detail>'
    told = (
        f"<soap:Fault><faultcode>soap:Server</faultcode><faultstring>Fault occured</faultstring>{detail}</soap:Fault>"
    )
    return Reply(500, envelope(told))


@dataclass(slots=True)
class OwnAccount:
    """One account at one carrier. `token`: the one it gives and takes; `lasts`: the seconds it says."""

    kind: str
    token: str = TOKEN
    lasts: object = 3599

    def answer(self, request: Request) -> Reply:
        return _ANSWERS[self.kind](self, request)

    @property
    def keys(self) -> Mapping[str, str]:
        return KEYS[self.kind]

    @property
    def sample(self) -> Json:
        return SAMPLES[self.kind]

    def delivered(self, asked: str) -> Reply:
        """What it tells of a number."""
        return (
            Reply(200, self.sample["delivered"]) if asked == number(self.kind) else Reply(404, self.sample["unknown"])
        )

    def stranger(self) -> Reply:
        return Reply(401, self.sample["stranger"])

    def passed(self, request: Request) -> bool:
        return request.headers.get("authorization") == f"Bearer {self.token}"

    def given(self, *, is_known: bool) -> Reply:
        """A token for who is known."""
        told = {"access_token": self.token, "token_type": "Bearer", "expires_in": self.lasts}
        return Reply(200, told) if is_known else self.stranger()


def _ups(account: OwnAccount, request: Request) -> Reply:
    if request.path == "/security/v1/oauth/token":
        is_known = request.headers.get("authorization") == basic(
            account.keys["client_id"], account.keys["client_secret"]
        )
        return account.given(is_known=is_known and request.body == {"grant_type": "client_credentials"})
    if not account.passed(request):
        return account.stranger()
    if not {"transid", "transactionsrc"} <= request.headers.keys():
        return Reply(400, account.sample["unknown"])
    return account.delivered(request.path.removeprefix("/api/track/v1/details/"))


def _fedex(account: OwnAccount, request: Request) -> Reply:
    if request.path == "/oauth/token":
        wanted = {"client_id": account.keys["api_key"], "client_secret": account.keys["secret_key"]}
        return account.given(is_known=request.body == {"grant_type": "client_credentials", **wanted})
    if not account.passed(request):
        return account.stranger()
    asked = [each["trackingNumberInfo"]["trackingNumber"] for each in request.body["trackingInfo"]]
    results = [
        account.sample["delivered"]
        if each == number("fedex")
        else {"trackingNumber": each, "trackResults": [account.sample["unknown"]]}
        for each in asked
    ]
    return Reply(200, {"transactionId": "624deea6", "output": {"completeTrackResults": results}})


def _usps(account: OwnAccount, request: Request) -> Reply:
    if request.path == "/oauth2/v3/token":
        wanted = {"client_id": account.keys["client_id"], "client_secret": account.keys["client_secret"]}
        is_known = request.body == {"grant_type": "client_credentials", "scope": "tracking", **wanted}
        return account.given(is_known=is_known)
    if not account.passed(request):
        return account.stranger()
    assert request.query == {"expand": "DETAIL"}
    return account.delivered(request.path.removeprefix("/tracking/v3/tracking/"))


def _dhl(account: OwnAccount, request: Request) -> Reply:
    if request.headers.get("dhl-api-key") != account.keys["api_key"]:
        return account.stranger()
    return account.delivered(request.query["trackingNumber"])


def _dhl_express(account: OwnAccount, request: Request) -> Reply:
    if request.headers.get("authorization") != basic(account.keys["username"], account.keys["password"]):
        return account.stranger()
    assert request.query["requestGMTOffsetPerEvent"] == "true"
    return account.delivered(request.path.removeprefix("/shipments/").removesuffix("/tracking"))


def _gls(account: OwnAccount, request: Request) -> Reply:
    if request.path == "/oauth2/v2/token":
        is_known = request.headers.get("authorization") == basic(
            account.keys["client_id"], account.keys["client_secret"]
        )
        return account.given(is_known=is_known)
    if not account.passed(request):
        return account.stranger()
    asked = request.path.removeprefix("/track-and-trace-v1/tracking/simple/trackids/").split(",")
    unknown = account.sample["unknown"]
    known = account.sample["delivered"]
    return Reply(
        200, {"parcels": [known if each == known["requested"] else {"requested": each, **unknown} for each in asked]}
    )


def _royal_mail(account: OwnAccount, request: Request) -> Reply:
    told = (request.headers.get("x-ibm-client-id"), request.headers.get("x-ibm-client-secret"))
    if told != (account.keys["client_id"], account.keys["client_secret"]):
        return account.stranger()
    return account.delivered(request.path.removeprefix("/mailpieces/v2/").removesuffix("/events"))


def _dpd(account: OwnAccount, request: Request) -> Reply:
    question: str = request.body
    if request.path.endswith("/LoginService/V2_1"):
        if "<password>a&lt;password&amp;of-dpd</password>" not in question:
            return fault("DELICOM_ERR_AUTHENTICATION")
        given = f"<return><delisId>KD12345</delisId><authToken>{account.token}</authToken><depot>0530</depot></return>"
        return Reply(
            200, envelope(f'<ns:getAuthResponse xmlns:ns="{_TYPES}/LoginService/2.1">{given}</ns:getAuthResponse>')
        )
    if f"<authToken>{account.token}</authToken>" not in question or "<delisId>KD12345</delisId>" not in question:
        return fault("DELICOM_ERR_AUTHENTICATION")
    is_known = f"<parcelLabelNumber>{DPD_NUMBER}</parcelLabelNumber>" in question
    name = "getTrackingDataResponse"
    nothing = f'<{name} xmlns="{_TYPES}/ParcelLifeCycleService/2.0"><trackingresult/></{name}>'
    return Reply(200, TRACKED.encode() if is_known else envelope(nothing))


_ANSWERS: Mapping[str, Callable[[OwnAccount, Request], Reply]] = {
    "dhl": _dhl,
    "dhl-express": _dhl_express,
    "dpd": _dpd,
    "fedex": _fedex,
    "gls": _gls,
    "royal-mail": _royal_mail,
    "ups": _ups,
    "usps": _usps,
}
