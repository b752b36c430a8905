"""A device that holds passkeys, in software: answers as told, rightly or as an attacker would."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from tests.support.admin import TOKEN, Browser

ORIGIN = "http://localhost:8000"
_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40


def encoded(plain: bytes) -> str:
    return urlsafe_b64encode(plain).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Authenticator:
    """One passkey; what it says of itself can be set before it answers."""

    origin: str = ORIGIN
    host: str = "localhost"
    is_verified: bool = True
    count: int = 0
    credential: bytes = b"credential-1"
    handle: bytes = b""
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, asked: dict[str, Any]) -> str:
        """Answer to be told to make a passkey."""
        self.handle = decoded(asked["user"]["id"])
        told = self._client_data("webauthn.create", asked["challenge"])
        credential = bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential + self._public_key()
        data = self._data(_ATTESTED) + credential
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer({"clientDataJSON": encoded(told), "attestationObject": encoded(attested)})

    def sign(self, asked: dict[str, Any]) -> str:
        """Answer to be asked to sign in; counts, if it does."""
        self.count += bool(self.count)
        told, data = self._client_data("webauthn.get", asked["challenge"]), self._data(0)
        signature = self.key.sign(data + sha256(told).digest(), ec.ECDSA(SHA256()))
        parts = {"clientDataJSON": told, "authenticatorData": data, "signature": signature, "userHandle": self.handle}
        return self._answer({name: encoded(part) for name, part in parts.items()})

    def _answer(self, response: dict[str, str]) -> str:
        own = encoded(self.credential)
        return json.dumps({"id": own, "rawId": own, "type": "public-key", "response": response})

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _data(self, flags: int) -> bytes:
        said = flags | _PRESENT | (_VERIFIED if self.is_verified else 0)
        return sha256(self.host.encode()).digest() + bytes([said]) + self.count.to_bytes(4, "big")

    def _public_key(self) -> bytes:
        """As COSE writes it (RFC 9053): EC2, ES256, P-256."""
        point = self.key.public_key().public_numbers()
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})


def ask(browser: Browser, path: str, form_at: str) -> dict[str, Any]:
    """What the page's script is told to have the browser do."""
    found = TOKEN.search(browser.get(form_at, base_url=ORIGIN).text)
    assert found
    answer = browser.client.post(path, base_url=ORIGIN, headers={"X-CSRFToken": found[1]})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.get_json()
    return told
