"""The withdrawal as it is declared (Directive 2011/83/EU art. 11a): recorded and acknowledged whoever sends it.

What was declared, who has proven to be behind it and which order it is about are three questions. The declaration
counts from the instant it is received; the other two only decide when it is carried out.
"""

from plugin.domain.declaration.declaration import Contract, Declaration, Picked, Proof, SetAside, Statement
from plugin.domain.declaration.errors import DeclarationErased, DeclarationProven, ReasonNeeded, UnknownDeclaration
from plugin.domain.declaration.matching import Match, matched, references
from plugin.domain.declaration.pace import Recent, is_at_once
from plugin.domain.declaration.typed import Typed, UnusableStatement, Wrong, statement_of

__all__ = [
    "Contract",
    "Declaration",
    "DeclarationErased",
    "DeclarationProven",
    "Match",
    "Picked",
    "Proof",
    "ReasonNeeded",
    "Recent",
    "SetAside",
    "Statement",
    "Typed",
    "UnknownDeclaration",
    "UnusableStatement",
    "Wrong",
    "is_at_once",
    "matched",
    "references",
    "statement_of",
]
