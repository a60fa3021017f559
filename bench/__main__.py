"""Run the bench, or parts of it: `python -m bench [reading busy …] [--big]`.

Each part is a process of its own that ends by itself, and is ended once it takes far too long; the
others run all the same. The figures of each are written beside this file as JSON.
"""

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parents[1]
# Each part, what it measures, how many minutes it may take at most.
PARTS = {
    "reading": ("the busiest pages beside ready-made bytes and django-spirit", 30),
    "busy": ("readers while others write, on SQLite and PostgreSQL", 20),
    "serving": ("the servers that are installed, beside each other", 10),
    "growth": ("every page at 1,000, 10,000 and 100,000 positions", 60),
    "searching": ("finding, its facets and the index at 10,000 and 100,000 positions", 60),
    "feeds": ("feeds and the map of the site at up to 100,000 positions", 60),
    "desk": ("the desk, small and ten times as large", 20),
    "findings": ("making a snapshot of findings", 10),
    "importing": ("importing a conversation", 20),
    "packages": ("a package of a million ratings, a series out and in again", 20),
    "forms": ("the dearest input of every form", 40),
    "writes": ("a write that survives a power cut", 5),
    "notices": ("a weekly letter to 10,000 members", 30),
    "publications": ("the files of an issue of forty pages", 10),
    "groups": ("opinion groups beside red-dwarf", 30),
}
BIG = {"importing": ["--votes", "2000000"], "groups": ["--big"]}


def main() -> int:
    typed = _arguments()
    failed = []
    for part in typed.parts or PARTS:
        says, minutes = PARTS[part]
        print(f"\n== {part}: {says}", flush=True)
        words = [sys.executable, "-m", f"bench.{part}", *(BIG.get(part, ()) if typed.big else ())]
        try:
            done = subprocess.run(words, cwd=HERE, timeout=60 * minutes * (5 if typed.big else 1))
        except subprocess.TimeoutExpired:
            failed.append(f"{part} took more than {minutes} minutes")
        else:
            failed += [f"{part} failed"] if done.returncode else []
    for sentence in failed:
        print(f"\n*** {sentence}. ***")
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    parser.add_argument("--big", action="store_true", help="what takes long as well")
    typed = parser.parse_args()
    for part in typed.parts:
        if part not in PARTS:
            parser.error(f"{part} is no part: choose of {', '.join(PARTS)}")
    return typed


if __name__ == "__main__":
    raise SystemExit(main())
