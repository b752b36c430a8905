"""What the person who started the server reads first."""

from pathlib import Path

from plugin.settings import Settings

_INVITE = "aftercare owner invite EMAIL prints a link to sign in with"


def text(settings: Settings, sign_in: str, log: Path | None = None) -> str:
    """The addresses, where the log is, what to look at first, and what a machine without a public address cannot do."""
    lines = ["", "Aftercare is running.", "", *_addresses(settings, sign_in), *_log(log), "", _first_look(settings)]
    if settings.public_url is None:
        lines += [
            "Without PUBLIC_URL imports work, and so do WooCommerce shops connected with pasted keys and polled.",
            "Platform sign-in, webhooks and links in mail that work from elsewhere need it.",
        ]
    elif settings.trusted_proxies == 0:
        lines += [
            "With PUBLIC_URL and without TRUSTED_PROXIES every visitor counts as one: behind a proxy, set it to 1.",
        ]
    return "\n".join([*lines, "Ctrl-C stops it.", ""])


def _addresses(settings: Settings, sign_in: str) -> list[str]:
    base = settings.base_url
    admin = f"{base}{sign_in}  (this link signs in once)" if sign_in else f"{base}/admin  ({_INVITE})"
    rows = [("Merchant admin", admin), ("API docs", f"{base}/docs")]
    if settings.has_demo:
        rows = [("Demo store", f"{base}/demo"), rows[0], ("Demo mailbox", f"{base}/demo/mail"), rows[1]]
    return [f"  {name:<15} {address}" for name, address in rows]


def _log(log: Path | None) -> list[str]:
    return [f"  {'Log':<15} {log}"] if log else []


def _first_look(settings: Settings) -> str:
    if settings.has_demo:
        return "Look first at an order in the demo store: every line says what is owed, until when, and why."
    return "Look first at the orders in the merchant admin: every line says what is owed, until when, and why."
