"""Whoever types an address gets us to call the public internet, and nothing else."""

import socket
import warnings
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from threading import Thread

import pytest
from requests import RequestException, Session
from requests.exceptions import ConnectionError as NoConnection

from integrations.guarded_http import is_public, open_session, pieces
from plugin.domain.connection_faults import PrivateAddress
from tests.support.certificates import certify
from tests.support.woocommerce_auth import Reply
from tests.support.woocommerce_shop import WooCommerceShop, recorded_shop, serving

PRIVATE = (
    "127.0.0.1", "127.8.8.8", "::1", "0.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.2.1", "224.0.0.1", "255.255.255.255", "fe80::1%eth0", "fc00::1", "ff02::1", "::",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a00:1::1",
)  # fmt: skip


@pytest.fixture
def shop() -> Iterator[WooCommerceShop]:
    with serving(recorded_shop()) as shop:
        yield shop


def port_of(shop: WooCommerceShop) -> str:
    return shop.address.rsplit(":", 1)[1]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_does_not_lead_into_the_internet_is_private(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_an_address_that_does_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_not_called_and_notices_nothing(shop: WooCommerceShop, host: str) -> None:
    with open_session() as session, pytest.raises(PrivateAddress):
        session.get(f"http://{host}:{port_of(shop)}/wp-json/")
    assert shop.connections == 0


@pytest.mark.parametrize(
    "host",
    [
        *("2130706433", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "127.1", "0", "127.0.0.1.", "localhost."),
        *("[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::127.0.0.1]", "somebody:secret@127.0.0.1"),
        *("shop.example@127.0.0.1", "127。0。0。1", "①②⑦.⓪.⓪.①"),
    ],
)
def test_this_machine_is_not_called_however_its_address_is_written(shop: WooCommerceShop, host: str) -> None:
    with open_session() as session, pytest.raises((PrivateAddress, RequestException)):
        session.get(f"http://{host}:{port_of(shop)}/wp-json/")
    assert shop.connections == 0


def test_a_redirect_leads_us_nowhere(shop: WooCommerceShop) -> None:
    with serving(recorded_shop()) as inside:
        shop.misbehave("", Reply(302, b"", (("Location", f"{inside.address}/wp-json/"),)))
        with open_session(allows_private=True) as session:
            assert session.get(f"{shop.address}/wp-json/").status_code == 302
        assert inside.connections == 0


def test_one_private_answer_among_public_ones_is_enough_to_refuse(shop: WooCommerceShop) -> None:
    with (
        open_session(resolve=lambda _host, _port: ["93.184.216.34", "127.0.0.1"]) as session,
        pytest.raises(PrivateAddress),
    ):
        session.get(f"http://shop.example:{port_of(shop)}/wp-json/")


def test_a_name_is_looked_up_once_for_a_connection_that_then_goes_where_was_looked(shop: WooCommerceShop) -> None:
    looks: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        looks.append(host)
        return ["127.0.0.1"]

    with open_session(allows_private=True, resolve=resolve) as session:
        for _ in range(3):
            assert session.get(f"http://shop.example:{port_of(shop)}/wp-json/").status_code == 200
    assert looks == ["shop.example"]
    assert shop.connections == 1
    assert {asked.host for asked in shop.asked} == {f"shop.example:{port_of(shop)}"}


def test_tls_is_checked_against_the_name_though_the_connection_goes_to_a_number(tmp_path: Path) -> None:
    tls, trusted = certify(tmp_path, "shop.example")
    with serving(recorded_shop(), tls) as shop:
        resolve = {"shop.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]}
        with open_session(allows_private=True, resolve=lambda host, _: resolve[host]) as session:
            session.verify = str(trusted)
            assert session.get(f"https://shop.example:{port_of(shop)}/wp-json/").status_code == 200
            with pytest.raises(NoConnection, match=r"other\.example"), warnings.catch_warnings(action="ignore"):
                session.get(f"https://other.example:{port_of(shop)}/wp-json/")


def test_what_one_session_trusts_no_other_does(tmp_path: Path) -> None:
    tls, trusted = certify(tmp_path)
    with serving(recorded_shop(), tls) as shop:
        for verify, is_answered in ((str(trusted), True), (True, False)):
            with open_session(allows_private=True) as session, warnings.catch_warnings(action="ignore"):
                session.verify = verify
                with nullcontext() if is_answered else pytest.raises(NoConnection):
                    assert session.get(f"{shop.address}/wp-json/").status_code == 200


def test_an_operators_own_authority_is_trusted_beside_the_public_ones(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tls, trusted = certify(tmp_path)
    with serving(recorded_shop(), tls) as shop:
        with open_session(allows_private=True) as session, pytest.raises(NoConnection):
            session.get(f"{shop.address}/wp-json/")
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        with open_session(allows_private=True) as session:
            assert session.get(f"{shop.address}/wp-json/").status_code == 200


def test_nothing_of_the_environment_is_handed_to_a_stranger(
    monkeypatch: pytest.MonkeyPatch, shop: WooCommerceShop
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    session: Session = open_session(allows_private=True)
    with session:
        assert session.get(f"{shop.address}/wp-json/").status_code == 200


def begin(server: socket.socket, callers: list[socket.socket]) -> None:
    """Answer the first caller with one byte of many, and keep the line open."""
    caller, _ = server.accept()
    caller.recv(65536)
    caller.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n[")
    callers.append(caller)


def test_what_drips_in_is_handed_on_as_it_comes() -> None:
    callers: list[socket.socket] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        Thread(target=begin, args=(server, callers), daemon=True).start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with (
            open_session(allows_private=True, timeouts=(2.0, 2.0)) as session,
            session.get(address, stream=True) as response,
        ):
            assert next(pieces(response)) == b"["
    callers[0].close()


def test_a_connection_whose_answer_was_read_is_used_again(shop: WooCommerceShop) -> None:
    with open_session(allows_private=True) as session:
        for _ in range(3):
            with session.get(f"{shop.address}/wp-json/", stream=True) as response:
                assert b"wc/v3" in b"".join(pieces(response))
    assert shop.connections == 1
