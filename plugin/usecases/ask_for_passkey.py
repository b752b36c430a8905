"""Ask a browser for a passkey, whoever's is chosen there, to sign in with it."""

from datetime import datetime

from plugin.ports.passkeys import Devices
from plugin.ports.secrets import Secrets
from plugin.usecases.issue_challenge import Asked, issue_challenge


def ask_for_passkey(browser: str, *, devices: Devices, secrets: Secrets, now: datetime) -> str:
    """What the browser is told, as JSON; `browser` as of `issue_challenge`. Tells nothing of who works where."""
    return devices.ask_to_sign(issue_challenge(Asked.TO_SIGN_IN, browser, secrets=secrets, now=now))
