"""Shoppers who withdraw: through the two screens of a shop, as a browser without script sends them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from plugin.domain.declaration import Declaration
from plugin.ports.mailer import Mail
from tests.build import MERCHANT, NOW
from tests.support.admin import Installation

_FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
TYPED = {"name": "Ida Holm", "reference": "1001", "reply_to": "ida@example.com"}


@dataclass
class Withdrawing:
    """The function of the installation's first shop, switched on."""

    at: Installation

    def __post_init__(self) -> None:
        self.client: FlaskClient = self.at.app.test_client()
        self.shop = self.at.shop(MERCHANT)
        self.path = "/s/key-Nordkap/withdraw"
        with self.at.deps.units(MERCHANT) as unit:
            unit.shops.switch_withdrawal(self.shop, NOW)
            unit.commit()

    def first(self, **query: str) -> TestResponse:
        return self.client.get(self.path, query_string=query)

    def second(self, **typed: str) -> TestResponse:
        return self.client.post(self.path, data=TYPED | typed)

    def confirm(self, second: TestResponse, *, follow: bool = True, address: str = "192.0.2.1") -> TestResponse:
        """Press the second screen's button."""
        fields = {name: unescape(value) for name, value in _FIELD.findall(second.text.split('name="change"')[0])}
        return self.client.post(
            f"{self.path}/confirm",
            data=fields,
            follow_redirects=follow,
            environ_overrides={"REMOTE_ADDR": address},
        )

    def declare(self, **typed: str) -> TestResponse:
        return self.confirm(self.second(**typed))

    def declared(self) -> list[Declaration]:
        """Everything on record that waits."""
        with self.at.deps.units.read(MERCHANT) as unit:
            return list(unit.declarations.waiting(None, 1000))

    def letters(self) -> list[Mail]:
        """What lies in the database to be sent, oldest first, whether it leaves at once or later."""
        with self.at.deps.units.read(MERCHANT) as unit:
            ids = reversed(unit.mails.unsent(NOW.replace(year=2000), NOW.replace(year=2100), 1000))
            found = [unit.mails.get(mail_id) for mail_id in ids]
        return [mail for mail in found if mail]
