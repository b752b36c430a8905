"""What can be chosen in the editor, in words."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from babel.dates import get_day_names

from plugin.domain.law.rulebook import Rulebook
from plugin.domain.policy.reasons import DEFAULT_REASONS, reason_tree
from plugin.domain.policy.terms import Anchor
from plugin.i18n import LANGUAGES, Catalogue, catalogue
from plugin.web.admin.policy.controls import WITHOUT_END
from plugin.web.admin.policy.places import entries_of

Options = tuple[tuple[str, str], ...]
_CHAINS = (
    (Anchor.DELIVERED,),
    (Anchor.SHIPPED,),
    (Anchor.ORDERED,),
    (Anchor.DELIVERED, Anchor.SHIPPED),
    (Anchor.DELIVERED, Anchor.ORDERED),
    (Anchor.DELIVERED, Anchor.SHIPPED, Anchor.ORDERED),
)
_BRANDS = {"whatsapp": "WhatsApp", "viber": "Viber", "line": "LINE", "zalo": "Zalo", "telegram": "Telegram"}
_UNITS = ("", "days", "working", "months", WITHOUT_END)
_UNION = "EU"
_AREA = ("EU", "EEA")


def options(kinds: Iterable[StrEnum], key: str, words: Catalogue) -> Options:
    """Every member of a closed set; its words stand under the key."""
    return tuple((each.value, words.text(f"{key}.{each.value}")) for each in kinds)


def units(words: Catalogue) -> Options:
    """What a window can be counted in; none of it: nothing is promised."""
    return tuple((unit, words.text(f"policy.unit.{unit or 'none'}")) for unit in _UNITS)


def channels(words: Catalogue, kinds: Iterable[StrEnum]) -> Options:
    """Ways to reach support; brands have one name everywhere."""
    named = ((each.value, _BRANDS.get(each.value)) for each in kinds)
    return tuple((kind, brand or words.text(f"policy.channel.{kind}")) for kind, brand in named)


def chains(words: Catalogue) -> Options:
    """What a promise counts from: the first moment of these that is known."""
    otherwise = words.text("policy.otherwise")
    return tuple(
        (",".join(chain), otherwise.join(words.text(f"policy.value.anchor.{each.value}") for each in chain))
        for chain in _CHAINS
    )


def countries(rulebook: Rulebook, words: Catalogue, besides: Iterable[str] = ()) -> Options:
    """The countries whose law is known, by name, without those there already."""
    left = {code for code in rulebook.jurisdictions if "-" not in code} - set(besides)
    return tuple(sorted(((code, words.country(code)) for code in left), key=lambda each: each[1]))


def regions(rulebook: Rulebook) -> dict[str, tuple[str, ...]]:
    """Groups of countries that are added at once."""
    places = rulebook.jurisdictions.values()
    return {
        "eu": tuple(sorted(place.code for place in places if place.region == _UNION)),
        "eea": tuple(sorted(place.code for place in places if place.region in _AREA)),
    }


def languages() -> Options:
    """Every language of shoppers by its own name."""
    return tuple((tag, f"{catalogue(tag).language_name(tag)} ({tag})") for tag in LANGUAGES)


def weekdays(words: Catalogue) -> Options:
    """Monday to Sunday, short."""
    names = get_day_names("abbreviated", locale=words.locale)
    return tuple((str(day), names[day]) for day in range(7))


def reasons(words: Catalogue) -> Options:
    """The reasons every shop has."""
    return tuple((each.id, reason_name(each.id, words)) for each in reason_tree(()))


def own_reasons(document: Mapping[str, object], words: Catalogue) -> Options:
    """The merchant's own reasons, in the reader's language where they are in it."""
    built_in = {each.id for each in DEFAULT_REASONS}
    own = [each for each in entries_of(document, "reasons") if each.get("id") and each["id"] not in built_in]
    return tuple((str(each["id"]), _label(each, words) or str(each["id"])) for each in own)


def _label(reason: Mapping[str, object], words: Catalogue) -> str:
    labels = reason.get("labels")
    said = labels if isinstance(labels, Mapping) else {}
    return str(said.get(words.language) or next(iter(said.values()), ""))


def reason_name(reason: str, words: Catalogue) -> str:
    """A reason in words; its id where nobody has worded it."""
    key = f"policy.reason.{reason}"
    return words.text(key) if words.has(key) else reason.replace("_", " ").replace(".", ": ")
