"""Merging, splitting and moving: what goes along, what is given anew, and what is refused."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.debate.composing import operations as drafts
from discussion.debate.positions.models import EditorsNote, Part, PartCounts
from discussion.debate.positions.operations.publishing import (
    AlreadyPosted,
    find_own,
    publish_position,
    withdraw_position,
)
from discussion.debate.threads.drafts import EditDraft
from discussion.debate.threads.models import Heading, RelatedThread, Thread, Voice
from discussion.debate.threads.operations import (
    merge_threads,
    move_due_threads,
    move_position,
    split_thread,
    undo_regrouping,
)
from discussion.debate.threads.queries import find_new_slug, thread_page
from discussion.debate.threads.words import STAGES
from discussion.decisions.drafts import Ruling
from discussion.decisions.models import Claim, Decision
from discussion.decisions.operations.claiming import take
from discussion.jobs.models import Job
from discussion.oversight.appeals.operations.appealing import make_appeal
from discussion.oversight.appeals.operations.reviewing import review_appeal
from discussion.oversight.moderation.operations import decide
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.rules import Forbidden
from discussion.problems import Invalid, Refused
from discussion.weighing.rounds.models import Round
from discussion.weighing.statements.models import Statement
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_position,
    make_response,
    make_scale,
    make_series,
    make_thread,
    viewer,
)
from tests.journeys.handed_in import DRAFT

WHY = "Both ask the same thing."
STATES = ("draft", "published", "withdrawn", "hidden", "removed", "declined", "discarded")
UNPUBLISHED: dict[str, Any] = {"number": None, "first_published_at": None}


@pytest.fixture
def threads(session: Session) -> tuple[Thread, Thread]:
    series = make_series(session)
    make_position(session, make_thread(session, series))  # another thread, left alone
    return make_thread(session, series), make_thread(session, series)


@pytest.fixture
def moderator(session: Session, threads: tuple[Thread, Thread]) -> Viewer:
    return viewer(session, make_member(session, threads[0].series, role="moderator"))


def split_of(source: Thread, **changes: Any) -> EditDraft:
    given = EditDraft(
        question="Should clubs meet in school hours?",
        context="Some do.",
        themes=tuple(theme.slug for theme in source.themes),
        levels=tuple(source.levels),
        scales=tuple(scale.slug for scale in source.scales),
        attribution=source.attribution,
    )
    return replace(given, **changes)


def letters(session: Session, template: str) -> list[int]:
    jobs = session.scalars(select(Job).where(Job.name == "mail.send"))
    return [job.payload["person_id"] for job in jobs if job.payload["template"] == template]


def test_a_merge_takes_everything_along_in_every_state(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    source, target = threads
    kept = make_position(session, target)
    rows = []
    for state in STATES:
        is_new = state in ("draft", "declined", "discarded")
        rows.append(make_position(session, source, state=state, **(UNPUBLISHED if is_new else {})))
    answered = rows[1]
    response = make_response(session, answered)
    answerer = make_member(session, source.series)
    session.add(Part(position_id=answered.id, person_id=answerer.id, stance="2", answered_at=NOW))
    session.add(
        PartCounts(position_id=answered.id, thread_id=source.id, cycle=1, people=0, frozen_at=NOW)
    )
    notes = [EditorsNote(thread_id=source.id, text="Mind the dates.", written_by_id=answerer.id,
                         written_on=NOW.date()),
             EditorsNote(position_id=answered.id, text="Mind this.", written_by_id=answerer.id,
                         written_on=NOW.date())]  # fmt: skip
    session.add_all(notes)
    session.flush()
    made = merge_threads(session, moderator, source, target, why=WHY, now=NOW)
    session.expire_all()
    assert {row.thread_id for row in (*rows, kept)} == {target.id}
    assert set(made.moved) == {row.public_id for row in rows}
    numbers = [row.number for row in (*rows, kept) if row.number]
    assert len(numbers) == len(set(numbers)) == 5
    assert [row.number is None for row in rows] == [True, False, False, False, False, True, True]
    assert (response.position_id, notes[0].thread_id) == (answered.id, target.id)
    page = thread_page(session, None, target.slug)
    assert page is not None
    assert page.position_count == 2
    assert [note.text for note in page.notes] == ["Mind the dates."]
    assert thread_page(session, None, source.slug) is None
    assert find_new_slug(session, None, source.slug) == target.slug


def test_letters_are_drawn_in_the_new_thread_and_attribution_only_tightens(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    source, target = threads
    source.attribution, target.attribution = "named", "role"
    loose = make_position(session, source, attribution="named")
    strict = make_position(session, source, attribution="chatham_house")
    answer = make_response(session, loose, attribution="named")
    merge_threads(session, moderator, source, target, why=WHY, now=NOW)
    assert [row.attribution for row in (loose, strict, answer)] == [
        "role", "chatham_house", "role",
    ]  # fmt: skip
    voices = session.execute(
        select(Voice.person_id, Voice.attribution).where(Voice.thread_id == target.id)
    ).all()
    assert set(voices) == {
        (loose.author_id, "role"),
        (strict.author_id, "chatham_house"),
        (answer.author_id, "role"),
    }


def test_a_place_on_a_scale_that_the_other_thread_lacks_is_kept_and_not_shown(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    source, target = threads
    target.scales = [source.scales[0], make_scale(session, source.series)]
    position = make_position(session, source)
    merge_threads(session, moderator, source, target, why=WHY, now=NOW)
    page = thread_page(session, None, target.slug)
    assert page is not None
    [card] = [card for group in page.groups for card in group.cards]
    assert [place.scale for place in card.places] == ["requirement"]
    assert position.live is not None
    assert set(position.live.placements) == {"requirement", "who-decides"}


MAY_MERGE = {("open", "open"), ("proposed", "open")}  # (source, target)


def test_threads_are_merged_into_open_ones_while_they_are_proposed_or_open(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    for stage, target_stage in product(STAGES, STAGES):
        source = make_thread(session, threads[0].series, stage=stage)
        target = make_thread(session, threads[0].series, stage=target_stage)
        if (stage, target_stage) in MAY_MERGE:
            merge_threads(session, moderator, source, target, why=WHY, now=NOW)
            assert source.merged_into_id == target.id
            continue
        with pytest.raises(Refused) as refused:
            merge_threads(session, moderator, source, target, why=WHY, now=NOW)
        said = refused.value.sentence
        assert source.question in said or target.question in said
        assert source.merged_into_id is None


@pytest.mark.parametrize(
    "wrong", ["hidden", "hidden target", "itself", "other series", "closed", "rated"]
)
def test_what_cannot_be_merged_is_refused_with_a_sentence(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer, wrong: str
) -> None:
    source, target = threads
    if wrong == "hidden":
        source.is_hidden = True
    elif wrong == "hidden target":
        target.is_hidden = True
    elif wrong == "itself":
        target = source
    elif wrong == "rated":
        session.add(Round(thread_id=source.id, cycle=1, number=1, seed=1, opens_at=NOW,
                          closes_at=NOW, made_by_id=moderator.person_id, made_at=NOW))  # fmt: skip
    elif wrong == "closed":
        source.series.status = "closed"
    else:
        other = make_series(session)
        target.series = other
        moderator = replace(
            moderator,
            belongings={**moderator.belongings, other.id: moderator.belongings[source.series_id]},
        )
    session.flush()
    with pytest.raises(Refused):
        merge_threads(session, moderator, source, target, why=WHY, now=NOW)


def test_a_merge_needs_a_reason_and_a_moderator_who_did_not_propose_it(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    source, target = threads
    with pytest.raises(Invalid):
        merge_threads(session, moderator, source, target, why=" ", now=NOW)
    source.stage, source.proposed_by_id = "proposed", moderator.person_id
    session.flush()
    contributor = viewer(session, make_member(session, source.series))
    for actor in (moderator, contributor):
        with pytest.raises(Forbidden):
            merge_threads(session, actor, source, target, why=WHY, now=NOW)


def test_a_circle_cannot_be_merged_and_every_former_address_leads_on(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    first, second = threads
    third = make_thread(session, first.series)
    merge_threads(session, moderator, first, second, why=WHY, now=NOW)
    with pytest.raises(Refused):
        merge_threads(session, moderator, second, first, why=WHY, now=NOW)
    with pytest.raises(Refused):
        merge_threads(session, moderator, first, third, why=WHY, now=NOW)
    merge_threads(session, moderator, second, third, why=WHY, now=NOW)
    assert {find_new_slug(session, None, one.slug) for one in (first, second)} == {third.slug}
    third.is_hidden = True
    session.flush()
    assert find_new_slug(session, None, first.slug) is None


def test_an_undone_merge_can_be_done_the_other_way_round(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    first, second = threads
    one, other = make_position(session, first), make_position(session, second)
    made = merge_threads(session, moderator, first, second, why=WHY, now=NOW)
    undo_regrouping(session, moderator, made, why="They differ.", now=NOW)
    assert (one.thread_id, first.merged_into_id) == (first.id, None)
    merge_threads(session, moderator, second, first, why=WHY, now=NOW)
    assert {one.thread_id, other.thread_id} == {first.id}
    assert find_new_slug(session, None, second.slug) == first.slug
    assert find_new_slug(session, None, first.slug) is None


def test_who_has_written_in_both_keeps_both_and_is_told(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    source, target = threads
    author = make_member(session, source.series)
    first, second = (make_position(session, one, author) for one in (target, source))
    merge_threads(session, moderator, source, target, why=WHY, now=NOW)
    assert (first.is_second, second.is_second, second.state) == (False, True, "published")
    assert letters(session, "threads/moved") == [author.id]
    assert find_own(session, target, author.id) is first
    with pytest.raises(AlreadyPosted) as already:
        publish_position(session, viewer(session, author), target, DRAFT, now=NOW)
    assert already.value.position is first
    withdraw_position(session, viewer(session, author), first, now=NOW)
    assert not second.is_second
    assert find_own(session, target, author.id) is second


@pytest.mark.parametrize("going", ["first", "second"])
def test_of_two_that_part_again_each_is_the_first_where_it_stands(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer, going: str
) -> None:
    source, target = threads
    author = make_member(session, source.series)
    rows = {name: make_position(session, one, author)
            for name, one in (("first", target), ("second", source))}  # fmt: skip
    merge_threads(session, moderator, source, target, why=WHY, now=NOW)
    make_position(session, target)
    split_thread(session, moderator, target, split_of(target), chosen=[rows[going].public_id],
                 why=WHY, now=NOW)  # fmt: skip
    assert [row.is_second for row in rows.values()] == [False, False]


def test_removing_and_restoring_keeps_one_first(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    source, target = threads
    author = make_member(session, source.series)
    first, second = (make_position(session, one, author) for one in (target, source))
    merge_threads(session, moderator, source, target, why=WHY, now=NOW)
    decide(session, moderator, first, Ruling("remove", reason="unclear"), now=NOW)
    assert (first.is_second, second.is_second) == (False, False)
    decide(session, moderator, first, Ruling("restore"), now=NOW)
    assert (first.is_second, second.is_second) == (True, False)


def test_a_split_opens_a_thread_of_its_own_under_the_same_conditions(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    source, _target = threads
    source.closed_to = "new_voices"
    going, waiting, staying = (make_position(session, source) for _ in range(3))
    waiting.state, waiting.number, waiting.first_published_at = "draft", None, None
    session.flush()
    made = split_thread(
        session, moderator, source, split_of(source, attribution="chatham_house"),
        chosen=[going.public_id, waiting.public_id], why=WHY, now=NOW,
    )  # fmt: skip
    new = made.target
    assert (new.stage, new.slug, new.closed_to) == (
        "open", "should-clubs-meet-in-school-hours", "new_voices",
    )  # fmt: skip
    assert new.open_on == NOW.date()
    assert [row.thread_id for row in (going, waiting, staying)] == [new.id, new.id, source.id]
    assert (going.attribution, staying.attribution) == ("chatham_house", "role")
    told = session.scalars(
        select(Decision.addressed_to_id).where(Decision.action == "move").order_by(Decision.id)
    ).all()
    assert set(told) == {going.author_id, waiting.author_id}


def test_a_split_says_everything_that_is_wrong_and_changes_nothing(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    source, _target = threads
    only = make_position(session, source)
    wrong: list[tuple[dict[str, Any], list[str], set[str]]] = [
        ({}, [], {"positions"}),
        ({}, [only.public_id], {"positions"}),
        ({"question": "No question"}, [], {"positions", "question"}),
        ({"attribution": "named"}, [], {"positions", "attribution"}),
    ]
    for changes, chosen, fields in wrong:
        with pytest.raises(Invalid) as invalid:
            split_thread(session, moderator, source, split_of(source, **changes), chosen=chosen,
                         why=WHY, now=NOW)  # fmt: skip
        assert {problem.field for problem in invalid.value.problems} == fields
    assert session.scalar(select(func.count()).select_from(Thread)) == 3


def test_nobody_moves_or_splits_off_their_own_but_a_whole_merge_takes_it_along(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    source, target = threads
    own = make_position(session, source, session.get_one(Person, moderator.person_id))
    make_position(session, source)
    with pytest.raises(Forbidden):
        move_position(session, moderator, own, target, why=WHY, now=NOW)
    with pytest.raises(Forbidden):
        split_thread(session, moderator, source, split_of(source), chosen=[own.public_id], why=WHY,
                     now=NOW)  # fmt: skip
    merge_threads(session, moderator, source, target, why=WHY, now=NOW)
    assert own.thread_id == target.id


def test_a_position_moves_alone_and_its_author_gets_a_statement(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    source, target = threads
    heading = Heading(thread_id=source.id, text="For")
    session.add(heading)
    session.flush()
    position = make_position(session, source, heading_id=heading.id, order=3, is_pinned=True)
    made = move_position(session, moderator, position, target, why=WHY, now=NOW)
    assert (position.thread_id, position.heading_id, position.order, position.is_pinned) == (
        target.id, None, None, False,
    )  # fmt: skip
    decision = made.decision
    assert (decision.subject_kind, decision.subject_id, decision.action, decision.why) == (
        "position", position.public_id, "move", WHY,
    )  # fmt: skip
    assert decision.addressed_to_id == position.author_id
    assert letters(session, "threads/moved") == [position.author_id]
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert event.details["decision"] == decision.public_id
    assert event.details["into"] == target.public_id
    undo_regrouping(session, moderator, made, why="No.", now=NOW + timedelta(hours=23))
    assert (position.thread_id, position.heading_id, position.order, position.is_pinned) == (
        source.id, heading.id, 3, True,
    )  # fmt: skip


def test_undoing_a_merge_puts_back_what_is_there_and_leaves_what_is_new(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    source, target = threads
    source.attribution, target.attribution = "named", "role"
    rows = [make_position(session, source, number=number, attribution="named") for number in (1, 2)]
    related = RelatedThread(thread_id=source.id, other_id=make_thread(session, source.series).id)
    note = EditorsNote(thread_id=source.id, text="Mind.", written_by_id=moderator.person_id,
                       written_on=NOW.date())  # fmt: skip
    statement = Statement(thread_id=source.id, kind="end", made_by_id=moderator.person_id,
                          made_at=NOW)  # fmt: skip
    session.add_all([related, note, statement])
    session.flush()
    made = merge_threads(session, moderator, source, target, why=WHY, now=NOW)
    session.refresh(statement)
    assert related.thread_id == statement.thread_id == target.id
    answer = make_response(session, rows[0], attribution="role")
    later = make_position(session, target)
    third = make_thread(session, source.series)
    move_position(session, moderator, rows[1], third, why=WHY, now=NOW)
    undone = undo_regrouping(session, moderator, made, why="They differ.", now=NOW)
    session.expire_all()
    assert (undone.back, undone.elsewhere, undone.renumbered) == (1, 1, 0)
    assert [row.thread_id for row in (*rows, later)] == [source.id, third.id, target.id]
    assert (rows[0].number, rows[0].attribution) == (1, "role")
    assert {one.thread_id for one in (note, related, statement)} == {source.id}
    assert (source.merged_into_id, made.undone_by_id) == (None, moderator.person_id)
    voices = select(Voice.person_id).where(Voice.thread_id == source.id)
    assert answer.author_id in session.scalars(voices).all()
    with pytest.raises(Refused):
        undo_regrouping(session, moderator, made, why="Again.", now=NOW)


def test_undoing_a_split_merges_the_new_thread_back_with_all_that_was_written_in_it(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    source, _target = threads
    going, _staying = (make_position(session, source) for _ in range(2))
    number = going.number
    made = split_thread(session, moderator, source, split_of(source), chosen=[going.public_id],
                        why=WHY, now=NOW)  # fmt: skip
    later = make_position(session, made.target)
    taker = make_position(session, source, number=number)
    undone = undo_regrouping(session, moderator, made, why="Too small.", now=NOW)
    assert {going.thread_id, later.thread_id, taker.thread_id} == {source.id}
    assert undone.renumbered == 1
    assert len({going.number, later.number, taker.number}) == 3
    assert find_new_slug(session, None, made.target.slug) == source.slug


def test_within_a_day_whoever_did_it_undoes_it_and_later_a_convener(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    source, target = threads
    made = merge_threads(session, moderator, source, target, why=WHY, now=NOW)
    another = viewer(session, make_member(session, source.series, role="moderator"))
    convener = viewer(session, make_member(session, source.series, role="convener"))
    late = NOW + timedelta(hours=25)
    for actor, at in ((another, NOW), (moderator, late)):
        with pytest.raises(Forbidden):
            undo_regrouping(session, actor, made, why="No.", now=at)
    undo_regrouping(session, convener, made, why="No.", now=late)
    actions = session.scalars(select(Decision.action).order_by(Decision.id)).all()
    assert actions == ["merge", "undo_merge"]
    verbs = session.scalars(select(AuditEvent.verb).order_by(AuditEvent.id)).all()
    assert verbs == ["merge", "undo_merge"]


def test_what_was_merged_on_is_undone_first(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    first, second = threads
    third = make_thread(session, first.series)
    earlier = merge_threads(session, moderator, first, second, why=WHY, now=NOW)
    later = merge_threads(session, moderator, second, third, why=WHY, now=NOW)
    with pytest.raises(Refused):
        undo_regrouping(session, moderator, earlier, why="No.", now=NOW)
    undo_regrouping(session, moderator, later, why="No.", now=NOW)
    undo_regrouping(session, moderator, earlier, why="No.", now=NOW)
    assert [one.merged_into_id for one in (first, second, third)] == [None] * 3


def test_once_the_other_thread_has_moved_on_nothing_goes_back(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    source, target = threads
    made = merge_threads(session, moderator, source, target, why=WHY, now=NOW)
    target.stage = "weighing"
    session.flush()
    with pytest.raises(Refused):
        undo_regrouping(session, moderator, made, why="No.", now=NOW)


def test_a_proposal_that_is_merged_is_answered(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    source, target = threads
    proposer = make_member(session, source.series)
    source.stage, source.proposed_by = "proposed", proposer
    source.open_on = NOW.date()
    session.flush()
    made = merge_threads(session, moderator, source, target, why=WHY, now=NOW)
    assert made.decision.addressed_to_id == proposer.id
    assert letters(session, "threads/merged") == [proposer.id]
    assert move_due_threads(session, NOW) == 0


def test_a_proposal_that_somebody_else_has_taken_is_not_merged(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    source, target = threads
    source.stage = "proposed"
    another = viewer(session, make_member(session, source.series, role="moderator"))
    take(session, another, "threads", source.public_id, source.series, now=NOW)
    with pytest.raises(Refused):
        merge_threads(session, moderator, source, target, why=WHY, now=NOW)
    merge_threads(session, another, source, target, why=WHY, now=NOW)
    assert session.scalars(select(Claim)).all() == []


def test_a_draft_begun_in_a_merged_thread_is_found_where_it_went(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    source, target = threads
    writer, other = (viewer(session, make_person(session)) for _ in range(2))
    for one, text in ((source, "begun"), (target, "also begun")):
        drafts.keep_draft(session, other, "position", one, {"claim": [text]}, version=0, now=NOW)
    drafts.keep_draft(session, writer, "position", source, {"claim": ["mine"]}, version=0, now=NOW)
    merge_threads(session, moderator, source, target, why=WHY, now=NOW)

    def found(who: Viewer, kind: str = "position") -> list[str]:
        kept = drafts.find_draft(session, who, kind, target)
        return kept.typed["claim"] if kept else []

    assert found(writer) == ["mine"]
    assert (found(other), found(other, "position_old")) == (["also begun"], ["begun"])
    drafts.keep_draft(session, writer, "position", target, {"claim": ["more"]}, version=1, now=NOW)
    assert found(writer) == ["more"]
    drafts.discard_draft(session, other, "position", target)
    assert found(other) == found(other, "position_old") == []


def test_an_appeal_that_is_upheld_puts_back_what_was_moved_or_merged(
    session: Session, threads: tuple[Thread, Thread], moderator: Viewer
) -> None:
    source, target = threads
    other = viewer(session, make_member(session, source.series, role="moderator"))
    source.proposed_by = make_member(session, source.series)
    position = make_position(session, source)
    for kind in ("move", "merge"):
        if kind == "move":
            made = move_position(session, moderator, position, target, why=WHY, now=NOW)
        else:
            made = merge_threads(session, moderator, source, target, why=WHY, now=NOW)
        addressee = session.get_one(Person, made.decision.addressed_to_id)
        appeal = make_appeal(session, viewer(session, addressee), made.decision, "No.", now=NOW)
        at = NOW + timedelta(days=1, minutes=made.id)
        review_appeal(session, other, appeal, "overturned", "It was clear.", now=at)
        assert made.undone_at == at
    assert (position.thread_id, source.merged_into_id) == (source.id, None)
    verbs = session.scalars(select(Decision.action).order_by(Decision.id)).all()
    assert verbs == ["move", "undo_move", "merge", "undo_merge"]
    assert letters(session, "threads/moved").count(position.author_id) == 4
