"""The worker and labels: an effect that is queued buys one, and a process that sells none says so."""

from __future__ import annotations

from typing import cast

from plugin.domain.clocks.engine import Law
from plugin.domain.effects import IssueLabel
from plugin.domain.returning.account import LabelAccount
from plugin.domain.returning.label import LabelState
from plugin.jobs import codec, handlers
from plugin.ports.evidence_keeping import EvidenceKeeping
from plugin.ports.label_provider import LabelProvider
from tests.build import MERCHANT
from tests.fakes.deps import fake_deps
from tests.support.label_desk import LabelDesk

LAW = cast("Law", None)


def test_a_queued_label_survives_the_job_table() -> None:
    desk = LabelDesk()
    effect = IssueLabel(MERCHANT, desk.request().id)
    assert desk.units.effects(MERCHANT) == [effect]
    assert codec.load(codec.name_of(effect), codec.dump(effect)) == effect


def test_the_worker_buys_what_was_asked_for() -> None:
    desk = LabelDesk()
    label = desk.request()

    def provider_of(_account: LabelAccount) -> LabelProvider:
        return desk.provider

    keeping = EvidenceKeeping(desk.files, *([None] * 3))  # type: ignore[arg-type]  # labels are stored, nothing else
    deps = fake_deps(desk.units, LAW, label_providers=provider_of, evidence=keeping)
    handlers.run(IssueLabel(MERCHANT, label.id), deps)
    assert desk.got(label).state is LabelState.ISSUED
    handlers.run(IssueLabel(MERCHANT, label.id), deps)
    assert len(desk.provider.asked) == 1


def test_a_process_that_sells_no_labels_leaves_them_as_they_are() -> None:
    desk = LabelDesk()
    label = desk.request()
    handlers.run(IssueLabel(MERCHANT, label.id), fake_deps(desk.units, LAW))
    assert desk.got(label).state is LabelState.REQUESTED
