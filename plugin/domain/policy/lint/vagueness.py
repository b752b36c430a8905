"""Decides whether a sentence promises without a measure: it has a cue of vagueness, and nothing concrete silences it.

Cues and concrete words are broad classes of a language, not listed sentences. Discretion leaves the shop free whatever
else is said ("after 30 days, case by case"). Every other cue stands in for a measure and is fine beside one ("usually
within 24 hours"; "as soon as possible, at the latest after 14 days"); praise, speed and attitude are fine beside other
things somebody can hold the shop to as well ("easy: print the label from your account").
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

_NOTHING = "(?!)"
"""Stands for a class a language has no words for."""
_INNOCENT = "innocent"
"""The class of turns that hold a cue's words and mean no promise ("no longer", "fair wear")."""


class Cue(StrEnum):
    """How a sentence avoids to say what is promised."""

    DISCRETION = "discretion"
    """The shop decides, later: at our discretion, case by case."""
    HEDGE = "hedge"
    """The shop keeps it open: usually, may, where possible."""
    INTENTION = "intention"
    """It says what it wants, not what it does: do our best, strive, committed to."""
    SPEED = "speed"
    QUANTITY = "quantity"
    PRAISE = "praise"
    ATTITUDE = "attitude"
    """How the shop feels about it: satisfaction is our priority, count on us, we will find a solution."""


class Concrete(StrEnum):
    """What somebody can hold the shop to."""

    MEASURE = "measure"
    """A number, a day, an address."""
    COMMITMENT = "commitment"
    """Who pays, or what exactly is given, done or refused."""
    MEANS = "means"
    """What it is done with: a label, a parcel shop, a tracking number."""
    INSTRUCTION = "instruction"
    """What the shopper is to do: "please pack it well" promises nothing."""


_SILENCED_BY: Mapping[Cue, tuple[Concrete, ...]] = {
    Cue.DISCRETION: (),
    Cue.HEDGE: (Concrete.MEASURE,),
    Cue.INTENTION: (Concrete.MEASURE,),
    Cue.SPEED: (Concrete.MEASURE, Concrete.MEANS, Concrete.INSTRUCTION),
    Cue.QUANTITY: (Concrete.MEASURE,),
    Cue.PRAISE: tuple(Concrete),
    Cue.ATTITUDE: (Concrete.MEASURE, Concrete.COMMITMENT, Concrete.INSTRUCTION),
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language, compiled by class."""

    innocent: re.Pattern[str]
    cues: Mapping[Cue, re.Pattern[str]]
    concrete: Mapping[Concrete, re.Pattern[str]]

    def cues_in(self, said: str) -> Iterator[re.Match[str]]:
        """The cues nothing concrete silences, in a folded sentence; found in what innocent turns leave of it."""
        rest = self.innocent.sub("\N{HORIZONTAL ELLIPSIS}", said)
        for cue, pattern in self.cues.items():
            found = list(pattern.finditer(rest))
            if found and not any(self.concrete[each].search(rest) for each in _SILENCED_BY[cue]):
                yield from found


def vocabulary(classes: Mapping[str, Sequence[str]], *, has_spaces: bool) -> Vocabulary:
    """Reads the classes of a language file; `has_spaces` tells whether its words stand apart from each other.

    An entry is a regular expression of whole words, alternatives apart by `|`; `~` stands for any letters.
    """

    def compiled(name: str) -> re.Pattern[str]:
        entries = "|".join(classes.get(name) or [_NOTHING]).replace("~", r"\w*")
        return re.compile(rf"(?<!\w)(?:{entries})(?!\w)" if has_spaces else entries)

    return Vocabulary(
        compiled(_INNOCENT), {cue: compiled(cue) for cue in Cue}, {each: compiled(each) for each in Concrete}
    )
