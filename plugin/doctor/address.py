"""PUBLIC_URL: the world finds this installation there, and no other, and is told apart behind its proxy."""

import json
from collections.abc import Iterator

from integrations.reach import reach
from plugin.doctor.finding import Finding, failed, ok, warning
from plugin.ports.deps import Deps
from plugin.ports.errors import Unavailable
from plugin.runtime import case_file_signer
from plugin.settings import Settings

_KEY = "/.well-known/aftercare-case-file-key.json"
_OK = 200
_ADVICE = "check DNS, certificate and proxy, and that web runs"


def look(settings: Settings, deps: Deps) -> Finding:
    """The key that it publishes is ours: two installations never have the same.

    Web publishes the key of when it started, so that of any secret that still counts is ours.
    """
    if settings.public_url is None:
        if settings.has_demo:
            return ok("address", "a demo: not set")
        return warning("address", "PUBLIC_URL is not set: webhooks and links in mail need it", "set it")
    try:
        answer = reach(settings.public_url + _KEY, allows_private=True)
    except Unavailable as error:
        return failed("address", f"{settings.public_url}: {error}", _ADVICE)
    if answer.status != _OK:
        return failed("address", f"{settings.public_url} answers with status {answer.status}", _ADVICE)
    if _published(answer.body) not in {case_file_signer(each).public_key.hex() for each in deps.secrets.accepted()}:
        return failed("address", f"{settings.public_url} leads to something else", "check PUBLIC_URL and the proxy")
    return ok("address", f"{settings.public_url} leads here")


def proxy(settings: Settings) -> Iterator[Finding]:
    """A proxy is believed who has called: without it all the world shares one visitor's rate limits.

    We speak no TLS ourselves, so where the address is https there is a proxy.
    """
    if settings.public_url is None or not settings.public_url.startswith("https:"):
        return
    if settings.trusted_proxies == 0:
        told = "TRUSTED_PROXIES is not set, so everybody behind the proxy counts as one visitor"
        yield warning("proxy", told, "set it to the number of your proxies, usually 1")
    else:
        yield ok("proxy", f"{settings.trusted_proxies} is believed who has called")


def _published(body: bytes) -> str | None:
    try:
        return str(json.loads(body)["keys"][0]["hex"])
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return None
