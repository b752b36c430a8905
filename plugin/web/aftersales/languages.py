"""What languages are called by those who speak them."""

from functools import lru_cache

from babel import Locale

from plugin.i18n import PAGE_LANGUAGES


@lru_cache(maxsize=1)
def languages() -> tuple[tuple[str, str], ...]:
    """Each language the page is written in, with its own name for itself."""
    return tuple((tag, _own_name(tag)) for tag in PAGE_LANGUAGES)


def _own_name(tag: str) -> str:
    locale = Locale.parse(tag, sep="-")
    name = str(locale.get_display_name(locale))
    return name[:1].upper() + name[1:]
