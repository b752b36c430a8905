"""The parts of the editor, each by the place of the document it is about, and the sections each one has."""

from collections.abc import Mapping
from dataclasses import dataclass

from plugin.domain.errors import NotFound
from plugin.domain.policy.identity import ChannelKind
from plugin.domain.policy.terms import Fault
from plugin.domain.policy.traits import Trait
from plugin.domain.policy.version import InformedBy
from plugin.i18n import Catalogue
from plugin.web.admin.policy import choices
from plugin.web.admin.policy.controls import Control, Kind
from plugin.web.admin.policy.places import LISTS, MISSING, entries_of, listed, market_name, value_at
from plugin.web.admin.policy.repair_part import repair
from plugin.web.admin.policy.rule_sections import is_plain, plain_controls, rule_sections
from plugin.web.admin.policy.section import Desk, Section, own_words

_TRACKS = ("return", "exchange", "warranty", "withdrawal")


@dataclass(frozen=True, slots=True)
class Part:
    """One page of the editor."""

    place: str
    title: str
    sections: tuple[Section, ...]

    @property
    def controls(self) -> tuple[Control, ...]:
        """Every control of the page."""
        return tuple(control for section in self.sections for control in section.controls)


def part(place: str, desk: Desk) -> Part:
    """The page about a place. Raises `NotFound` where the draft has no such place."""
    said = desk.words
    if place == "":
        return Part(place, said.text("policy.draft.title"), (_general(desk),))
    if place in LISTS:
        sections = tuple(_entry(place, at, desk) for at in _shown(place, desk.document))
        return Part(place, said.text(f"policy.term.policy.{place}"), sections)
    if value_at(desk.document, place) is MISSING:
        raise NotFound({"field": place})
    if ".rules." in place:
        return Part(place, rule_title(desk.document, place, said), rule_sections(place, desk))
    return Part(place, market_name(desk.document, place), _of_market(place, desk))


def rule_title(document: Mapping[str, object], place: str, words: Catalogue) -> str:
    """A rule by its track and the id it goes by."""
    track, name = (value_at(document, f"{place}.{field}") for field in ("track", "id"))
    key = f"policy.value.track.{track}"
    return f"{words.text(key) if words.has(key) else track}: {name}"


def plain_rule(document: Mapping[str, object], market: str, track: str) -> str | None:
    """The place of the market's rule of this track that is for everything."""
    for at, rule in enumerate(listed(document, f"{market}.rules")):
        if isinstance(rule, Mapping) and rule.get("track") == track and is_plain(rule):
            return f"{market}.rules.{at}"
    return None


def special_rules(document: Mapping[str, object], market: str) -> list[str]:
    """The places of all other rules of the market."""
    plain = {plain_rule(document, market, track) for track in _TRACKS}
    places = [f"{market}.rules.{at}" for at, _ in enumerate(listed(document, f"{market}.rules"))]
    return [place for place in places if place not in plain]


def absent_tracks(document: Mapping[str, object], market: str) -> list[str]:
    """Of what most shops promise, what this market does not."""
    return [track for track in _TRACKS if plain_rule(document, market, track) is None]


def _general(desk: Desk) -> Section:
    said = desk.words
    served = (("", said.text("policy.value.nothing")), *choices.countries(desk.rulebook, said))
    earlier = said.text("policy.term.policy.is_for_earlier_orders")
    return Section(
        "general",
        said.text("policy.general"),
        (
            Control("home_country", Kind.CHOICE, said.text("policy.term.policy.home_country"), served),
            Control("is_for_earlier_orders", Kind.FLAG, earlier, help=said.text("policy.general.earlier_help")),
        ),
    )


def _of_market(market: str, desk: Desk) -> tuple[Section, ...]:
    found = ((track, plain_rule(desk.document, market, track)) for track in _TRACKS)
    promises = tuple(
        Section(
            track,
            desk.words.text(f"policy.value.track.{track}"),
            plain_controls(place, desk),
            place=place,
        )
        for track, place in found
        if place is not None
    )
    name = Control(f"{market}.market", Kind.TEXT, desk.words.text("policy.term.market.market"))
    texts = tuple(
        control
        for at in range(len(listed(desk.document, f"{market}.texts")) + 1)
        for control in own_words(desk.document, f"{market}.texts.{at}", desk.words, desk.also)
    )
    return (
        Section("name", desk.words.text("policy.term.market"), (name, _language(market, desk.words))),
        *promises,
        _disclosure(market, desk),
        _trader(market, desk),
        _support(market, desk),
        Section("texts", desk.words.text("policy.term.market.texts"), texts, desk.words.text("policy.texts_help")),
    )


def _language(market: str, said: Catalogue) -> Control:
    """What orders are written in whose language nobody tells; as a rule that of their country."""
    offered = (("", said.text("policy.market.language_none")), *choices.languages())
    label, help_ = said.text("policy.term.market.language"), said.text("policy.market.language_help")
    return Control(f"{market}.language", Kind.CHOICE, label, offered, help=help_)


def _disclosure(market: str, desk: Desk) -> Section:
    said, at = desk.words, f"{market}.disclosure"
    answers = (
        ("", said.text("policy.value.nothing")),
        ("yes", said.text("policy.value.yes")),
        ("no", said.text("policy.value.no")),
    )
    means = choices.options(InformedBy, "policy.value.informed_by", said)
    return Section(
        "disclosure",
        said.text("policy.disclosure"),
        (
            Control(f"{at}.is_informed", Kind.YES_NO, said.text("policy.term.disclosure.is_informed"), answers),
            Control(f"{at}.since", Kind.DATE, said.text("policy.term.disclosure.since")),
            Control(f"{at}.by", Kind.CHECKS, said.text("policy.term.disclosure.by"), means),
            Control(
                f"{at}.is_told_return_cost",
                Kind.YES_NO,
                said.text("policy.term.disclosure.is_told_return_cost"),
                answers,
            ),
        ),
        said.text("policy.disclosure_help"),
    )


def _trader(market: str, desk: Desk) -> Section:
    said, at = desk.words, f"{market}.trader"
    names = (
        Control(f"{at}.name", Kind.TEXT, said.text("policy.term.trader.name")),
        *_postal(f"{at}.address", desk),
        Control(f"{at}.email", Kind.TEXT, said.text("policy.term.trader.email")),
        Control(f"{at}.phone", Kind.TEXT, said.text("policy.term.trader.phone")),
    )
    help_ = "" if market == "default" else said.text("policy.as_default")
    return Section("trader", said.text("policy.term.market.trader"), names, help_)


def _postal(at: str, desk: Desk) -> tuple[Control, ...]:
    named = (("", desk.words.text("policy.choose")), *choices.countries(desk.rulebook, desk.words))
    return (
        Control(f"{at}.lines", Kind.LINES, desk.words.text("policy.address.lines")),
        Control(f"{at}.country", Kind.CHOICE, desk.words.text("policy.address.country"), named),
    )


def _support(market: str, desk: Desk) -> Section:
    said, at = desk.words, f"{market}.support"
    kinds = choices.channels(said, ChannelKind)
    return Section(
        "support",
        said.text("policy.term.market.support"),
        (
            Control(f"{at}.channels", Kind.CHANNELS, said.text("policy.term.support.channels"), kinds),
            Control(f"{at}.zone", Kind.TEXT, said.text("policy.term.support.zone"), help="Europe/Berlin"),
            Control(f"{at}.hours", Kind.HOURS, said.text("policy.term.support.hours"), choices.weekdays(said)),
            Control(f"{at}.reply_within_hours", Kind.NUMBER, said.text("policy.term.support.reply_within_hours")),
        ),
        "" if market == "default" else said.text("policy.as_default"),
    )


def _shown(name: str, document: Mapping[str, object]) -> list[int]:
    """The entries of a list that are edited; dismissed suggestions only stay away."""
    return [
        at for at, _ in enumerate(listed(document, name)) if value_at(document, f"{name}.{at}.is_dismissed") is not True
    ]


def _entry(name: str, at: int, desk: Desk) -> Section:
    place = f"{name}.{at}"
    build = {"traits": _trait, "reasons": _reason, "return_addresses": _return_address, "repairs": repair}[name]
    title, controls = build(place, desk)
    help_ = desk.words.text("policy.repair.help") if name == "repairs" else ""
    return Section(f"{name}-{at}", title, controls, help_, place=place)


def _trait(place: str, desk: Desk) -> tuple[str, tuple[Control, ...]]:
    said, trait = desk.words, value_at(desk.document, f"{place}.trait")
    lines = (
        ("properties", "policy.term.trait.properties"),
        *((f"scope.{n}", f"policy.term.scope.{n}") for n in _TRAIT_SCOPE),
    )
    controls = (
        Control(
            f"{place}.is_confirmed",
            Kind.FLAG,
            said.text("policy.term.trait.is_confirmed"),
            help=said.text("policy.trait.help"),
        ),
        *(Control(f"{place}.{field}", Kind.LINES, said.text(key)) for field, key in lines),
        Control(f"{place}.producer", Kind.TEXT, said.text("policy.term.trait.producer")),
        _months(place, str(trait), said),
        Control(f"{place}.consent_property", Kind.TEXT, said.text("policy.term.trait.consent_property")),
        Control(f"{place}.is_consent_confirmed", Kind.FLAG, said.text("policy.term.trait.is_consent_confirmed")),
    )
    left_out = {field for field, of in _OF_TRAITS.items() if trait not in of}
    shown = tuple(control for control in controls if control.path.rpartition(".")[2] not in left_out)
    return said.text(f"policy.value.trait.{trait}") if said.has(f"policy.value.trait.{trait}") else str(trait), shown


def _months(place: str, trait: str, said: Catalogue) -> Control:
    """Months mean something else for each kind of goods that has them."""
    key = f"policy.trait.months.{trait}"
    label, help_ = (said.text(each) if said.has(each) else "" for each in (key, f"{key}_help"))
    return Control(f"{place}.months", Kind.NUMBER, label or said.text("policy.term.trait.months"), help=help_)


_TRAIT_SCOPE = ("categories", "tags", "skus", "products", "collections")
_OF_TRAITS = {
    "producer": (Trait.PRODUCER_GUARANTEE,),
    "months": (Trait.SECOND_HAND, Trait.PRODUCER_GUARANTEE),
    "consent_property": (Trait.DIGITAL,),
    "is_consent_confirmed": (Trait.DIGITAL,),
}
"""Which goods a field of a trait is about, where not about all."""


def _reason(place: str, desk: Desk) -> tuple[str, tuple[Control, ...]]:
    said, name = desk.words, str(value_at(desk.document, f"{place}.id"))
    faults = (("", said.text("policy.value.nothing")), *choices.options(Fault, "policy.value.fault", said))
    roots = {each.get("id") for each in entries_of(desk.document, "reasons") if not each.get("parent")} - {name}
    own = ((known, text) for known, text in choices.own_reasons(desk.document, said) if known in roots)
    built_in = ((known, text) for known, text in choices.reasons(said) if "." not in known)
    parents = (("", said.text("policy.value.nothing")), *built_in, *own)
    return dict(choices.own_reasons(desk.document, said)).get(name) or choices.reason_name(name, said), (
        Control(f"{place}.parent", Kind.CHOICE, said.text("policy.term.reason.parent"), parents),
        Control(f"{place}.fault", Kind.CHOICE, said.text("policy.term.reason.fault"), faults),
        Control(f"{place}.is_hidden", Kind.FLAG, said.text("policy.term.reason.is_hidden")),
        *own_words(desk.document, f"{place}.labels", said, desk.also, said.text("policy.term.reason.labels")),
    )


def _return_address(place: str, desk: Desk) -> tuple[str, tuple[Control, ...]]:
    said, name = desk.words, value_at(desk.document, f"{place}.name")
    title = name if isinstance(name, str) else said.text("policy.term.return_address")
    return title, (
        Control(f"{place}.name", Kind.TEXT, said.text("policy.term.return_address.name")),
        *_postal(f"{place}.address", desk),
        Control(f"{place}.is_hub", Kind.FLAG, said.text("policy.term.return_address.is_hub")),
    )
