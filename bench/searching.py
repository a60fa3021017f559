"""Finding at 10,000 and 100,000 positions: `python -m bench.searching [--sizes …] [--url …]`.

Seconds of this process for words that one position in a hundred holds, one in ten and one in three:
the first page of results, all facets with their counts, and the page as it is sent; the index made
anew. On PostgreSQL the server works besides.
"""

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, text

from bench.crowd import fill_crowd
from bench.servers import site_app
from discussion.db import ALONE, session_for, transaction
from discussion.migrations import every_table
from discussion.reach.search.drafts import read_typed
from discussion.reach.search.operations.indexing import forget_index, sweep
from discussion.reach.search.queries.asking import languages_of
from discussion.reach.search.queries.facets import count_all
from discussion.reach.search.queries.hits import Asks, show
from discussion.reach.search.queries.hits_higher import MAKES
from discussion.reach.search.queries.looking import Look
from discussion.reach.search.queries.matching import Sought, list_first, list_matches
from discussion.reach.search.queries.meaning import read_meanings
from discussion.reach.search.queries.page import Asked, search_page
from discussion.reach.search.queries.pivot import PivotAsked, pivot_page
from discussion.reach.search.words import PER_PAGE
from discussion.series.series.models import Series
from discussion.web.site import site
from tests.factories import make_series

RESULTS = Path(__file__).parent / "results-searching.json"
SIZES = (10_000, 100_000)
WORDS = {"quartz": 100, "feldspar": 10, "granite": 3}  # one position in so many holds it
TIMES = 5


def main() -> None:
    typed = _arguments()
    found: dict[int, dict[str, float]] = {}
    for size in sorted(typed.sizes):
        with tempfile.TemporaryDirectory(prefix="bench-") as passing:
            app = site_app(Path(passing), is_cached=False, url=typed.url)
            engine = site(app).engine
            try:
                with app.test_request_context("/"):
                    found[size] = _measured(engine, size)
            finally:
                engine.dispose()
        for what, milliseconds in found[size].items():
            print(f"{size:9,}  {what:40} {milliseconds:10.1f} ms", flush=True)
    RESULTS.write_text(json.dumps(found, indent=1) + "\n")


def _measured(engine: Engine, size: int) -> dict[str, float]:
    slug = _filled(engine, size)
    began = time.process_time()
    with transaction(engine) as session:
        forget_index(session)
    read = 0
    while True:
        with transaction(engine) as session:
            some = sweep(session)
        read += some
        if not some:
            break
    said = {"the index made anew, for each thing": 1_000 * (time.process_time() - began) / read}
    with session_for(engine, writes=False) as session:
        languages = languages_of(session)
        for word, share in WORDS.items():
            sought = Sought(None, read_typed(word), languages)

            def first(sought: Sought = sought) -> object:
                rows = list_first(session, sought, PER_PAGE)
                asks = Asks(session, None, Look(sought.typed, languages))
                return show(asks, [(one.kind, one.row_id) for one in rows], MAKES)

            def facets(sought: Sought = sought) -> object:
                matches = list_matches(session, sought)
                return count_all(read_meanings(session, matches), matches, {})

            said[f"first page, one in {share}"] = _quickest(first)
            said[f"its facets, one in {share}"] = _quickest(facets)
            asked = Asked(word)
            said[f"both as a page, one in {share}"] = _quickest(
                partial(search_page, session, None, asked)
            )
        said["did you mean"] = _quickest(lambda: search_page(session, None, Asked("granitee")))
        said["values by evidence by level"] = _quickest(
            lambda: pivot_page(session, None, slug, PivotAsked())
        )
    return said


def _filled(engine: Engine, size: int) -> str:
    drawn = random.Random(5)
    every_table().create_all(engine)
    with transaction(engine) as session:
        session.info[ALONE] = True
        series = make_series(session)
        fill_crowd(session, series, size)
        for word, share in WORDS.items():
            session.execute(
                text("UPDATE revision SET objection = objection || :said WHERE id % :share = :at"),
                {"said": f" It rests on {word}.", "share": share, "at": drawn.randrange(share)},
            )
        return str(session.get_one(Series, series.id).slug)


def _quickest(do: Callable[[], object]) -> float:
    """Milliseconds of the quickest of several, the first of which does not count."""
    do()
    taken = []
    for _each in range(TIMES):
        began = time.process_time()
        do()
        taken.append(time.process_time() - began)
    return round(1_000 * min(taken), 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.searching", description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    parser.add_argument("--url", default="", help="of an empty PostgreSQL database")
    return parser.parse_args()


if __name__ == "__main__":
    main()
