"""Evidence from its announcement to its removal, on fakes of storage and the real decoders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from plugin.domain.effects import CheckEvidence
from plugin.domain.evidence import (
    CHUNK_BYTES,
    EvidenceRefused,
    EvidenceState,
    EvidenceTooLarge,
    Limits,
    OffsetMismatch,
    Refusal,
    ScanState,
    TooMuchEvidence,
    UnknownEvidence,
)
from plugin.domain.ids import ClaimDraftId, ClaimId
from plugin.ports.errors import Unavailable
from plugin.usecases.check_evidence import check_evidence
from plugin.usecases.recheck_evidence import recheck_evidence
from plugin.usecases.withdraw_evidence import withdraw_evidence
from tests.build import MERCHANT, NOW, PLACED
from tests.fakes.files import FakeFiles
from tests.support import media
from tests.support.evidence_desk import DRAFT, Desk, FakeScanner
from tests.support.media import FILM, PLACE

PAGE = b"<html><script>alert(1)</script></html>"


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_photo_is_kept_without_its_place(desk: Desk) -> None:
    whole = desk.upload(media.jpeg(gps=True))
    assert whole.state is EvidenceState.CHECKING
    assert desk.units.tables[MERCHANT].effects == [CheckEvidence(MERCHANT, whole.id)]
    kept = desk.check(whole)
    assert (kept.state, kept.scan, kept.refusal) == (EvidenceState.READY, ScanState.CLEAN, None)
    content = desk.seen(kept)
    assert content.startswith(b"\xff\xd8\xff")
    assert b"Nokia" not in content
    assert kept.stored
    assert (kept.stored.media_type, kept.stored.size) == ("image/jpeg", len(content))
    assert kept.stored.digest == sha256(content).hexdigest()
    assert list(desk.files.objects) == [kept.stored.object]


def test_a_video_in_many_chunks_is_kept_without_its_place(desk: Desk) -> None:
    film = FILM * 15_000
    large = media.mp4(film=film)
    kept = desk.check(desk.upload(large, 300_000))
    after = desk.seen(kept)
    assert len(after) == len(large) > 4 * CHUNK_BYTES
    assert film in after
    assert PLACE not in after
    assert desk.scanner.seen == large


@pytest.mark.parametrize("content", [media.png(), media.webp(), media.webm(), media.pdf(), media.mp4(brand=b"qt  ")])
def test_every_kind_we_take_is_kept(desk: Desk, content: bytes) -> None:
    assert desk.check(desk.upload(content)).state is EvidenceState.READY


HOSTILE = {
    "a picture that is a page too": (media.jpeg() + bytes(5_000) + PAGE, Refusal.MIXED),
    "a picture that begins as a page": (media.jpeg()[:20] + PAGE + media.jpeg()[20:], Refusal.MIXED),
    "a picture with a page in its comment": (media.jpeg().replace(b"JFIF", b"JFIF" + PAGE, 1), Refusal.MIXED),
    "a picture that is an archive too": (media.jpeg() + media.archive(), Refusal.MIXED),
    "a truncated picture": (media.jpeg((400, 300))[:900], Refusal.BROKEN),
    "a bomb": (media.bomb(), Refusal.TOO_LARGE),
    "a paper that runs something": (media.pdf(b"/OpenAction << /S /JavaScript /JS (x) >>"), Refusal.ACTIVE),
    "a video with rubbish behind it": (media.mp4() + b"x" * 5_000 + PAGE, Refusal.BROKEN),
    "a truncated video": (media.mp4()[:-9], Refusal.BROKEN),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_and_nothing_of_it_is_kept(desk: Desk, name: str) -> None:
    content, why = HOSTILE[name]
    refused = desk.check(desk.upload(content))
    assert (refused.state, refused.refusal, refused.stored) == (EvidenceState.REFUSED, why, None)
    assert desk.files.objects == {}


@pytest.mark.parametrize("content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", PAGE, media.archive(), b"MZ" * 50])
def test_what_is_surely_nothing_we_take_is_refused_with_its_first_bytes(desk: Desk, content: bytes) -> None:
    evidence = desk.announce(len(content), "photo.jpg")
    with pytest.raises(EvidenceRefused) as refused:
        desk.send(evidence, 0, content)
    assert refused.value.facts["why"] == "kind"
    assert desk.files.objects == {}
    with pytest.raises(UnknownEvidence):
        desk.found(evidence)


def test_a_virus_is_refused_before_anything_decodes_it(desk: Desk) -> None:
    desk.scanner.says = ScanState.REFUSED
    refused = desk.check(desk.upload(media.bomb()))
    assert (refused.state, refused.scan, refused.refusal) == (EvidenceState.REFUSED, ScanState.REFUSED, Refusal.VIRUS)


def test_a_file_waits_for_a_scanner_that_does_not_answer(desk: Desk) -> None:
    whole = desk.upload(media.jpeg())
    desk.scanner.is_down = True
    with pytest.raises(Unavailable):
        desk.check(whole)
    assert desk.found(whole).state is EvidenceState.CHECKING
    desk.scanner.is_down = False
    assert desk.check(whole).state is EvidenceState.READY


def test_looking_twice_changes_nothing_and_leaves_nothing_behind(desk: Desk) -> None:
    first = desk.check(desk.upload(media.jpeg()))
    objects = dict(desk.files.objects)
    assert desk.check(first) == first
    assert desk.files.objects == objects


def test_bytes_that_got_lost_are_told_instead_of_tried_for_ever(desk: Desk) -> None:
    whole = desk.upload(media.jpeg())
    desk.files.objects.clear()
    assert desk.check(whole).refusal is Refusal.BROKEN


def test_a_chunk_that_does_not_begin_where_the_file_ends_is_told_where(desk: Desk) -> None:
    evidence = desk.announce(300_000)
    desk.send(evidence, 0, media.jpeg() + bytes(100_000))
    received = desk.found(evidence).received
    for offset in (0, received - 1, received + 1):
        with pytest.raises(OffsetMismatch) as refused:
            desk.send(evidence, offset, bytes(70_000))
        assert refused.value.facts == {"offset": received}
    assert len(desk.files.objects) == 1


def test_of_two_chunks_that_race_one_is_taken_and_the_other_leaves_nothing(desk: Desk) -> None:
    evidence = desk.announce(200_000)
    first = media.jpeg().ljust(100_000, b"a")
    rival = media.jpeg().ljust(100_000, b"b")

    class Rival(FakeFiles):
        """While the first chunk is being stored, the rival comes and is faster."""

        def put(self, name: str, content: Iterable[bytes]) -> None:
            super().put(name, content)
            if len(self.objects) == 1:
                desk.send(evidence, 0, rival)

    desk.files = Rival()
    with pytest.raises(OffsetMismatch):
        desk.send(evidence, 0, first)
    (kept,) = desk.files.objects.values()
    assert kept.endswith(rival)
    assert desk.found(evidence).received == 100_000


@pytest.mark.parametrize(("offset", "length"), [(0, 10), (0, 0), (0, CHUNK_BYTES + 1), (70_000, 40_001)])
def test_a_chunk_too_small_too_large_or_beyond_the_end_is_refused(desk: Desk, offset: int, length: int) -> None:
    evidence = desk.announce(2 * CHUNK_BYTES if length > CHUNK_BYTES else 110_000)
    if offset:
        desk.send(evidence, 0, media.jpeg().ljust(offset, b"\0"))
    with pytest.raises(EvidenceTooLarge):
        desk.send(evidence, offset, media.jpeg().ljust(length, b"\0")[:length])


def test_another_claims_file_is_unknown(desk: Desk) -> None:
    evidence = desk.announce(70_000)
    with pytest.raises(UnknownEvidence):
        desk.send(evidence, 0, media.jpeg().ljust(70_000, b"\0"), ClaimDraftId("another"))
    with pytest.raises(UnknownEvidence):
        withdraw_evidence(evidence.id, ClaimDraftId("another"), merchant=MERCHANT, units=desk.units)


def test_there_is_an_end_to_files_and_bytes(desk: Desk) -> None:
    desk.keeping = replace(desk.keeping, limits=Limits(file_bytes=100, files_of_claim=2))
    with pytest.raises(EvidenceTooLarge):
        desk.announce(101)
    desk.announce(100)
    desk.announce(100)
    with pytest.raises(TooMuchEvidence):
        desk.announce(1)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("C:\\Users\\ida\\crack.jpg", "crack.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a\0\u202eb.jpg", "ab.jpg"),
        ("", "file"),
    ],
)
def test_a_name_is_only_a_name(desk: Desk, given: str, name: str) -> None:
    assert desk.announce(10, given).name == name


def test_what_was_taken_back_goes_with_the_next_sweep(desk: Desk) -> None:
    kept, gone = desk.check(desk.upload(media.jpeg())), desk.check(desk.upload(media.png()))
    withdraw_evidence(gone.id, DRAFT, merchant=MERCHANT, units=desk.units)
    with pytest.raises(UnknownEvidence):
        desk.seen(gone)
    assert desk.sweep() == 1
    assert desk.sweep() == 0
    assert kept.stored
    assert list(desk.files.objects) == [kept.stored.object]


def test_sending_and_taking_back_over_and_over_has_an_end(desk: Desk) -> None:
    desk.keeping = replace(desk.keeping, limits=Limits(file_bytes=100_000, day_bytes=250_000))
    for _ in range(2):
        gone = desk.announce(100_000)
        withdraw_evidence(gone.id, DRAFT, merchant=MERCHANT, units=desk.units)
        desk.sweep()
    with pytest.raises(TooMuchEvidence):
        desk.announce(100_000)


def test_an_idle_upload_goes_with_its_bytes(desk: Desk) -> None:
    desk.send(desk.announce(200_000), 0, media.jpeg().ljust(100_000, b"\0"))
    assert desk.sweep(timedelta(hours=23)) == 0
    assert desk.sweep(timedelta(hours=25)) == 1
    assert desk.files.objects == {}


def test_a_claimed_file_stays_until_its_time_is_over(desk: Desk) -> None:
    kept = desk.check(desk.upload(media.jpeg()))
    with desk.units(MERCHANT) as unit:
        unit.evidence.attach(DRAFT, ClaimId("claim1"))
        unit.commit()
    with pytest.raises(UnknownEvidence):
        withdraw_evidence(kept.id, DRAFT, merchant=MERCHANT, units=desk.units)
    assert desk.sweep(timedelta(days=1_000)) == 0
    assert desk.sweep(timedelta(days=1_096)) == 1
    assert desk.files.objects == {}


def test_an_erased_persons_files_are_out_of_reach_at_once_and_their_bytes_go(desk: Desk) -> None:
    kept = desk.check(desk.upload(media.jpeg()))
    with desk.units(MERCHANT) as unit:
        unit.people.erase(desk.person, NOW)
        unit.commit()
    with pytest.raises(UnknownEvidence):
        desk.seen(kept)
    assert desk.sweep() == 1
    assert desk.files.objects == {}


def test_a_file_erased_while_it_is_looked_at_leaves_nothing(desk: Desk) -> None:
    whole = desk.upload(media.jpeg())

    class Slow(FakeScanner):
        def scan(self, content: Iterable[bytes]) -> ScanState:
            with desk.units(MERCHANT) as unit:
                unit.evidence.drop(whole.id)
                unit.commit()
            return super().scan(content)

    desk.keeping = replace(desk.keeping, scanner=Slow())
    checked = check_evidence(whole.id, merchant=MERCHANT, units=desk.units, keeping=desk.keeping, ids=desk.ids, now=NOW)
    assert checked is None
    assert desk.sweep() == 1
    assert desk.files.objects == {}


def test_a_file_whose_job_got_lost_is_queued_again_once(desk: Desk) -> None:
    whole = desk.upload(media.jpeg())
    desk.units.tables[MERCHANT].effects.clear()
    for _ in range(2):
        recheck_evidence(merchant=MERCHANT, units=desk.units, now=NOW + timedelta(minutes=20))
    assert desk.units.tables[MERCHANT].effects == [CheckEvidence(MERCHANT, whole.id)]
    assert recheck_evidence(merchant=MERCHANT, units=desk.units, now=PLACED) == 0
