"""The mutants of a package: every function of it, and beside it each variant with one fault, chosen when it is called.

mutmut writes them. They are made as the modules are imported and never touch a file, so nothing is copied.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from hashlib import sha256
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.metadata import version
from pathlib import Path
from types import CodeType, ModuleType

import msgspec
from mutmut.mutation.file_mutation import MutatedFile, mutate_file_contents

ORIGINAL = "orig"


class Mutants(MetaPathFinder):
    """Imports the modules of one package mutated; all other modules as ever."""

    def __init__(self, package: str, made: Path) -> None:
        self.package = package
        self.made = made
        self.files: dict[str, MutatedFile] = {}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Our loader for a module of the package, None for another."""
        if fullname != self.package and not fullname.startswith(f"{self.package}."):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.origin is not None:
            spec.loader = _Mutating(fullname, spec.origin, self)
        return spec

    def import_all(self) -> None:
        """Also those modules that no test imports: their mutants count."""
        package = importlib.import_module(self.package)
        for module in pkgutil.walk_packages(package.__path__, f"{self.package}."):
            importlib.import_module(module.name)

    def names(self) -> list[str]:
        """Every mutant, by module, function and number."""
        return sorted(f"{module}.{name}" for module, file in self.files.items() for name in file.mutant_names)

    def difference(self, name: str) -> str:
        """What a mutant changes, as a unified diff of its function."""
        module, _, function = name.rpartition(".")
        file = self.files[module]
        original = f"{function.partition('__mutmut_')[0]}__mutmut_{ORIGINAL}"
        before, after = (_lines(file, each) for each in (original, function))
        return "\n".join(difflib.unified_diff(before, [before[0], *after[1:]], module, name, n=2, lineterm=""))


class _Mutating(SourceFileLoader):
    """Compiles what mutmut makes of the source, past the cache of compiled modules."""

    def __init__(self, fullname: str, path: str, mutants: Mutants) -> None:
        super().__init__(fullname, path)
        self.mutants = mutants

    def get_code(self, fullname: str) -> CodeType:
        """The module with all its mutants."""
        file = _made(self.path, self.get_data(self.path), self.mutants.made)
        self.mutants.files[fullname] = file
        return compile(file.code, self.path, "exec", dont_inherit=True)


def _made(path: str, source: bytes, folder: Path) -> MutatedFile:
    """What mutmut makes of a source, or made of it before, for that takes long."""
    kept = folder / sha256(version("mutmut").encode() + source).hexdigest()
    if kept.exists():
        return msgspec.json.decode(kept.read_bytes(), type=MutatedFile)
    file = mutate_file_contents(path, source.decode())
    folder.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(msgspec.json.encode(file))
    return file


def _lines(file: MutatedFile, function: str) -> list[str]:
    span = file.line_span_by_function_name[function]
    return file.code.splitlines()[span.start - 1 : span.end]


def importing(package: str, made: Path) -> Mutants:
    """From now on the package is imported mutated. It must not be imported yet."""
    assert package not in sys.modules, f"{package} is imported already"  # noqa: S101 - a mistake of ours
    mutants = Mutants(package, made)
    sys.meta_path.insert(0, mutants)
    return mutants
