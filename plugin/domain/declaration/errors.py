"""What a request about a declaration can be told."""

from plugin.domain.errors import Conflict, Invalid, NotFound


class UnknownDeclaration(NotFound):
    """No such declaration of this shop, or the link to it is not ours: the answer does not tell which."""

    code = "declaration_unknown"


class DeclarationErased(Conflict):
    """Whose declaration it was has been erased; there is nothing left to carry out."""

    code = "declaration_erased"


class DeclarationProven(Conflict):
    """It is known whose it is and which order it is about; that stays."""

    code = "declaration_proven"


class ReasonNeeded(Invalid):
    """Whoever confirms for the shopper says how they made sure."""

    code = "declaration_reason_needed"
