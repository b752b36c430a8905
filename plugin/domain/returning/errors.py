"""What a request about goods on their way back can be told, each with a stable code."""

from plugin.domain.errors import Conflict, Invalid, NotFound


class UnknownLabel(NotFound):
    """No such label, or its file is gone."""

    code = "label_unknown"


class LabelNotInThatState(Conflict):
    """The label is past the step that was asked for."""

    code = "label_not_in_that_state"


class NotALabel(Invalid):
    """The file is no label we can keep: a PDF without programs, a PNG or a JPEG, within the limit."""

    code = "not_a_label"


class UnreadablePoints(Invalid):
    """A list of drop-off points cannot be read; `facts["line"]` says where."""

    code = "points_unreadable"


class UnknownBatch(NotFound):
    """No such batch."""

    code = "batch_unknown"


class BatchNotInThatState(Conflict):
    """The batch is past the step that was asked for."""

    code = "batch_not_in_that_state"


class UnknownReturnPlace(Invalid):
    """The policy knows no such return address, or it is no hub."""

    code = "return_place_unknown"
