"""What the files of a long issue cost: `python -m bench.publications`.

A document of ten, twenty and forty pages, each file of it made in a process of its own: seconds of
processor time, megabytes at the most, and how both grow from twenty pages to forty.
"""

import json
import math
import multiprocessing
import resource
import time
from pathlib import Path
from typing import Any

from discussion.reach.publications.files import MAKERS
from discussion.reach.publications.files.typeset import pages_of
from discussion.reach.publications.shapes import (
    Block,
    Cite,
    Cited,
    Document,
    Quoted,
    Reference,
    Road,
    Said,
    Section,
    SourceRow,
    Stand,
    ValueRow,
    WhoRow,
)
from discussion.reach.publications.words import SECTIONS

RESULTS = Path(__file__).parent / "results-publications.json"
SIZES = (10, 20, 40)  # pages
A_PAGE = 8  # positions, each with its quotation, its reference, and what would change a mind
FAMILIES = ("purpose", "shares", "counts", "run")
WORDS = "A ward that counts its visits can say which of them somebody asked for, which not."


def main() -> int:
    found: dict[str, dict[str, Any]] = {}
    for pages in SIZES:
        for name in MAKERS:
            found[f"{name} of {pages}"] = _apart(name, pages)
            print(f"{name:>5} of {pages} pages: {_said(found[f'{name} of {pages}'])}", flush=True)
    small, large = SIZES[1], SIZES[2]
    for name in MAKERS:
        before, after = found[f"{name} of {small}"], found[f"{name} of {large}"]
        slope = math.log2(max(after["seconds"], 0.001) / max(before["seconds"], 0.001))
        found[f"{name} of {large}"]["slope"] = round(slope, 2)
        print(f"{name:>5} grows by a power of {slope:.2f} from {small} pages to {large}")
    RESULTS.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")
    return 0


def make(pages: int) -> Document:
    """A document of about so many pages of paper."""
    count = pages * A_PAGE
    stands = [Stand(f"P{n}", n, FAMILIES[n % 4], False, "/a") for n in range(1, count + 1)]
    cites = [Cite(one.mark, "position", one.number, one.family, f"Position {one.number}", "/a")
             for one in stands]  # fmt: skip
    blocks = [
        block
        for n, cite in enumerate(cites, start=1)
        for block in (
            Block("text", (Said(WORDS, (cite,), False), Said(WORDS, (), True)), None),
            Block("quote", (), Quoted(WORDS, "en-GB", cite, f"Nurse · {n}", "position", "", "/a")),
        )
    ]
    parts = len(SECTIONS)
    return Document(
        schema=1,
        kind="briefing",
        title="Which of the visits that wards ask for should stop?",
        language="en-GB",
        series="Rounds",
        host="A host",
        about="Which?",
        about_url="/a",
        url="https://example.org/a/1",
        version=1,
        made_on="2026-11-30",
        note="",
        span="",
        drawn_from=f"{count} positions",
        not_counted="",
        review_on="",
        sections=tuple(
            Section(purpose, str(title), tuple(blocks[at::parts]))
            for at, (purpose, (title, _hint)) in enumerate(SECTIONS.items())
        ),
        roads=tuple(
            Road(one, WORDS, "en-GB", f"Nurse · {one.number}", 1, "", "", "", one.number % 100,
                 "Evidence", WORDS, "/a")
            for one in stands
        ),
        scale=None,
        values=tuple(
            ValueRow(f"Value {n}", FAMILIES[n % 4], tuple(stands[n::8]), tuple(stands[n::16]))
            for n in range(8)
        ),
        sources=tuple(
            SourceRow(WORDS, n, (stands[n - 1],), (), ()) for n in range(1, count + 1)
        ),
        who=(WhoRow("Nurse", count, 0),),
        findings=(),
        method=(WORDS,),
        references=tuple(_reference(n) for n in range(1, count + 1)),
        cite_as="A (2026)",
        is_demonstration=False,
    )  # fmt: skip


def _reference(number: int) -> Reference:
    cited = Cited(f"r{number}", WORDS, ("Shute, V. J.",), 2008, "Review 78(1), 1–9",
                  "https://example.org/r", None, "", "en-GB", None)  # fmt: skip
    return Reference(number, f"Shute (2008) {WORDS}", "", "", "", "https://example.org/r", cited)


def _apart(name: str, pages: int) -> dict[str, Any]:
    """Made in a process of its own, whose most memory is that of this file alone."""
    spawned = multiprocessing.get_context("spawn")
    mine, theirs = spawned.Pipe(duplex=False)
    process = spawned.Process(target=_make, args=(name, pages, theirs))
    process.start()
    found: dict[str, Any] = mine.recv()
    process.join()
    return found


def _make(name: str, pages: int, told: Any) -> None:
    document = make(pages)
    before, began = _megabytes(), time.process_time()
    made = MAKERS[name](document)
    seconds = time.process_time() - began
    told.send({
        "seconds": round(seconds, 3),
        "megabytes": round(_megabytes() - before),
        "kilobytes": round(len(made) / 1000),
        "pages": pages_of(made) if name == "pdf" else None,
    })  # fmt: skip


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _said(row: dict[str, Any]) -> str:
    paper = f", {row['pages']} pages" if row["pages"] else ""
    return f"{row['seconds']} s, {row['megabytes']} MB more, {row['kilobytes']} kB{paper}"


if __name__ == "__main__":
    raise SystemExit(main())
