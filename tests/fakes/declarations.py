"""Declarations of withdrawal, in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.declaration import Declaration, Proof, Recent, UnknownDeclaration
from plugin.domain.errors import Conflict
from plugin.domain.ids import ClaimId, DeclarationId, PersonId
from tests.fakes.tables import Declared, Tables


@dataclass(slots=True)
class FakeDeclarations:
    tables: Tables

    def add(self, declaration: Declaration, *, form: str, caller: str) -> bool:
        if any(kept.form == form for kept in self._kept()):
            return False
        assert declaration.statement is not None
        email = declaration.statement.reply_to.casefold()
        person = self.tables.people.setdefault(email, PersonId(f"person-{len(self.tables.people) + 1}"))
        self._keep(Declared(replace(declaration, version=1), form, caller, person))
        return True

    def get(self, declaration: DeclarationId) -> Declaration:
        if declaration not in self.tables.declarations:
            raise UnknownDeclaration
        return self._opened(self.tables.declarations[declaration])

    def by_form(self, form: str) -> Declaration | None:
        return next((self._opened(kept) for kept in self._kept() if kept.form == form), None)

    def save(self, declaration: Declaration) -> None:
        kept = self.tables.declarations.get(declaration.id)
        if kept is None or kept.declaration.version != declaration.version:
            raise Conflict({"what": "declaration"})
        self._keep(replace(kept, declaration=replace(declaration, version=declaration.version + 1)))

    def recent(self, declaration: Declaration, *, caller: str, since: datetime) -> Recent:
        def count(fits: Callable[[Declared], bool]) -> int:
            others = (kept for kept in self._kept() if kept.declaration.id != declaration.id)
            return sum(kept.declaration.received_at > since and fits(kept) for kept in others)

        person = self.tables.people.get(declaration.statement.reply_to.casefold()) if declaration.statement else None
        about = declaration.order
        return Recent(
            to_address=count(lambda kept: kept.person == person),
            by_caller=count(lambda kept: kept.caller == caller),
            about_order=count(lambda kept: about is not None and kept.declaration.order == about),
        )

    def waiting(self, after: DeclarationId | None, limit: int) -> Sequence[Declaration]:
        found = (self._opened(kept) for kept in self._kept())
        still = [
            each
            for each in found
            if each.statement is not None
            and each.aside is None
            and (each.order is None or each.proof is Proof.NONE or each.is_to_be_read)
            and (after is None or each.id > after)
        ]
        return sorted(still, key=lambda each: each.id)[:limit]

    def set_aside(self, after: DeclarationId | None, limit: int) -> Sequence[Declaration]:
        found = (self._opened(kept) for kept in self._kept())
        off = [each for each in found if each.statement is not None and each.aside]
        later = (each for each in off if after is None or each.id > after)
        return sorted(later, key=lambda each: each.id)[:limit]

    def unopened(self, before: datetime, limit: int) -> Sequence[DeclarationId]:
        found = (self._opened(kept) for kept in self._kept())
        ready = (each.id for each in found if each.is_ready and each.received_at < before)
        return sorted(each for each in ready if ClaimId(each) not in self.tables.claims)[:limit]

    def _opened(self, kept: Declared) -> Declaration:
        declaration = kept.declaration
        holders = {kept.person, self.tables.holders.get(declaration.order) if declaration.order else None}
        if holders & self.tables.erased.keys():
            return replace(declaration, statement=None, reason=None, aside=None)
        return declaration

    def _kept(self) -> Sequence[Declared]:
        return list(self.tables.declarations.values())

    def _keep(self, declared: Declared) -> None:
        self.tables.declarations[declared.declaration.id] = declared
