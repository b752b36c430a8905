"""What a request about evidence can be told, each with a stable code."""

from plugin.domain.errors import Conflict, Invalid, NotAllowed, NotFound


class UnknownEvidence(NotFound):
    """No such file for this claim: the answer does not tell whether there is one elsewhere."""

    code = "evidence_unknown"


class UploadForbidden(NotAllowed):
    """The upload token is not ours, is of another shop, or its time is over."""

    code = "evidence_forbidden"


class OffsetMismatch(Conflict):
    """The chunk does not begin where the file ends so far; ask for the offset and go on there."""

    code = "evidence_offset"


class EvidenceTooLarge(Invalid):
    """The file is larger than one file may be, or empty."""

    code = "evidence_size"


class TooMuchEvidence(Conflict):
    """The claim or the shop has had as many files or bytes as it may."""

    code = "evidence_too_much"


class EvidenceRefused(Invalid):
    """The file begins as none that we take; `facts["why"]` is a `Refusal`."""

    code = "evidence_kind"
