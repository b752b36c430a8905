"""How much evidence there may be."""

import pytest

from plugin.domain.evidence import EvidenceTooLarge, Limits, Tally, TooMuchEvidence

LIMITS = Limits(file_bytes=100, files_of_claim=3, claim_bytes=250, day_bytes=1_000)
NOTHING = Tally(0, 0, 0)


@pytest.mark.parametrize(
    ("size", "tally"), [(1, NOTHING), (100, NOTHING), (100, Tally(2, 150, 900)), (50, Tally(2, 200, 0))]
)
def test_what_fits_may_come(size: int, tally: Tally) -> None:
    LIMITS.check(size, tally)


@pytest.mark.parametrize("size", [0, -1, 101])
def test_a_file_too_large_or_empty_may_not(size: int) -> None:
    with pytest.raises(EvidenceTooLarge):
        LIMITS.check(size, NOTHING)


@pytest.mark.parametrize(
    ("tally", "what"), [(Tally(3, 3, 3), "files"), (Tally(2, 151, 151), "claim"), (Tally(0, 0, 901), "day")]
)
def test_one_file_too_many_may_not(tally: Tally, what: str) -> None:
    with pytest.raises(TooMuchEvidence) as refused:
        LIMITS.check(100, tally)
    assert refused.value.facts["what"] == what
