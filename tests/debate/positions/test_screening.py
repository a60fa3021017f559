"""What makes writing wait: few links from newcomers, copies, floods, and an agreed slower pace."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion import text
from discussion.debate.positions.drafts import PositionDraft, TagDraft
from discussion.debate.positions.models import Position
from discussion.debate.positions.operations.publishing import publish_position, revise_position
from discussion.debate.positions.queries.held import held_in_words
from discussion.debate.positions.words import FLOOD_FROM, FLOOD_MOST
from discussion.debate.positions.words_held import held_for_author
from discussion.debate.responses.drafts import ResponseDraft
from discussion.debate.responses.operations.responding import respond
from discussion.debate.threads.drafts import ThreadDraft
from discussion.debate.threads.models import Thread
from discussion.debate.threads.operations import propose_thread
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.operations.recording import write_decision
from discussion.oversight.sanctions.models import Sanction
from discussion.people.accounts.models import Person
from discussion.problems import Invalid
from discussion.series.series.models import Series
from tests.conftest import sign_in
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_position,
    make_series,
    make_thread,
    viewer,
)

DRAFT = PositionDraft(
    claim="Every pupil should be offered a club in school hours.",
    reasoning="Because clubs after school shut out those who travel far, and those who care "
    "for a younger brother or sister until the evening.",
    served=(TagDraft(value="equality"),),
    is_without_study=True,
    level="school",
    confidence=3,
    change_mind=("evidence",),
    attribution="role",
    nobody_identified=True,
)
ANSWER = ResponseDraft(
    type="asks", text="How would that work?", attribution="role", nobody_identified=True
)
LINK = "https://a.example/b"


@pytest.fixture
def series(session: Session) -> Series:
    return make_series(session, moderation="post")


@pytest.fixture
def thread(session: Session, series: Series) -> Thread:
    return make_thread(session, series)


def publish(
    session: Session, thread: Thread, person: Person, draft: PositionDraft = DRAFT, minutes: int = 0
) -> Position:
    at = NOW + timedelta(minutes=minutes)
    return publish_position(session, viewer(session, person), thread, draft, now=at)


def held(position: Position) -> str:
    return held_in_words(position.revisions[-1].held_for, attribution=position.attribution)


@pytest.mark.parametrize(
    ("source", "links"),
    [
        ("none", 0), (LINK, 1), (f"<{LINK}>", 1), (f"[{LINK}]({LINK})", 1), (f"![x]({LINK})", 1),
        (f"[a][1] and [b][1]\n\n[1]: {LINK}", 2), (f"`{LINK}`", 1), (f"    {LINK}\n", 1),
        ("www.a.example and HTTP://B.EXAMPLE", 2), (f"x[^1]\n\n[^1]: {LINK}", 1),
        ("> " * 40 + LINK, 1), ("see section 2.1/3 of the paper", 0),
    ],
)  # fmt: skip
def test_links_are_counted_however_they_are_written(source: str, links: int) -> None:
    assert text.count_links(source) == links


@pytest.mark.parametrize("is_member", [False, True])
def test_a_newcomers_position_holds_two_links_and_not_three(
    session: Session, thread: Thread, *, is_member: bool
) -> None:
    person = make_member(session, thread.series) if is_member else make_person(session)
    two = replace(DRAFT, reasoning=f"{LINK} and", objection=f"[here]({LINK})")
    three = replace(two, change_mind_text=f"Or {LINK}")
    with pytest.raises(Invalid) as refused:
        publish(session, thread, person, three)
    assert [problem.field for problem in refused.value.problems] == ["change_mind_text"]
    assert "at most 2 links; this has 3" in refused.value.problems[0].sentence
    assert publish(session, thread, person, two).state == "published"
    other = replace(three, claim="Something else entirely.", reasoning=f"For {LINK} reasons.")
    more = make_thread(session, thread.series)
    if is_member:  # admitted, and something of theirs stands now
        assert publish(session, more, person, other).state == "published"
    else:
        with pytest.raises(Invalid, match="at most 2 links"):
            publish(session, more, person, other)


def test_a_newcomers_response_holds_two_links_and_not_three(
    session: Session, thread: Thread
) -> None:
    actor = viewer(session, make_member(session, thread.series))
    position = make_position(session, thread)
    with pytest.raises(Invalid, match="at most 2 links; this has 3"):
        respond(session, actor, position, replace(ANSWER, text=f"{LINK} " * 3), now=NOW)
    made = respond(session, actor, position, replace(ANSWER, text=f"{LINK} " * 2), now=NOW)
    assert made.state == "published"


def test_a_newcomers_proposed_thread_holds_two_links_and_not_three(
    session: Session, thread: Thread
) -> None:
    actor = viewer(session, make_member(session, thread.series))
    draft = ThreadDraft(
        question="Should homework be optional?", context=f"{LINK} {LINK}",
        themes=(thread.series.themes[0].slug,), levels=("school",), attribution="role",
        nobody_identified=True,
    )  # fmt: skip
    with pytest.raises(Invalid) as refused:
        propose_thread(session, actor, thread.series, replace(draft, use_of_result=LINK), now=NOW)
    assert [problem.field for problem in refused.value.problems] == ["use_of_result"]
    assert propose_thread(session, actor, thread.series, draft, now=NOW).stage == "proposed"


def test_conveners_link_as_they_need(session: Session, thread: Thread) -> None:
    convener = make_member(session, thread.series, role="convener")
    draft = replace(DRAFT, reasoning=f"{LINK} " * 5)
    assert publish(session, thread, convener, draft).state == "published"


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("EVERY pupil should be offered a club, in school-hours", "same text as another position"),
        ("Every pupil should be offered a club in the school hours.", "nearly the same text as"),
        ("Clubs matter less than who runs them and for whom.", ""),
    ],
)
def test_copies_wait_in_a_series_that_reads_afterwards(
    session: Session, thread: Thread, client: FlaskClient, claim: str, expected: str
) -> None:
    for number in range(3):
        make_position(session, thread, revision={"claim": f"Claim {number} on other things"})
    first = publish(session, thread, make_member(session, thread.series))
    reasoning = DRAFT.reasoning if expected else "Nobody asks them, and so nobody knows."
    other = make_thread(session, thread.series)
    author = make_member(session, thread.series)
    draft = replace(DRAFT, claim=claim, reasoning=reasoning)
    second = publish(session, other, author, draft, minutes=5)
    assert (first.state, second.state) == ("published", "draft" if expected else "published")
    assert expected in held(second)
    sign_in(client, author)
    mine = client.get("/positions/mine").text
    assert ("because a very similar text is here already" in mine) == bool(expected)
    sign_in(client, make_member(session, thread.series, role="moderator"))
    assert (expected or "Nothing is waiting") in client.get("/moderation").text


def test_short_texts_and_versions_of_ones_own_are_no_copies(
    session: Session, thread: Thread
) -> None:
    author = make_member(session, thread.series)
    position = publish(session, thread, author)
    revise_position(session, viewer(session, author), position,
                    replace(DRAFT, change_reason="reworded", confidence=2), now=NOW)  # fmt: skip
    assert position.revisions[-1].status == "live"
    for _person in range(2):
        actor = viewer(session, make_member(session, thread.series))
        assert respond(session, actor, position, ANSWER, now=NOW).state == "published"


@pytest.mark.parametrize("is_own", [True, False])
@pytest.mark.parametrize("seen", ["public", "members"])
def test_what_is_copied_from_another_series_is_not_named(
    session: Session, thread: Thread, seen: str, *, is_own: bool
) -> None:
    """Whoever wrote it there: found of the same person alone, it would tell that they are one."""
    author = make_member(session, thread.series)
    elsewhere = make_thread(session, make_series(session, moderation="post", visibility=seen))
    before = make_member(session, elsewhere.series, author if is_own else None)
    publish(session, elsewhere, before)
    said = held(publish(session, thread, author))
    expected = "Held: same text as something in another series" if seen == "public" else ""
    assert said == expected


def test_a_flood_waits_then_is_refused_and_ebbs(
    session: Session, thread: Thread, client: FlaskClient
) -> None:
    author = make_member(session, thread.series)
    actor = viewer(session, author)
    target = make_position(session, thread)

    def answer(number: int, minutes: int = 0) -> str:
        said = replace(ANSWER, text=f"Question {number}?")
        made = respond(session, actor, target, said, now=NOW + timedelta(minutes=minutes))
        return held_in_words(made.texts[-1].held_for)

    said = [answer(number) for number in range(FLOOD_MOST)]
    assert said[: FLOOD_FROM - 1] == [""] * (FLOOD_FROM - 1)
    assert said[FLOOD_FROM - 1] == "Held: seven contributions in 10 minutes"
    with pytest.raises(Invalid, match=r"Wait until 12:10 GMT.*nothing of it is lost"):
        answer(99, minutes=9)
    assert answer(100, minutes=10) == ""


def test_a_flood_is_counted_of_one_voice(session: Session, thread: Thread) -> None:
    """Held for a flood, another voice would tell that its author was as busy elsewhere."""
    author = viewer(session, make_member(session, thread.series))
    elsewhere = make_position(session, make_thread(session, thread.series))
    here = make_position(session, thread)
    for number in range(FLOOD_FROM - 1):
        said = replace(ANSWER, text=f"Question {number}?")
        respond(session, author, elsewhere, said, now=NOW)
    for _proposal in range(2):
        make_thread(session, thread.series, proposed_by_id=author.person_id, created_at=NOW)
    for mode in ("role", "chatham_house"):
        made = respond(session, author, here, replace(ANSWER, attribution=mode), now=NOW)
        assert not made.texts[-1].held_for
    made = respond(session, author, elsewhere, ANSWER, now=NOW)
    assert held_in_words(made.texts[-1].held_for) == "Held: seven contributions in 10 minutes"


def test_whoever_was_asked_to_be_read_first_is_until_it_ends(
    session: Session, thread: Thread
) -> None:
    author = make_member(session, thread.series)
    moderator = viewer(session, make_member(session, thread.series, role="moderator"))
    decision = write_decision(
        session,
        moderator,
        Case("person", author.public_id, thread.series),
        Ruling("sanction"),
        now=NOW,
    )
    session.add(Sanction(series_id=thread.series_id, person_id=author.id, kind="pre_moderation",
                         decision_id=decision.id, starts_at=NOW,
                         ends_at=NOW + timedelta(days=10)))  # fmt: skip
    session.flush()
    named = make_thread(session, thread.series, attribution="named")
    position = publish(session, named, author, replace(DRAFT, attribution="named"))
    assert position.state == "draft"
    assert publish(session, thread, author, replace(
        DRAFT, claim="Another claim.", reasoning="And why.")).state == "published"  # fmt: skip
    kept = position.revisions[0].held_for
    assert held_in_words(kept) == "Held: reads first until 3 December"
    assert "until 3 December 2026" in held_for_author(kept, "post")
    assert held_for_author(kept, "pre") == ""
    assert held_in_words(kept, attribution="role") == "Held: this author is read first for a while"
    other = make_thread(session, thread.series, attribution="named")
    late = replace(DRAFT, claim="Something else entirely.", reasoning="For another reason.",
                   attribution="named")  # fmt: skip
    assert publish(session, other, author, late, minutes=60 * 24 * 11).state == "published"


def test_a_form_that_is_refused_keeps_what_was_typed(
    session: Session, thread: Thread, client: FlaskClient
) -> None:
    sign_in(client, make_member(session, thread.series))
    position = make_position(session, thread)
    typed = {"type": "asks", "text": f"Why {LINK} {LINK} {LINK}", "attribution": "role",
             "nobody_identified": "1", "do": "publish"}  # fmt: skip
    refused = client.post(f"/positions/{position.public_id}/respond", data=typed)
    assert refused.status_code == 422
    assert "at most 2 links" in refused.text
    assert typed["text"] in refused.text
