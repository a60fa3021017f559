"""What is found by which words: the same set in the same order on both databases."""

import random

import pytest
from sqlalchemy import Engine, delete, text, update
from sqlalchemy.orm import Session

from discussion.db import session_for
from discussion.debate.positions.models import Revision
from discussion.reach.search.drafts import read_typed
from discussion.reach.search.models import SearchEntry, SearchStale
from discussion.reach.search.operations import keeping
from discussion.reach.search.operations.indexing import AT_ONCE, forget_index, sweep
from discussion.reach.search.operations.keeping import keep_found
from discussion.reach.search.queries.page import Asked, search_page
from tests.factories import make_item, make_position, make_series
from tests.reach.search.scene import Finding, only

pytestmark = pytest.mark.usefixtures("keeps_found")
CLAIM = (
    "The naïve ward’s co-operation ended: O’Brien’s 3rd mixed-method study of 2019 was rejected."
)
FINDS = (
    "naive", "NAÏVE", "wards", "ward's", "cooperation", "co-operation", "co operation", "obrien",
    "O’Brien", "o'brien's", "3rd", "2019", "mixed method", '"mixed method study"', "mixed-methods",
    "rejecting", "rej*", '"rejected"', "“ended o'brien”", "ward -hospital", "study rejected ward",
)  # fmt: skip
DOES_NOT = (
    "hospital",
    "ward -study",
    '"study mixed"',
    "2018",
    "xrej*",
    '"2019 was ended"',
    "-ward",
)
HOSTILE = (
    *(
        "'",
        "*",
        "-",
        "- -",
        "AND",
        "OR NOT",
        "NEAR(a b)",
        "a:*",
        "words:ward",
        "(",
        ")",
        "^x",
        "<->",
    ),
    *(
        '"',
        '""',
        "ward)",
        "ward'; DROP TABLE search_text; --",
        "\\",
        "\0",
        "ward\0",
        "ward & !x",
        "%",
    ),
    *("q1ward", "q3", "_", "{}", "\u202eward", "a" * 5_000, "a " * 3_000, '"' * 500, "-" * 500),
    *("*" * 300, "\U0001f600", "\u0301", "ward" + "*" * 50, "\ud7ff", '- "a" -"b" "c', "ward | x"),
)


@pytest.fixture
def scene(session: Session) -> Finding:
    return Finding(session)


@pytest.fixture
def claimed(scene: Finding) -> Finding:
    make_position(scene.session, scene.thread, revision={"claim": CLAIM})
    return scene


@pytest.mark.parametrize("typed", FINDS)
def test_words_are_found_however_they_are_written(claimed: Finding, typed: str) -> None:
    assert only(claimed.look(typed)).kind == "position"


@pytest.mark.parametrize("typed", DOES_NOT)
def test_nothing_else_is_found(claimed: Finding, typed: str) -> None:
    assert not claimed.look(typed).hits


def test_hostile_words_are_words(claimed: Finding) -> None:
    for typed in HOSTILE:
        page = claimed.look(typed, kind="position")
        assert page.total in (0, 1), typed
        assert len(page.query) <= 200


def test_no_more_is_looked_for_than_a_few_terms() -> None:
    typed = read_typed(" ".join(f"w{n}" for n in range(40)))
    assert len(typed.terms) == 12


def test_words_of_any_script_are_found(scene: Finding) -> None:
    claims = {"школы": "Все школы равны", "教育": "日本の教育は大切です", "हिन्दी": "हिन्दी में पढ़ो"}
    for said in claims.values():
        make_position(scene.session, scene.thread, revision={"claim": said})
    for typed, said in claims.items():
        assert only(scene.look(typed)).title.striptags() == said
    assert not scene.look("育教").hits


def test_words_are_stemmed_in_the_language_of_their_series(session: Session) -> None:
    scene = Finding(session, language="fr")
    make_position(session, scene.thread, revision={"claim": "Il faut continuer l’école.",
                                                    "language": "fr"})  # fmt: skip
    assert only(scene.look("continuation")).title.striptags() == "Il faut continuer l’école."
    assert scene.look("ecole").total == 1


def test_a_marked_word_is_the_whole_word_and_escaped(scene: Finding) -> None:
    make_position(
        scene.session, scene.thread, revision={"claim": "Attainers <b>& wards</b> matter."}
    )
    title = only(scene.look("attainment ward")).title
    assert title == ("<mark>Attainers</mark> &lt;b&gt;&amp; <mark>wards</mark>&lt;/b&gt; matter.")


def test_it_says_where_it_was_found(scene: Finding) -> None:
    make_position(
        scene.session, scene.thread, item=scene.item,
        revision={"claim": "Ask first.", "objection": "Nobody measures gaps."},
    )  # fmt: skip
    hit = only(scene.look("gap"))
    assert hit.where_found == "found in the strongest objection and why a source matters"
    assert hit.snippet == "Nobody measures <mark>gaps</mark>."


def test_a_title_goes_before_a_text_and_what_says_it_often_before_what_says_it_once(
    scene: Finding,
) -> None:
    once = make_position(
        scene.session,
        scene.thread,
        revision={"claim": "First.", "reasoning": "Ponies, and more of it."},
    )
    often = make_position(
        scene.session,
        scene.thread,
        revision={"claim": "Second.", "reasoning": "Pony after pony, ponies."},
    )
    titled = make_position(scene.session, scene.thread, revision={"claim": "Ponies."})
    order = [hit.url[-10:] for hit in scene.look("pony").hits]
    assert order == [row.public_id for row in (titled, often, once)]  # fmt: skip


# What both databases must agree on: written once here, and asserted on each.
WORDS = ("ward", "night", "rest", "choice", "rule", "study", "team", "cost")


def test_both_databases_find_the_same_in_the_same_order(scene: Finding) -> None:
    drawn = random.Random(7)
    for number in range(30):
        said = [" ".join(drawn.choices(WORDS, k=drawn.randint(2, 9))) for _each in range(2)]
        row = make_position(scene.session, scene.thread,
                            revision={"claim": said[0], "reasoning": said[1]})  # fmt: skip
        row.public_id = f"pos{number:07}"
    found = []
    for query in ("ward", "ward night", '"night rest"', "ward -night", "wa*", "choice cost -rule"):
        found.append(" ".join(hit.url[-2:] for hit in scene.look(query).hits))
    assert found == SAME


SAME = [
    "05 27 02 06 00 16 12 10 15 25 04 14 23 28 11 17 24 09 20 03",
    "02 06 14 12 23 27 28 11 17 24 09 25 20 04 16 03 07",
    "11 22 18 04",
    "05 00 10 15 26",
    "10 28 11 05 17 24 15 09 27 25 02 20 06 00 04 16 03 07 26 14",
    "09 06 23",
]


def test_did_you_mean_is_gentle(claimed: Finding) -> None:
    page = claimed.look("cooperatoin")
    assert page.suggestion is not None
    assert page.suggestion.words == "cooperation"
    assert claimed.look("qqqqqq").suggestion is None


def test_everything_is_found_again_once_the_index_is_made_anew(claimed: Finding) -> None:
    make_item(claimed.session, claimed.series, title="A ward by night")
    before = claimed.found("ward")
    forget_index(claimed.session)
    assert claimed.found("ward") == set()
    while sweep(claimed.session) == AT_ONCE:
        pass
    assert claimed.found("ward") == before != set()


def test_what_is_changed_from_outside_is_found_by_nobody_until_it_was_read(
    claimed: Finding,
) -> None:
    assert claimed.found("ward")
    claimed.session.execute(delete(SearchStale))
    row = claimed.session.query(SearchEntry).filter_by(kind="position").one()
    claimed.session.execute(
        text("INSERT INTO search_stale (kind, row_id, made_in) VALUES ('position', :id, -1)"),
        {"id": row.row_id},
    )
    assert claimed.found("ward") == set()
    sweep(claimed.session)
    assert claimed.found("ward")


def test_a_series_that_speaks_another_language_is_stemmed_anew(session: Session) -> None:
    scene = Finding(session)
    make_position(session, scene.thread, revision={"claim": "Die Kollegen sprechen."})
    assert scene.found("Kollege") == set()
    scene.series.language = "de-DE"
    assert len(scene.found("Kollege")) == 1
    scene.series.language = "en-GB"
    assert scene.found("Kollege") == set()


def test_of_very_much_what_is_left_is_read_by_the_worker(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "AT_COMMIT", 3)
    scene = Finding(session)
    for number in range(5):
        make_position(session, scene.thread, revision={"claim": f"Quicksilver {number}."})
    session.commit()
    sweep(session)
    assert len(scene.found("quicksilver")) == 5
    session.execute(update(Revision).values(objection="Perhaps cinnabar."))
    before = len(scene.found("cinnabar"))
    assert 0 < before < 5
    assert sweep(session) > 0
    assert len(scene.found("cinnabar")) == 5


def test_an_unlisted_series_is_found_from_within_alone(session: Session) -> None:
    scene = Finding(session, visibility="unlisted")
    make_position(session, scene.thread, revision={"claim": "Ponies."})
    make_series(session)
    assert scene.found("pony") == set()
    assert scene.found("pony", series=scene.series.slug)
    assert scene.found("pony", scene.as_(scene.member))


def test_what_is_near_a_position_shares_its_values_its_sources_or_its_words(
    scene: Finding,
) -> None:
    claim = "Night wards should choose their own rest"
    first = make_position(scene.session, scene.thread, revision={"claim": claim}, item=scene.item)
    said = {"claim": "Wards at night should choose when to rest"}
    near = make_position(scene.session, scene.thread, item=scene.item, revision=said)
    said = {"claim": "Choose ponies"}
    far = make_position(scene.session, scene.thread, served=("priority",), revision=said)
    scene.session.commit()
    page = search_page(scene.session, None, Asked(like=first.public_id))
    assert page is not None
    assert [hit.url[-10:] for hit in page.hits] == [near.public_id, far.public_id]
    near.state = "hidden"
    scene.session.commit()
    page = search_page(scene.session, None, Asked(like=first.public_id))
    assert page is not None
    assert [hit.url[-10:] for hit in page.hits] == [far.public_id]
    first.state = "hidden"
    scene.session.commit()
    assert search_page(scene.session, None, Asked(like=first.public_id)) is None


def test_a_commit_that_changed_nothing_is_no_change_to_whoever_watches(own_engine: Engine) -> None:
    """PostgreSQL gives a number to a transaction that asks for it, though it wrote nothing."""
    numbered = {"sqlite": "SELECT NULL", "postgresql": "SELECT pg_current_xact_id_if_assigned()"}
    with session_for(own_engine, writes=True) as session:
        keep_found(session)
        assert session.scalar(text(numbered[own_engine.dialect.name])) is None
