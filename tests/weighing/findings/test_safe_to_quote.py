"""What pages may say of rooms in which the rule before was wrong, from rating to sentence."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from discussion.weighing.findings.words import VERDICTS
from discussion.weighing.rounds.models import Rating
from tests.conftest import json_of
from tests.weighing.findings.worlds import weighed

Said = dict[str, tuple[str, str, str, str]]

KINDS = {"E1": "end", "E2": "end", "F1": "fact", "F2": "fact", "M1": "means", "M2": "means"}


def room(**answers: tuple[str, str]) -> Said:
    """Statements by code, with what each group answers: "5544", "1122"."""
    return {code: (KINDS[code], f"Words of {code}.", *two) for code, two in answers.items()}


def read(session: Session, client: FlaskClient, said: Said) -> Any:
    world = weighed(session, said)
    world.compute()
    page = json_of(client.get(f"/findings/{world.thread.slug}.json"))["found"]
    html = client.get(f"/findings/{world.thread.slug}").text
    for clause in page["sentence"]["clauses"]:
        assert clause["says"].replace("“", "“") in html  # the page says the same object
    return page


def states(page: Any) -> dict[str, str]:
    return {row["code"]: row["state"] for kind in page["kinds"] for row in kind["rows"]}


AGREE = ("554545545455545", "545455454554545")
APART = ("555554455554555", "111221121211121")
HALF = ("555444551112221", "455455551221112")


def test_a_difference_that_fifteen_of_each_cannot_rule_out_is_never_alike(
    session: Session, client: FlaskClient
) -> None:
    """A third of the scale lies between the means of F1, and chance may give as much."""
    leaning = ("345433425343352", "234323224232241")
    page = read(session, client, room(E1=AGREE, E2=AGREE, F1=leaning, F2=leaning, M1=APART))
    assert states(page)["F1"] == states(page)["F2"] == "unclear"
    said = page["sentence"]["text"]
    assert "on the facts no difference was found, and one of more than" in said.lower()
    assert "alike" not in said


def test_groups_that_are_each_split_in_half_are_not_said_to_agree(
    session: Session, client: FlaskClient
) -> None:
    page = read(session, client, room(**dict.fromkeys(KINDS, HALF)))
    assert page["sentence"]["verdict"] == "split_within_groups"
    said = page["sentence"]["text"]
    assert "each group is itself split: of 15 school leaders 8 agree and 7 disagree" in said
    assert "they agree" not in said
    assert page["common_rows"] == []
    assert "not set these groups against each other" in page["ask_next"][0]


def test_a_split_that_runs_through_both_groups_needs_many(
    session: Session, client: FlaskClient
) -> None:
    half = ("54" * 15 + "12" * 15, "45" * 15 + "21" * 15)
    page = read(session, client, room(**dict.fromkeys(KINDS, half)))
    assert set(states(page).values()) == {"alike"}
    assert (
        "the split runs through both groups: of 60 school leaders 30 agree"
        in (page["sentence"]["text"])
    )


def test_a_group_that_agrees_more_strongly_is_no_difference(
    session: Session, client: FlaskClient
) -> None:
    strongly = ("444444444444", "555555555555")
    page = read(session, client, room(**dict.fromkeys(KINDS, strongly)))
    assert set(states(page).values()) == {"same_side"}
    assert page["sentence"]["verdict"] == "agreement"
    assert "the sixth-form teachers more strongly" in page["sentence"]["text"]
    assert "differ" not in page["sentence"]["text"]
    assert page["parts_rows"] == []


def test_what_both_reject_is_said_as_agreement_with_its_side(
    session: Session, client: FlaskClient
) -> None:
    page = read(session, client, room(M1=("111212112111", "121112111211")))
    assert (
        "on what to do they agree: all 12 school leaders and all 12 sixth-form teachers"
        in (page["sentence"]["text"])
    )
    assert "disagree with “Words of M1”" in page["sentence"]["text"]


def test_a_fact_that_many_do_not_know_is_neither_alike_nor_apart(
    session: Session, client: FlaskClient
) -> None:
    unknown = ("55545454???????", "44555454???????")
    page = read(session, client, room(F1=unknown, F2=AGREE, M1=APART, E1=AGREE, E2=AGREE))
    assert states(page)["F1"] == "unknown"
    known = next(each for each in page["dimensions"] if each["kind"] == "fact")
    assert known["state"] == "unclear"
    said = " ".join(page["unknown"]["says"])
    assert "14 of 30 said they do not know F1" in said


def test_a_kind_that_was_not_asked_is_said_and_is_no_shortfall_of_raters(
    session: Session, client: FlaskClient
) -> None:
    page = read(session, client, room(E1=AGREE, E2=AGREE, F1=AGREE, F2=AGREE))
    ledger = {line["kind"]: line["state_words"] for line in page["ledger"]}
    assert ledger == {"end": "Both agree", "fact": "Both agree", "means": "Not asked"}
    assert "no statement on what to do was rated" in page["sentence"]["text"].lower()
    assert not any("Ask more" in said for said in page["ask_next"][1:])


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (room(E1=AGREE, E2=AGREE, F1=AGREE, F2=AGREE, M1=AGREE), "agreement"),
        (
            room(E1=APART, E2=AGREE, F1=AGREE, F2=AGREE, M1=AGREE),
            "same_course_for_different_reasons",
        ),
        (room(E1=AGREE, E2=AGREE, F1=APART, F2=AGREE, M1=AGREE), "same_course_despite_facts"),
        (room(E1=APART, E2=AGREE, F1=AGREE, F2=AGREE, M1=APART), "about_ends"),
        (room(E1=AGREE, E2=AGREE, F1=APART, F2=AGREE, M1=APART), "about_facts"),
        (room(E1=APART, E2=AGREE, F1=APART, F2=AGREE, M1=APART), "about_ends_and_facts"),
        (room(E1=AGREE, E2=AGREE, F1=AGREE, F2=AGREE, M1=APART), "about_means"),
        (room(E1=AGREE, M1=APART), "partly_known"),
        (room(E1=HALF, E2=HALF, F1=HALF, F2=HALF, M1=HALF), "split_within_groups"),
        (room(E1=("...", "..."), M1=("...", "...")), "not_enough_to_say"),
    ],
)  # fmt: skip
def test_each_verdict_says_what_its_kinds_say(
    session: Session, client: FlaskClient, said: Said, verdict: str
) -> None:
    """Apart first, with counts; agreement only where every statement of the kind bears it."""
    page = read(session, client, said)
    sentence = page["sentence"]
    assert sentence["verdict"] == verdict in VERDICTS
    if sentence["clauses"]:
        assert sentence["heading"].startswith(f"{sentence['among']} ")
        assert (
            sentence["short"]
            == (
                f"{sentence['among']} {sentence['heading'].removeprefix(sentence['among']).strip()}"
            )[: len(sentence["short"])]
        )
    for clause in sentence["clauses"]:
        known = {each["kind"]: each["state"] for each in page["dimensions"]}
        if clause["state"] in ("apart", "agreed", "alike", "unclear"):
            assert {known[kind] for kind in clause["kinds"]} == {clause["state"]}


def test_marks_on_one_side_are_told_as_such_and_nobody_is_said_to_be_unmoved(
    session: Session, client: FlaskClient
) -> None:
    """Everybody who agrees marks F1: the rule before said that nothing would move anybody."""
    world = weighed(session, room(F1=AGREE))
    session.execute(update(Rating).values(is_crux=True))
    session.expire_all()
    world.compute()
    page = json_of(client.get(f"/findings/{world.thread.slug}.json"))["found"]
    (crux,) = page["crux_rows"]
    assert crux["is_on_one_side"]
    assert "30 who agree with it say that another view of it would change" in crux["says"]
    assert page["cruxes"]["said"] == "F1 was marked on one side only."
    assert "both sides" not in " ".join(page["ask_next"])


def test_no_crux_is_said_only_where_enough_were_asked(
    session: Session, client: FlaskClient
) -> None:
    assert "No statement is likely" in read(session, client, room(M1=AGREE))["cruxes"]["said"]
    few = room(M1=("5454", "1212"))
    assert read(session, client, few)["cruxes"]["said"] == ""
