"""The companion plugin's words, compiled for WordPress: the shopper's from `locales/`, the desk's from its `.po` files.

So what a shopper reads in the plugin is worded in one place and in every language of the product. The shop's own staff
read the plugin's settings in the languages of the desk, and in English elsewhere.
"""

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from plugin.i18n import catalogue

WORDPRESS: Final[Mapping[str, str]] = {
    "ar": "ar", "bg": "bg_BG", "cs": "cs_CZ", "da": "da_DK", "de": "de_DE", "el": "el", "es": "es_ES", "et": "et",
    "fi": "fi", "fr": "fr_FR", "ga": "ga", "he": "he_IL", "hr": "hr", "hu": "hu_HU", "id": "id_ID", "it": "it_IT",
    "ja": "ja", "ko": "ko_KR", "lt": "lt_LT", "lv": "lv", "mt": "mlt", "nb": "nb_NO", "nl": "nl_NL", "pl": "pl_PL",
    "pt": "pt_PT", "pt-BR": "pt_BR", "ro": "ro_RO", "ru": "ru_RU", "sk": "sk_SK", "sl": "sl_SI", "sv": "sv_SE",
    "th": "th", "tr": "tr_TR", "uk": "uk", "vi": "vi", "zh-Hans": "zh_CN", "zh-Hant": "zh_TW",
}  # fmt: skip
"""The name WordPress has for each language; English is in the sources. `src/Language.php` leads the others there."""
SHOPPER: Final[Mapping[str, str]] = {
    "Returns & warranty": "page.heading",
    "Return an item or report a problem": "claim.find.heading",
    "Order %s": "claim.order",
    "Find your order first. You need no account.": "claim.find.lead",
    "Have the order number at hand, and the e-mail address you ordered with.": "page.process.find.text",
    "Find order": "claim.find.submit",
    "Track your order": "tracking.follow",
    "Order number": "claim.find.number",
    "E-mail address you ordered with": "claim.find.email",
}
"""What the plugin says to shoppers, and the key of the same in `locales/`; `%s` is the order's number."""


def compiled(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each language's file; `folder` holds the desk's `.po` files."""
    for language, name in WORDPRESS.items():
        made = BytesIO()
        write_mo(made, _catalog(language, folder / f"aftercare-{name}.po"))
        yield f"aftercare-{name}.mo", made.getvalue()


def _catalog(language: str, desk: Path) -> Catalog:
    words, found = catalogue(language), Catalog(charset="utf-8", fuzzy=False)
    found.mime_headers = [("Content-Type", "text/plain; charset=utf-8")]
    if desk.is_file():
        with desk.open("rb") as source:
            for message in read_po(source):
                if message.id:
                    found.add(message.id, message.string)
    for english, key in SHOPPER.items():
        found.add(english, words.text(key, number="%s") if "%s" in english else words.text(key))
    return found
