"""Where a law itself can be read: the addresses of those who publish it, not of those who write about it."""

from urllib.parse import urlsplit

PUBLISHERS = frozenset(
    {
        "data.europa.eu",
        "eur-lex.europa.eu",
        "www.legifrance.gouv.fr",
        "www.gesetze-im-internet.de",
        "www.boe.es",
        "www.normattiva.it",
        "www.irishstatutebook.ie",
        "legisquebec.gouv.qc.ca",
        "law.moj.gov.tw",
        "www.bcn.cl",
    }
)
"""Of the rulebook's sources: the Union's and the states' own collections of law."""


def official_address(url: str | None) -> str | None:
    """The address if it is that of an official text; None for law firms, press, and where there is none."""
    if url is None:
        return None
    parts = urlsplit(url)
    return url if parts.scheme in {"https", "http"} and parts.hostname in PUBLISHERS else None
