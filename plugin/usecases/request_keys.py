"""Ask a shop for keys: find it at the address that was typed, and lead the merchant to the page where it says yes."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.connection_faults import NeedsPublicAddress
from plugin.domain.ids import MerchantId, StaffId
from plugin.domain.key_request import KEYS_WANTED_FOR, KeyRequest
from plugin.ports.ids import Ids
from plugin.ports.key_exchange import KeyErrand, KeyExchange
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import Units


@dataclass(frozen=True, slots=True)
class AskedKeys:
    """The shop's page, with the only copy of the name it is told, and until when keys are taken."""

    request: KeyRequest
    page: str


def request_keys(  # noqa: PLR0913 - what was typed, by whom, and the ports it takes
    address: str,
    *,
    merchant: MerchantId,
    asked_by: StaffId | None,
    public_url: str | None,
    exchange: KeyExchange,
    units: Units,
    ids: Ids,
    secrets: Secrets,
    now: datetime,
    companion: str | None = None,
) -> AskedKeys:
    """`companion`: the name under which the shop's plugin waits to be let in afterwards.

    Nothing leaves but a look for the shop. Raises `ShopFault`: without a public https address no keys reach us.
    """
    if public_url is None or not public_url.startswith("https://"):
        raise NeedsPublicAddress
    found, name = exchange.find(address), secrets.token()
    request = KeyRequest(
        ids.new(), found, secrets.hash(name), asked_by, now, now + KEYS_WANTED_FOR, companion=companion
    )
    with units(merchant) as unit:
        unit.key_requests.save(request)
        unit.commit()
    callback = f"{public_url}/install/woocommerce/{merchant}/{request.id}"
    return AskedKeys(request, exchange.page(found, KeyErrand(name, callback, f"{callback}/return")))
