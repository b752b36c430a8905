"""What goods with a trait are called, one file a trait, by language: names that say it, and names that only sound so.

`words` count in the name of a product, a category, a tag or a collection; `terms` in the latter three alone. `never`
silences a name whatever else is in it ("toothbrush holder"). `properties` are names of line properties. A `*` stands
for the rest of a word. `physical`: only of goods that are delivered (true), or that are not (false).
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from urllib.parse import unquote

from plugin.domain.policy.traits import Trait

_NOTHING = re.compile("(?!)")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
"""Kana and Han: written without spaces, so a word is found inside of others."""
_HINT = 4
"""Letters of a word's beginning that are looked at first."""
_REST = r"\S*"
_BETWEEN = re.compile(r"[\W_]+")
_ACCENTS = re.compile("[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class Wordlist:
    """What to look for, in names as `plain` gives them; `is_physical` None: it does not matter."""

    words: re.Pattern[str]
    terms: re.Pattern[str]
    never: re.Pattern[str]
    properties: re.Pattern[str]
    is_physical: bool | None

    def is_name(self, plain_name: str) -> bool:
        """Whether a product's name says the trait."""
        return bool(self.words.search(plain_name)) and not self.is_silenced(plain_name)

    def is_term(self, plain_name: str) -> bool:
        """Whether the name of a category, tag or collection does."""
        said = self.words.search(plain_name) or self.terms.search(plain_name)
        return bool(said) and not self.is_silenced(plain_name)

    def is_silenced(self, plain_name: str) -> bool:
        """Whether the name says that it is something else."""
        return bool(self.never.search(plain_name))


def hints_at_any(plain_name: str) -> bool:
    """Whether it is worth to look at the name more closely: hardly any is, and ten thousand are looked at."""
    begins = (word[:_HINT] for word in plain_name.split())
    return not _beginnings().isdisjoint(begins) or bool(_UNSPACED.search(plain_name))


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    told = (json.loads(path.read_text("utf-8"))["words"] for path in _files().values())
    words = (word for listed in told for each in listed.values() for word in each)
    return frozenset(plain(word.replace("*", "")).split()[0][:_HINT] for word in words)


@lru_cache(maxsize=1)
def wordlists() -> Mapping[Trait, Wordlist]:
    """The list of every trait that names tell."""
    return {trait: _read(json.loads(path.read_text("utf-8"))) for trait, path in _files().items()}


def _files() -> Mapping[Trait, Traversable]:
    named = {trait: files(__name__) / f"{trait.value}.json" for trait in Trait}
    return {trait: path for trait, path in named.items() if path.is_file()}


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """A name or a slug for comparing: words in small letters, without accents; umlauts as platforms write them too."""
    folded = unicodedata.normalize("NFKD", unquote(name).casefold())
    spelt = unicodedata.normalize("NFC", _ACCENTS.sub("", folded)).replace("ł", "l")
    for long, short in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        spelt = spelt.replace(long, short)
    return f" {_BETWEEN.sub(' ', spelt).strip()} "


def _read(document: Mapping[str, Mapping[str, list[str]]]) -> Wordlist:
    listed = {
        name: _pattern(word for words in document.get(name, {}).values() for word in words)
        for name in ("words", "terms", "never", "properties")
    }
    return Wordlist(**listed, is_physical=document.get("physical"))  # type: ignore[arg-type]  # JSON, checked by tests


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    spelt = sorted({_spelt(word) for word in words})
    return re.compile("|".join(spelt)) if spelt else _NOTHING


def _spelt(word: str) -> str:
    if _UNSPACED.search(word):
        return re.escape(plain(word).strip())
    return " " + " ".join(_stem(part) for part in word.split()) + "(?= )"


def _stem(part: str) -> str:
    """One written word; an apostrophe or a hyphen parts it in two, as it does in names."""
    inner = re.escape(plain(part.strip("*")).strip()).replace("\\ ", " ")
    before, after = (_REST if is_open else "" for is_open in (part.startswith("*"), part.endswith("*")))
    return before + inner + after
