"""Whether the tests of a package of the domain would notice a fault in it: faults are put in, one at a time.

Prints what was killed, what stayed alive and what no test reaches. What was not killed is written as diffs to
`.tools/mutation/PACKAGE.diff`; the result is noted in `docs/proof.md`. Ends with 1 when a package is below the bar.
"""

from __future__ import annotations

import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from tools.mutation.trial import Trial, Verdict, try_package

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / ".tools" / "mutation"
PROOF = ROOT / "docs" / "proof.md"
PACKAGES = {
    "law": (),
    "clocks": ("tests/domain/tracking/test_arriving.py",),
    "refund": ("tests/usecases/test_refunds.py",),
    "claim_engine": ("tests/usecases/test_claim_time.py", "tests/usecases/test_offering_order.py"),
}
"""Each with the quick tests that are about it beside those of its own folder."""
BAR = 0.85
"""The share of a package's mutants that its tests must kill."""
DEAD = {Verdict.KILLED, Verdict.TIMED_OUT}


def asked(arguments: list[str]) -> Namespace:
    """What was typed."""
    parser = ArgumentParser(prog="./script/mutate", description=__doc__)
    parser.add_argument("package", nargs="?", choices=PACKAGES, help="all of them, one after the other, without it")
    parser.add_argument("--sample", type=int, metavar="N", help="so many mutants, drawn at random, instead of all")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the draw")
    parser.add_argument("--minutes", type=float, metavar="N", help="as many as fit, drawn at random likewise")
    parser.add_argument("--again", action="store_true", help="only those not killed last time; nothing is noted")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Try one package here, or each in a process of its own, for a module is mutated as it is imported."""
    told = asked(arguments)
    if told.package is None:
        command = [sys.executable, "-m", "tools.mutation"]
        each = [subprocess.run([*command, name, *arguments], check=False) for name in PACKAGES]  # noqa: S603 - ourselves
        return max(done.returncode for done in each)
    if told.again and not kept(told.package).exists():
        print(f"{told.package}: nothing was tried here before")
        return 2
    tests = ["--hypothesis-profile=mutation", f"tests/domain/{told.package}", *PACKAGES[told.package]]
    commit = _commit()
    deadline = None if told.minutes is None else time.monotonic() + 60 * told.minutes
    package = f"plugin.domain.{told.package}"
    trial = try_package(package, tests, lambda names: chosen(told, names), RESULTS / "made", deadline)
    if not trial.verdicts:
        print(f"{told.package}: there was nothing to try, or no time")
        return 2
    keep(told.package, trial)
    counts, whole = Counter(trial.verdicts.values()), len(trial.mutants.names())
    share = sum(counts[verdict] for verdict in DEAD) / counts.total()
    result = f"{', '.join(f'{counts[verdict]} {verdict}' for verdict in Verdict)}: {share:.1%}"
    size = f"all {whole}" if counts.total() == whole else f"{counts.total()} of {whole}, seed {told.seed}"
    print(f"{told.package}: {size}: {result}")
    if not told.again:
        note(told.package, commit, size, result)
    return 0 if share >= BAR else 1


def chosen(told: Namespace, names: list[str]) -> Sequence[str]:
    """Which mutants are tried, in random order, so that those that were reached in time are a fair draw."""
    if told.again:
        alive = set(kept(told.package).read_text().split())
        return [name for name in names if name in alive]
    most = len(names) if told.sample is None else min(told.sample, len(names))
    return Random(told.seed).sample(names, most)  # noqa: S311 - a draw that can be repeated


def kept(package: str) -> Path:
    """The diffs of what was not killed the last time."""
    return RESULTS / f"{package}.diff"


def keep(package: str, trial: Trial) -> None:
    """Write down what was not killed."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    diffs = (
        f"{verdict}: {trial.mutants.difference(name)}\n\n"
        for name, verdict in sorted(trial.verdicts.items())
        if verdict not in DEAD
    )
    kept(package).write_text("".join(diffs))


def note(package: str, commit: str, size: str, result: str) -> None:
    """Add a line to the proofs."""
    with PROOF.open("a") as proof:
        proof.write(f"| {datetime.now(UTC):%Y-%m-%d} | {commit} | mutants of {package} | {size} | {result} |\n")


def _commit() -> str:
    """What is tried, as the lines of the proofs name it."""
    changes = " with changes" if _git("status", "--porcelain", "--untracked-files=no") else ""
    return _git("rev-parse", "--short", "HEAD").strip() + changes


def _git(*arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout  # noqa: S603 - our own words


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
