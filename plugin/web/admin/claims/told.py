"""What a form answers when it was refused: the reason at its field, what was typed, and what changed meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from plugin.domain.errors import DomainError
from plugin.i18n import Catalogue, MissingWords
from plugin.web.admin.claims.typed import Typed
from plugin.web.problems import error_text

_ANYWHERE = ""


@dataclass(frozen=True, slots=True)
class Told:
    """`form` names the form of the page it is about; `seen` is the version whose page was sent, when it is old."""

    form: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    seen: int | None = None
    preview: str | None = None

    def value(self, form: str, name: str, default: str = "") -> str:
        """What stands in a field: what was typed into it, else its default."""
        return self.typed.get(name, default) if form == self.form else default

    def fault(self, form: str, name: str = _ANYWHERE) -> str | None:
        """What is wrong with a field, or with the form as a whole."""
        return self.wrong.get(name) if form == self.form else None

    def is_about(self, form: str) -> bool:
        """Whether this form was refused, or is looked at before it is sent."""
        return form == self.form


NOTHING_TOLD = Told()


def refused(refusal: DomainError, typed: Typed, known: frozenset[str], said: Catalogue) -> Told:
    """The refusal as its form shows it; one about no field of the form (`known`) stands above its button."""
    name = str(refusal.facts.get("field", _ANYWHERE))
    seen = int(typed.text("seen") or 0) if "version" in refusal.facts else None
    text = worded(refusal, said)
    return Told(typed.text("form"), {name if name in known else _ANYWHERE: text}, typed.fields, seen)


def worded(refusal: DomainError, said: Catalogue) -> str:
    """The reason in the reader's language, with its facts."""
    key = f"problem.{refusal.code}"
    try:
        return said.text(key, **{name: fact for name, fact in refusal.facts.items() if isinstance(fact, int | str)})
    except (MissingWords, TypeError):
        return error_text(said, "general")
