"""How goods go back: with which papers, by when, and what is still awaited."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from plugin.domain.claim.claim import Claim
from plugin.domain.ids import LabelId
from plugin.domain.returning.label import Label, LabelState
from plugin.domain.returning.papers import packing_rules
from plugin.i18n import Catalogue

_A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class ParcelWords:
    """One parcel. `papers`: the kinds that can be had now; `tracking`: what follows it, and where, if anywhere."""

    label: LabelId
    papers: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    text: str
    rules: tuple[str, ...]
    tracking: tuple[str, str | None] | None


def parcel_words(label: Label, claim: Claim, words: Catalogue, now: datetime, *, has_customs: bool) -> ParcelWords:
    """What the shopper needs for one parcel; until its label is there the papers are not either."""
    is_ready = label.state is LabelState.ISSUED and not label.has_run_out(now)
    return ParcelWords(
        label=label.id,
        papers=tuple(_papers(words, has_customs=has_customs)) if is_ready else (),
        lines=(label.to.name, *label.to.address.lines, words.country(label.to.address.country)),
        text=_text(label, claim, words, is_ready=is_ready),
        rules=tuple(_rules(label, words, has_customs=has_customs)),
        tracking=_tracking(label),
    )


def _papers(words: Catalogue, *, has_customs: bool) -> Iterator[tuple[str, str]]:
    yield "label", words.text("claim.back.label")
    yield "slip", words.text("paper.slip")
    if has_customs:
        yield "customs", words.text("claim.back.customs")


def _text(label: Label, claim: Claim, words: Catalogue, *, is_ready: bool) -> str:
    if not is_ready:
        return words.text("claim.back.waiting")
    if label.wanted_until is None:
        return ""
    zone = ZoneInfo(claim.zone) if claim.zone else UTC
    return words.text("paper.send_by", day=(label.wanted_until - _A_MOMENT).astimezone(zone).date())


def _rules(label: Label, words: Catalogue, *, has_customs: bool) -> Iterator[str]:
    for rule in packing_rules(label.source, crosses_a_border=has_customs):
        yield words.text(f"paper.rule.{rule.value}")


def _tracking(label: Label) -> tuple[str, str | None] | None:
    carriage = label.carriage
    if carriage is None or not carriage.tracking:
        return None
    url = carriage.tracking_url
    is_web = url is not None and url.startswith(("https://", "http://"))
    return " ".join(filter(None, (carriage.carrier, carriage.tracking))), url if is_web else None
