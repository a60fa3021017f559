"""A closed run's answers: as they were given, by nobody, in no order of time."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.problems import Refused
from discussion.weighing.practice.drafts import AnswerDraft
from discussion.weighing.practice.keys import address_key, hash_of, link_of, respondent_key
from discussion.weighing.practice.lines import Line
from discussion.weighing.practice.models import (
    Instrument,
    OpenInstrumentError,
    Respondent,
    Run,
    RunInvitation,
)
from discussion.weighing.practice.operations.answering import RunClosed, save_answer, save_fits
from discussion.weighing.practice.operations.forgetting import part_from_addresses, take_back
from discussion.weighing.practice.operations.inviting import invite
from discussion.weighing.practice.queries.answers import Said, closed_answers
from discussion.weighing.practice.queries.own import order_of
from tests.factories import NOW, make_series, viewer
from tests.factories.practice import (
    make_instrument,
    make_organisation,
    make_respondent,
    make_run,
)

SECRET = "a secret for keys"


def invited(session: Session, run: Run) -> RunInvitation:
    asked = RunInvitation(
        run_id=run.id, unit_id=run.units[0].id, role="staff", email="a@hospital.example",
        address_key=address_key(SECRET, run.public_id, "a@hospital.example"),
        link_hash=hash_of(link_of(SECRET, "x")),
    )  # fmt: skip
    session.add(asked)
    session.flush()
    return asked


@pytest.fixture
def run(session: Session) -> Run:
    series = make_series(session)
    organisation = make_organisation(session, series)
    return make_run(session, organisation, make_instrument(session, series))


def test_a_closed_run_gives_what_each_person_said_under_a_number_that_tells_no_order(
    session: Session, run: Run
) -> None:
    for stop in (1, 2, 3, 4, 5, "dont_know"):
        made = make_respondent(session, run, {"visits": (stop, 5)}, role="leader", unit=1)
        made.key = f"{7 * made.id % 11:02}"
    run.state = "closed"
    session.flush()
    found = closed_answers(session, run)
    assert [one.number for one in found.respondents] == [1, 2, 3, 4, 5, 6]
    said = [one.says["visits"].professed for one in found.respondents]
    assert sorted(map(str, said)) == ["1", "2", "3", "4", "5", "dont_know"]
    assert [str(one) for one in said] != ["1", "2", "3", "4", "5", "dont_know"]
    assert {one.says["visits"].practised for one in found.respondents} == {5}
    assert {one.role for one in found.respondents} == {"leader"}
    assert {one.unit_id for one in found.respondents} == {found.units[1].id}
    assert found.respondents[0].says.keys() == {"visits"}


def test_answers_of_a_run_that_is_open_are_given_to_nobody(session: Session, run: Run) -> None:
    make_respondent(session, run, {"visits": (1, 5)})
    with pytest.raises(ValueError, match="closed"):
        closed_answers(session, run)


@pytest.mark.parametrize(
    ("reason", "shows"),
    [
        ("We are told, not asked.", True),
        ("Mrs Okafor decides everything.", False),
        ("Write to me at a.b@hospital.example", False),
        ("In Thornlaw nobody is asked.", False),
        ("in thornlaw nobody is asked.", False),
    ],
)
def test_words_are_shown_if_they_name_nobody_and_no_unit(
    session: Session, reason: str, *, shows: bool
) -> None:
    series = make_series(session)
    run = make_run(session, make_organisation(session, series), make_instrument(session, series),
                   units=("Thornlaw Ward", "Ashgill Ward"))  # fmt: skip
    make_respondent(session, run, {"visits": (1, 5)}, reason=reason, may_show=True)
    for _one in range(4):
        make_respondent(session, run, {"visits": (1, 5)}, reason="Not for anybody.")
    run.state = "closed"
    session.flush()
    found = closed_answers(session, run)
    assert [one.text for one in found.words] == ([reason] if shows else [])
    assert found.respondents[0].says["visits"] == Said(1, 5)


def test_words_are_of_functions_that_five_answered(session: Session, run: Run) -> None:
    for at in range(5):
        says = {"visits": (1, 5)} if at else {"visits": (1, 5), "records": (1, 5)}
        make_respondent(session, run, says, reason="We are told.", may_show=True)
    run.state = "closed"
    session.flush()
    assert {one.function for one in closed_answers(session, run).words} == {"visits"}


def test_nobodys_words_of_two_functions_stand_in_one_place(session: Session, run: Run) -> None:
    for at in range(12):
        made = make_respondent(session, run, {"visits": (1, 5), "records": (2, 4)}, may_show=True)
        made.key = f"{at:02}"
        for one in made.answers:
            one.reason = f"told {'abcdefghijkl'[at]}"
    run.state = "closed"
    session.flush()
    words = closed_answers(session, run).words
    said = {slug: [one.text for one in words if one.function == slug]
            for slug in ("visits", "records")}  # fmt: skip
    assert sorted(said["visits"]) == sorted(said["records"])
    assert said["visits"] != said["records"]


def test_an_answer_on_its_way_is_not_kept_once_everything_is_taken_back(
    session: Session, run: Run
) -> None:
    asked = invited(session, run)
    save_fits(session, asked, {}, secret=SECRET)
    assert session.scalar(select(Respondent)) is None  # who says nothing has not answered
    visits = run.instrument.functions[1]
    said = AnswerDraft(professed="1", practised="5")
    save_answer(session, asked, visits, said, secret=SECRET)
    # Another tab, which has read the invitation, and the first takes everything back meanwhile.
    with Session(session.get_bind(), join_transaction_mode="create_savepoint") as other:
        take_back(other, other.get_one(RunInvitation, asked.id), SECRET)
        other.commit()
    with pytest.raises(RunClosed):
        save_answer(session, asked, visits, said, secret=SECRET)
    assert session.scalar(select(Respondent)) is None


def test_when_a_run_closes_no_secret_tells_whose_answers_they_are(
    session: Session, run: Run
) -> None:
    asked = invited(session, run)
    key = respondent_key(SECRET, run.public_id, asked.public_id)
    made = make_respondent(session, run, {"visits": (1, 5)})
    made.key, made.order = key, order_of(asked, SECRET)
    session.flush()
    part_from_addresses(session, run)
    run.state = "closed"
    session.flush()
    assert session.scalar(select(Respondent.key)) != key
    assert made.order == []  # as the secret drew it for one invitation
    take_back(session, asked, SECRET)
    assert len(closed_answers(session, run).respondents) == 1
    assert asked.email == ""


def test_spellings_of_one_address_are_one_person(run: Run) -> None:
    keys = {
        address_key(SECRET, run.public_id, email)
        for email in ("ann.lee@gmail.com", "AnnLee+run@googlemail.com", "a.n.n.lee+2@gmail.com")
    }
    assert len(keys) == 1
    other = address_key(SECRET, run.public_id, "ann@ward.example")
    assert other == address_key(SECRET, run.public_id, "Ann+x@ward.example")
    assert other != address_key(SECRET, run.public_id, "a.nn@ward.example")


def test_an_instrument_that_is_open_keeps_what_it_asks(session: Session) -> None:
    made = make_instrument(session, make_series(session))
    made.functions[0].name = "Something else"
    with pytest.raises(OpenInstrumentError):
        session.flush()
    session.rollback()


def test_nor_does_it_change_what_its_questions_say(session: Session) -> None:
    make_instrument(session, make_series(session))
    row = session.scalars(select(Instrument)).one()
    row.professed = "Another question?"
    with pytest.raises(OpenInstrumentError):
        session.flush()


def test_lines_are_not_put_into_parts_that_somebody_changed_meanwhile(
    session: Session, run: Run
) -> None:
    actor = viewer(session, run.coordinator)
    assert [one.name for one in run.units] == ["Ward A", "Ward B"]  # what lines are read against
    with Session(session.get_bind(), join_transaction_mode="create_savepoint") as other:
        first, second = other.get_one(Run, run.id).units
        first.order, second.order = 2, 1
        other.commit()
    lines = [Line(1, "a@hospital.example", "staff", 0)]
    with pytest.raises(Refused, match="parts were changed"):
        invite(session, actor, run, lines, secret=SECRET, now=NOW)
    assert invite(session, actor, run, lines, secret=SECRET, now=NOW) == 1
    asked = session.scalars(select(RunInvitation)).one()
    assert asked.unit.name == "Ward B"
