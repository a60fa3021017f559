"""How quickly opinion groups are found, and in how much memory: `python -m bench.groups [--big]`.

Beside red-dwarf, which is installed into an environment of its own under a temporary folder. Each
measurement is a process of its own that is given the votes in memory: reading is not measured.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

RED_DWARF = "red-dwarf==0.4.0"
REAL = {"biodiversity": "536 × 314, 29,719 votes", "land-bank": "404 × 293, 33,463 votes"}
MADE = ((20_000, 500, 0.05), (100_000, 500, 0.05))
GROWTH = ((250_000, 1_000, 0.01), (500_000, 1_000, 0.01), (1_000_000, 1_000, 0.01))
CAMPS = 3
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Measured:
    """One way on one table; seconds are the least of several rounds, memory the process's peak."""

    seconds: float
    megabytes: int
    k: int
    agreement: float  # adjusted Rand index with the published groups, or the camps


def main() -> None:
    typed = _arguments()
    with tempfile.TemporaryDirectory(prefix="bench-groups-") as name:
        folder = Path(name)
        theirs = _environment(folder / "red-dwarf")
        rows = [_compare(_real(conversation, folder), says, theirs)
                for conversation, says in REAL.items()]  # fmt: skip
        for size in MADE:
            is_slow = size[0] > 20_000 and not typed.big
            rows.append(_compare(_made(size, folder), _says(size), None if is_slow else theirs))
        rows += [_compare(_made(size, folder), _says(size), None) for size in GROWTH]
    if not typed.big:
        print(
            "\nred-dwarf takes six minutes at 100,000 people: --big (make bench BIG=1) runs it too"
        )
    Path(HERE / "results-groups.json").write_text(json.dumps(rows, indent=1) + "\n")


def _compare(path: Path, says: str, theirs: Path | None) -> dict[str, Any]:
    rounds = 5 if path.stat().st_size < 1_000_000 else 1
    ours = _measure(sys.executable, ["-m", "bench.groups", "--one"], path, rounds)
    row: dict[str, Any] = {"votes": says, "ours": vars(ours)}
    print(f"{says:32}{'ours':>12}{_figures(ours)}", flush=True)
    if theirs is not None:
        other = _measure(str(theirs), [str(HERE / "red_dwarf.py")], path, rounds)
        row["red-dwarf"] = vars(other)
        ratios = other.seconds / ours.seconds, ours.megabytes / other.megabytes
        says = f"   ours {ratios[0]:.0f} × as quick, {ratios[1]:.2f} × the memory"
        print(f"{'':32}{'red-dwarf':>12}{_figures(other)}{says}", flush=True)
    path.unlink()
    return row


def _figures(one: Measured) -> str:
    return f"{one.seconds:9.2f} s{one.megabytes:7} MB   k={one.k}   agreement {one.agreement:.2f}"


def _measure(python: str, words: list[str], path: Path, rounds: int) -> Measured:
    env = os.environ | {
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONWARNINGS": "ignore",
    }
    done = subprocess.run([python, *words, str(path), str(rounds)], cwd=HERE.parent, env=env,
                          stdout=subprocess.PIPE, text=True, check=True)  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])
    labels, truth = np.array(found.pop("labels")), np.load(path)["truth"]
    from discussion.analysis.clustering import adjusted_rand_index

    both = (labels >= 0) & (truth >= 0)
    return Measured(**found, agreement=round(adjusted_rand_index(labels[both], truth[both]), 3))


def one(path: str, rounds: int) -> None:
    """Find the groups of one table, and print the figures as JSON."""
    from discussion.analysis.opinion_groups import find_groups
    from discussion.analysis.votes import Votes

    kept = np.load(path)
    votes = Votes(kept["starts"], kept["statements"], kept["values"], int(kept["n_statements"]))
    seconds = []
    for _ in range(rounds):
        began = time.perf_counter()
        groups = find_groups(votes, moderated_out=kept["out"])
        seconds.append(time.perf_counter() - began)
    report = {"seconds": round(min(seconds), 3), "megabytes": peak_megabytes(), "k": groups.k}
    print(json.dumps(report | {"labels": groups.labels.tolist()}))


def peak_megabytes() -> int:
    """The most this process ever held; unlike getrusage, without what its parent held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def _real(conversation: str, folder: Path) -> Path:
    from discussion.analysis.votes import choose_people
    from discussion.polis.reading import read_comments, read_votes
    from tests.polis.conversations import gathered, moderated_out, read_file

    read = read_file(conversation, "participants-votes", read_votes)
    comments = read_file(conversation, "comments", read_comments)
    votes = gathered(read)
    truth = [int(group) if group else -1 for group in read.published]
    votes = choose_people(votes, range(votes.n_people))
    return _kept(folder / f"{conversation}.npz", votes, moderated_out(read, comments), truth)


def _made(size: tuple[int, int, float], folder: Path) -> Path:
    """Camps, made in a process of its own so that this one stays small."""
    path = folder / "made.npz"
    words = ["-m", "bench.groups", "--make", *map(str, size), str(path)]
    subprocess.run([sys.executable, *words], cwd=HERE.parent, check=True)
    return path


def make(people: int, statements: int, density: float, path: str) -> None:
    """Three camps with leanings of their own; one vote in seven is a pass."""
    from discussion.analysis.votes import gather_votes

    random = np.random.default_rng(0)
    camp = random.integers(0, CAMPS, people)
    leanings = 1 / (1 + np.exp(-random.normal(0, 1, (CAMPS, statements))))
    cast = random.binomial(statements, density, people)
    who = np.repeat(np.arange(people, dtype=np.int32), cast)
    what = random.integers(0, statements, len(who), dtype=np.int32)
    agrees = random.random(len(who)) < leanings[camp[who], what]
    said = np.where(random.random(len(who)) < 1 / 7, 0, np.where(agrees, 1, -1)).astype(np.int8)
    votes = gather_votes(who, what, said, n_people=people, n_statements=statements)
    _kept(Path(path), votes, [], camp)


def _kept(path: Path, votes: Any, out: Any, truth: Any) -> Path:
    np.savez(path, starts=votes.starts, statements=votes.statements, values=votes.values,
             n_statements=votes.n_statements, out=np.array(out, dtype=np.intp),
             truth=np.array(truth))  # fmt: skip
    return path


def _environment(folder: Path) -> Path | None:
    """A Python that has red-dwarf; None, said loudly, where it cannot be installed."""
    print(f"Installing {RED_DWARF} into an environment of its own …", flush=True)
    try:
        venv.create(folder, with_pip=True)
        python = folder / "bin" / "python"
        words = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        subprocess.run([*words, RED_DWARF], check=True, stdout=sys.stderr)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"\n*** {RED_DWARF} COULD NOT BE INSTALLED: NOTHING IS COMPARED. ***\n{error}\n")
        return None
    return python


def _says(size: tuple[int, int, float]) -> str:
    return f"{size[0]:,} × {size[1]:,} at {size[2]:.0%}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.groups", description=__doc__)
    says = "red-dwarf at 100,000 people too, which takes it six minutes"
    parser.add_argument("--big", action="store_true", help=says)
    return parser.parse_args()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--one", path, rounds]:
            one(path, int(rounds))
        case ["--make", people, statements, density, path]:
            make(int(people), int(statements), float(density), path)
        case _:
            main()
