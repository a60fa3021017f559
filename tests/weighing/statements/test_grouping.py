"""Positions grouped before a statement is drafted from them, and how far the drafting has come."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.weighing.statements.models import Statement
from discussion.weighing.statements.queries.drafting import drafting_page
from discussion.weighing.statements.queries.progress import progress_of
from discussion.weighing.statements.queries.shapes import DraftingPage
from tests.conftest import sign_in
from tests.factories import NOW, make_position, make_statement, viewer
from tests.factories.scenes import Scene

HOURS = (
    "Every pupil should have a hundred hours of enrichment a year, whatever their school.",
    "Every pupil should have one hundred hours of enrichment each year.",
    "All pupils should get a hundred hours of enrichment a year, in every school.",
    "A hundred hours of enrichment a year should be guaranteed to every pupil.",
)
AGAINST = "Every pupil should not have a hundred hours of enrichment a year, whatever their school."
BUSES = "Late buses home come first."


class Drafting(Scene):
    """A thread whose positions claim this or that."""

    def claim(
        self,
        words: str,
        author: Any = None,
        *,
        at: float = 0.0,
        value: str = "equality",
        **changes: Any,
    ) -> Position:
        return make_position(
            self.session,
            self.thread,
            author,
            served=(value,),
            revision={"claim": words, "placements": {"requirement": at}},
            **changes,
        )

    def page(self, by: str = "") -> DraftingPage:
        return drafting_page(self.session, self.as_moderator, self.thread, by=by, today=NOW.date())

    @property
    def url(self) -> str:
        return f"/rounds/{self.thread.slug}/statements/draft"


def titles(page: DraftingPage) -> list[list[str]]:
    return [[group.title for group in section.groups] for section in page.sections]


def numbers(lines: Any) -> set[int]:
    return {line.number for line in lines}


def test_what_says_nearly_the_same_comes_first_and_a_not_keeps_claims_apart(
    session: Session,
) -> None:
    scene = Drafting(session)
    same = [scene.claim(words) for words in HOURS]
    other = [scene.claim(AGAINST), scene.claim(BUSES)]
    page = scene.page()
    assert titles(page) == [["These four say nearly the same"], ["Equality"]]
    [alike], [rest] = (section.groups for section in page.sections)
    assert numbers(alike.lines) == {one.number for one in same}
    assert numbers(rest.lines) == {one.number for one in other}
    assert alike.press == "Draft from these four together"
    assert rest.like == ""


def test_they_are_also_grouped_by_the_value_put_first_and_by_place(session: Session) -> None:
    scene = Drafting(session)
    scene.claim(BUSES, at=1.0)
    scene.claim("Music matters.", at=0.0, value="relationships")
    unplaced = scene.claim("Sport matters.", value="relationships")
    assert unplaced.live is not None
    unplaced.live.placements = {}
    session.flush()
    assert [
        len(group.lines) for section in scene.page("value").sections for group in section.groups
    ] == [2, 1]
    steps = scene.series.scales[0].steps
    assert titles(scene.page("scale-requirement")) == [
        [steps[0], steps[-1], "Not placed on this scale"]
    ]
    assert titles(scene.page("no such thing")) == titles(scene.page())


def test_a_statement_that_is_drafted_leaves_the_page_grouped_as_it_was(
    client: FlaskClient, session: Session
) -> None:
    scene = Drafting(session)
    position = scene.claim(BUSES)
    page = sign_in(client, scene.moderator).get(f"{scene.url}?by=value").text
    [action] = re.findall(r'<form class="drafting" method="post" action="([^"]*)"', page)
    typed = {
        "text": "Late buses matter.",
        "kind": "end",
        "answer_by": "2026-12-24",
        "sources": position.public_id,
    }
    sent = client.post(action, data=typed)
    assert (sent.status_code, sent.location.partition("#")[0]) == (303, f"{scene.url}?by=value")


def test_what_is_drawn_on_is_folded_away_under_the_statement_that_does(
    client: FlaskClient, session: Session
) -> None:
    scene = Drafting(session)
    same = [scene.claim(words) for words in HOURS]
    alone = scene.claim(BUSES)
    drawn = make_statement(session, scene.thread, *same[:2], made_by=scene.moderator)
    gone = make_statement(session, scene.thread, alone, made_by=scene.moderator, retired_at=NOW)
    [alike] = scene.page().sections[0].groups
    assert numbers(alike.drawn) == {one.number for one in same[:2]}
    assert [one.text for one in alike.statements] == [drawn.versions[-1].text]
    assert alike.press == "Draft from these two together"
    folds = re.findall(
        r"<details.*?</details>", sign_in(client, scene.moderator).get(scene.url).text, re.DOTALL
    )
    folded = next(fold for fold in folds if "2 are drawn on already" in fold)
    assert drawn.versions[-1].text in folded
    assert gone.versions[-1].text not in folded
    make_statement(session, scene.thread, *same[2:], made_by=scene.moderator)
    sections = scene.page().sections
    assert sections[0].groups[0].lines == ()
    assert [numbers(group.lines) for group in sections[1].groups] == [{alone.number}]


def test_one_press_draws_on_all_that_say_nearly_the_same_and_keeps_what_was_typed(
    client: FlaskClient, session: Session
) -> None:
    scene = Drafting(session)
    same = [scene.claim(words) for words in HOURS]
    own = scene.claim(HOURS[0] + " All.", scene.moderator)
    drawn = scene.claim(HOURS[1] + " So.")
    make_statement(session, scene.thread, drawn, made_by=scene.moderator)
    alone = scene.claim(BUSES)
    sign_in(client, scene.moderator)
    press = {"like": own.public_id, "kind": "fact", "answer_by": "2026-12-24"}

    def ticked(**typed: str) -> tuple[set[str], str]:
        page = client.post(scene.url, data=press | typed)
        assert page.status_code == 200
        assert 'value="fact" checked' in page.text
        assert 'value="2026-12-24"' in page.text
        ticks = re.findall(r'name="sources" value="(\w+)" checked', page.text)
        [words] = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page.text, re.DOTALL)
        return set(ticks), words.strip()

    ticks, begun = ticked()
    assert ticks == {one.public_id for one in same}
    assert begun in HOURS
    assert ticked(text="Mine, half wri") == (ticks, "Mine, half wri")
    [first] = [one.public_id for one in same if one.live and one.live.claim == begun]
    assert ticked(text=begun + " More.", begun=first)[1] == begun + " More."
    replaced = client.post(scene.url, data={"from": alone.public_id, "text": begun, "begun": first})
    assert f'value="{alone.public_id}" checked' in replaced.text
    assert f">\n{BUSES}</textarea>" in replaced.text.replace("\r", "")
    assert len(session.scalars(select(Statement)).all()) == 1, "nothing is drafted by a press"


def test_the_database_is_asked_as_often_for_forty_positions_as_for_one(session: Session) -> None:
    scene = Drafting(session)
    made = [scene.claim(BUSES)]

    def asked() -> int:
        make_statement(session, scene.thread, *made, made_by=scene.moderator)
        who: Viewer = viewer(session, scene.moderator)
        thread_id = scene.thread.id
        session.flush()
        session.expunge_all()
        thread = session.get_one(Thread, thread_id)
        seen: list[str] = []
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", lambda *given: seen.append(given[2]))
        drafting_page(session, who, thread, today=NOW.date())
        return len(seen)

    first = asked()
    thread = session.get_one(Thread, scene.thread.id)
    made = [make_position(session, thread) for _each in range(39)]
    assert asked() == first


@pytest.mark.parametrize(
    ("kinds", "says", "missing"),
    [
        ("", "A round carries six to twelve", ["Two ends", "Two facts", "One means"]),
        ("EEF", "A round carries six to twelve", ["One fact", "One means"]),
        ("EEFFM", "From six statements on", []),
        ("EEFFMM", "A round can carry these", []),
        ("EEEEEEEE", "A round carries six to twelve", ["Two facts", "One means"]),
        ("EEEEEEEEEEFFM", "choose at most twelve", []),
        ("EEFFMM-", "A round can carry these", ["1 imported statement is not sorted yet"]),
    ],
)
def test_what_is_missing_of_what_a_round_can_carry_is_said_plainly(
    session: Session, kinds: str, says: str, missing: list[str]
) -> None:
    scene = Scene(session)
    names = {"E": "end", "F": "fact", "M": "means", "-": ""}
    rows = [
        make_statement(session, scene.thread, kind=names[each], made_by=scene.moderator)
        for each in kinds
    ]
    found = progress_of(rows, scene.thread)
    assert says in found.says
    assert [
        sentence.partition(" is missing")[0].partition(" are missing")[0]
        for sentence in found.missing
    ] == [sentence if "imported" not in sentence else found.missing[-1] for sentence in missing]


@pytest.mark.parametrize(
    ("last", "is_told"),
    [
        ("Every school should pay for it.", True),
        ("It takes time away from reading.", False),
        ("Clubs come before lessons rather than after them.", False),
        ("Nobody should be made to come.", False),
    ],
)
def test_statements_that_all_speak_for_something_are_said_to_and_how_it_was_told(
    session: Session, last: str, is_told: bool
) -> None:
    scene = Scene(session)
    texts = ["Music matters.", "Sport matters.", "Buses bring people home.", last]
    rows = [
        make_statement(session, scene.thread, text=words, made_by=scene.moderator)
        for words in texts
    ]
    told = progress_of(rows, scene.thread).one_sided
    assert bool(told) is is_told
    assert all("Told by words alone" in one.told_by for one in told)
    assert progress_of(rows[:3], scene.thread).one_sided == ()
    rows[0].versions[-1].language = "cy"
    assert progress_of(rows, scene.thread).one_sided == (), "no other language is judged by ours"


def test_statements_drawn_from_one_side_of_a_scale_ask_for_the_other(session: Session) -> None:
    scene = Drafting(session)
    rows = [
        make_statement(
            session,
            scene.thread,
            scene.claim(f"No club is {at}.", at=at),
            text=f"No club is {at}.",
            made_by=scene.moderator,
        )
        for at in (0.0, 0.25, 0.25, 0.0)
    ]
    [told] = progress_of(rows, scene.thread).one_sided
    low, high = scene.series.scales[0].low, scene.series.scales[0].high
    assert f"between “{low}” and “{high}” come from the side of “{low}”" in told.says
    assert "where authors placed" in told.told_by
    other = make_statement(
        session, scene.thread, scene.claim("It is free.", at=1.0), made_by=scene.moderator
    )
    assert progress_of([*rows, other], scene.thread).one_sided == ()
