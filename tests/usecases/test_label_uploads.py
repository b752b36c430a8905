"""Labels a merchant uploads: looked at, made harmless, and put in the place of whatever the parcel had."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.errors import Invalid
from plugin.domain.returning.account import Carrying
from plugin.domain.returning.errors import LabelNotInThatState, NotALabel
from plugin.domain.returning.label import UPLOAD_NEEDED, Label, LabelSource, LabelState
from plugin.usecases.retry_label import retry_label
from tests.build import MERCHANT, NOW
from tests.fakes.files import FakeFiles
from tests.support import media
from tests.support.label_desk import LABEL, LabelDesk
from tests.support.returning import ACCOUNT


@pytest.fixture
def desk() -> LabelDesk:
    return LabelDesk()


def retry(desk: LabelDesk, label: Label, grams: int | None = None) -> Label:
    return retry_label(label.id, grams=grams, merchant=MERCHANT, units=desk.units, now=desk.now)


@pytest.mark.parametrize("account", [None, replace(ACCOUNT, carryings=(Carrying("FR", "x:y"),))])
def test_without_somebody_who_sells_it_a_prepaid_label_waits_for_an_upload(account: object) -> None:
    desk = LabelDesk(account)  # type: ignore[arg-type]  # an account or none
    label = desk.request()
    assert (label.source, label.state, label.code) == (LabelSource.UPLOADED, LabelState.FAILED, UPLOAD_NEEDED)
    there = desk.upload(label)
    assert (there.id, there.state, desk.read(there)) == (label.id, LabelState.ISSUED, LABEL)
    assert there.carriage
    assert (there.carriage.carrier, there.carriage.tracking) == ("DHL", "JJD0001")


def test_an_upload_takes_the_place_of_any_label_the_parcel_has(desk: LabelDesk) -> None:
    bought = desk.request()
    desk.issue(bought)
    uploaded = desk.upload(desk.got(bought))
    assert desk.got(bought).state is LabelState.CLOSED
    assert (uploaded.state, uploaded.source, desk.read(uploaded)) == (LabelState.ISSUED, LabelSource.UPLOADED, LABEL)
    with pytest.raises(LabelNotInThatState):
        desk.upload(desk.got(bought))


def test_of_two_uploads_at_once_one_is_issued_and_the_other_leaves_no_file_behind() -> None:
    class Twice(FakeFiles):
        """A store at which a second upload overtakes the first."""

        def put(self, name: str, content: Iterable[bytes]) -> None:
            is_first = not self.objects
            FakeFiles.put(self, name, content)
            if is_first:
                overtaking.append(desk.upload(label))

    desk, overtaking = LabelDesk(None), list[Label]()
    label, desk.files = desk.request(), Twice()
    with pytest.raises(LabelNotInThatState):
        desk.upload(label)
    (there,) = overtaking
    assert there.file
    assert (list(desk.files.objects), desk.read(there)) == ([there.file.object], LABEL)


def test_a_picture_is_drawn_anew(desk: LabelDesk) -> None:
    there = desk.upload(desk.request(), media.jpeg(gps=True))
    assert there.file
    assert there.file.media_type == "image/jpeg"
    assert b"Nokia" not in desk.read(there)


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"%PDF-1.4 /JavaScript (app.alert(1))", b"PK\x03\x04", b"%PDF-1.4" + b"x" * 2_100_000],
)
def test_what_is_no_label_is_refused_and_changes_nothing(desk: LabelDesk, content: bytes) -> None:
    label = desk.request()
    with pytest.raises(NotALabel):
        desk.upload(label, content)
    assert desk.all() == [label]


def test_a_label_to_be_uploaded_is_no_matter_of_trying_again() -> None:
    desk = LabelDesk(None)
    with pytest.raises(LabelNotInThatState):
        retry(desk, desk.request())


def test_a_weight_nobody_can_carry_is_told(desk: LabelDesk) -> None:
    with pytest.raises(Invalid):
        retry(desk, desk.request(), grams=0)


def test_an_upload_that_ran_out_is_asked_for_again(desk: LabelDesk) -> None:
    label = desk.upload(desk.request(), valid_until=NOW + timedelta(days=1))
    desk.tick(timedelta(days=1))
    waiting = desk.all()[-1]
    assert (waiting.replaces, waiting.code, waiting.source) == (label.id, UPLOAD_NEEDED, LabelSource.UPLOADED)
