"""The address of a shop as somebody typed it, made one that can be called and compared. Pure.

`https://shop.example/sub`: lower case, IDNA, no trailing slash. WordPress may live in a subfolder, so paths stay.
"""

import re
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from plugin.domain.connection_faults import AddressNotHttps, UnusableAddress

_LONGEST: Final = 500
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_PATH: Final = re.compile(r"(?:/[A-Za-z0-9._~%!$&'()*+,;=:@-]+)*")
_REST: Final = re.compile(r"/(?:wp-json(?:/.*)?|wp-admin(?:/.*)?|wp-login\.php)$", re.DOTALL)
_DEFAULT_PORTS: Final = {"https": 443, "http": 80}


def shop_address(text: str, *, allows_http: bool) -> str:
    """The canonical address; https where no scheme was typed. What people copy of WordPress's own pages is cut off.

    Raises `UnusableAddress`, or `AddressNotHttps` where only https is allowed.
    """
    parts = _split(text.strip())
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or parts.query or parts.fragment or "@" in parts.netloc:
        raise UnusableAddress
    if scheme == "http" and not allows_http:
        raise AddressNotHttps
    return f"{scheme}://{_host(parts)}{_port(parts)}{_folder(parts.path)}"


def _split(text: str) -> SplitResult:
    if len(text) > _LONGEST or not text.isprintable() or "\\" in text or " " in text:
        raise UnusableAddress
    try:
        return urlsplit(text if _SCHEME.match(text) else f"https://{text}")
    except ValueError as error:  # brackets that do not match
        raise UnusableAddress from error


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        return f"[{_ip(host)}]"
    try:
        name = host.encode("idna").decode().lower()
    except UnicodeError as error:
        raise UnusableAddress from error
    labels = name.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels):
        raise UnusableAddress
    return _ip(name) if labels[-1].isdecimal() or labels[-1].startswith("0x") else name


def _ip(text: str) -> str:
    """An address of numbers, in its one spelling; the many others (`127.1`, `0x7f.1`) are refused."""
    try:
        return str(ip_address(text))
    except ValueError as error:
        raise UnusableAddress from error


def _port(parts: SplitResult) -> str:
    try:
        port = parts.port
    except ValueError as error:
        raise UnusableAddress from error
    if port == 0:
        raise UnusableAddress
    return "" if port in {None, _DEFAULT_PORTS[parts.scheme.lower()]} else f":{port}"


def _folder(path: str) -> str:
    folder = _REST.sub("", re.sub(r"/{2,}", "/", path).rstrip("/"))
    if not _PATH.fullmatch(folder) or {".", ".."} & set(folder.split("/")):
        raise UnusableAddress
    return folder
