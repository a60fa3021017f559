"""The value set changes with its history, and its pages count both sides."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import ValueTag
from discussion.debate.positions.queries.value_uses import ON_A_PAGE
from discussion.jobs.models import Job
from discussion.permissions.rules import Forbidden
from discussion.problems import Refused
from discussion.series.series.drafts import ValueDraft
from discussion.series.series.models import Series
from discussion.series.values import operations
from discussion.series.values.models import Value, ValueProposal
from discussion.series.values.queries import LeadsTo, ValuePage, value_page, values_page
from tests.factories import NOW, make_member, make_position, make_series, make_thread, viewer

DRAFT = ValueDraft(slug="", family="run", label="Trust in heads", definition="Leave it to them")


def named(series: Series, slug: str) -> Value:
    return next(value for value in series.values if value.slug == slug)


def shown(session: Session, series: Series, slug: str, **after: str) -> ValuePage:
    page = value_page(session, None, series.slug, slug, **after)
    assert isinstance(page, ValuePage)
    return page


def test_a_value_is_added_with_a_new_version_and_a_slug_of_its_own(session: Session) -> None:
    series = make_series(session)
    convener = viewer(session, make_member(session, series, role="convener"))
    value = operations.add_value(session, convener, series, DRAFT, now=NOW)
    assert (value.slug, series.value_set_version) == ("trust_in_heads", 2)
    operations.retire_value(session, convener, value, now=NOW)
    with pytest.raises(Refused):
        operations.add_value(session, convener, series, DRAFT, now=NOW)
    moderator = viewer(session, make_member(session, series, role="moderator"))
    with pytest.raises(Forbidden):
        operations.add_value(session, moderator, series, DRAFT, now=NOW)


def test_rewording_keeps_the_earlier_words_and_the_slug(session: Session) -> None:
    series = make_series(session)
    convener = viewer(session, make_member(session, series, role="convener"))
    value = named(series, "equality")
    draft = ValueDraft(slug="else", family="shares", label="Fairness", definition="Narrow gaps")
    operations.reword_value(session, convener, value, draft, now=NOW)
    operations.reword_value(session, convener, value, draft, now=NOW)
    page = shown(session, series, "equality")
    assert (page.label, [one.label for one in page.earlier]) == ("Fairness", ["Equality"])


def test_a_set_keeps_between_four_and_twenty_four_values(session: Session) -> None:
    series = make_series(session)
    convener = viewer(session, make_member(session, series, role="convener"))
    for at in range(8):
        draft = ValueDraft(slug=f"v{at}", family="run", label=f"V{at}", definition="D")
        operations.add_value(session, convener, series, draft, now=NOW)
    with pytest.raises(Refused):
        operations.add_value(session, convener, series, DRAFT, now=NOW)
    session.refresh(series, ["values"])
    for value in series.values[:20]:
        operations.retire_value(session, convener, value, now=NOW)
    with pytest.raises(Refused):
        operations.retire_value(session, convener, series.values[20], now=NOW)
    with pytest.raises(Refused):
        operations.merge_value(session, convener, series.values[20], series.values[21], now=NOW)


def test_a_merged_value_leads_on_and_its_positions_count_for_what_replaced_it(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session)
    convener = viewer(session, make_member(session, series, role="convener"))
    first, second, third = (named(series, slug) for slug in ("adequacy", "priority", "equality"))
    position = make_position(session, make_thread(session, series), served=("adequacy",))
    operations.merge_value(session, convener, first, second, now=NOW)
    operations.merge_value(session, convener, second, third, now=NOW)
    assert value_page(session, None, series.slug, "adequacy") == LeadsTo(
        f"/values/{series.slug}/equality"
    )
    found = client.get(f"/values/{series.slug}/adequacy")
    assert (found.status_code, found.location) == (301, f"/values/{series.slug}/equality")
    assert client.get(f"/values/{series.slug}/adequacy.json").location.endswith("equality.json")
    page = shown(session, series, "equality")
    assert [use.url for use in page.served.uses] == [f"/positions/{position.public_id}"]
    assert set(page.merged) == {"Adequacy", "Priority to those with least"}
    tag = session.scalars(select(ValueTag)).one()
    assert tag.value_id == first.id


def test_merging_makes_no_circle_and_stays_within_the_set(session: Session) -> None:
    series, other = make_series(session), make_series(session)
    convener = viewer(session, make_member(session, series, role="convener"))
    first, second = named(series, "adequacy"), named(series, "priority")
    operations.merge_value(session, convener, first, second, now=NOW)
    for value, into in (
        (second, second),
        (second, first),
        (second, named(other, "equality")),
    ):
        with pytest.raises(Refused):
            operations.merge_value(session, convener, value, into, now=NOW)
    operations.restore_value(session, convener, first, now=NOW)
    operations.merge_value(session, convener, second, first, now=NOW)
    assert isinstance(value_page(session, None, series.slug, "priority"), LeadsTo)
    assert isinstance(value_page(session, None, series.slug, "adequacy"), ValuePage)


def test_a_circle_made_by_hand_does_not_hang_the_page(session: Session) -> None:
    series = make_series(session)
    first, second = named(series, "adequacy"), named(series, "priority")
    first.replaced_by_id, second.replaced_by_id = second.id, first.id
    session.flush()
    make_position(session, make_thread(session, series), served=("adequacy",))
    assert values_page(session, None, series.slug)


def test_only_live_revisions_of_published_positions_count(session: Session) -> None:
    series = make_series(session)
    thread = make_thread(session, series)
    make_position(session, thread, state="withdrawn")
    make_position(session, thread, state="draft", revision={"status": "pending"}, number=None)
    make_position(session, make_thread(session, series, stage="proposed"))
    make_position(session, make_thread(session, make_series(session)))
    make_position(session, thread, served=("fulfilment",), outweighed=("equality",))
    make_position(session, thread)
    page = values_page(session, None, series.slug)
    assert page
    lines = {one.slug: one for family in page.families for one in family.values}
    assert (lines["equality"].served_count, lines["equality"].outweighed_count) == (1, 1)
    assert len(page.distinctions) == 3


def test_positions_of_a_value_are_paged_without_loss(session: Session) -> None:
    series = make_series(session)
    thread = make_thread(session, series)
    for _each in range(ON_A_PAGE + 3):
        make_position(session, thread)
    first = shown(session, series, "equality").served
    after = first.next_url.split("served=")[1].split("#")[0]
    second = shown(session, series, "equality", after_served=after).served
    urls = [use.url for use in (*first.uses, *second.uses)]
    assert len(set(urls)) == len(urls) == ON_A_PAGE + 3 == first.count
    assert second.next_url == ""


def test_a_proposal_is_answered_by_somebody_else_and_the_proposer_is_told(
    session: Session,
) -> None:
    series = make_series(session)
    proposer = make_member(session, series, role="moderator")
    other = viewer(session, make_member(session, series, role="moderator"))
    position = make_position(session, make_thread(session, series), proposer, served=())
    proposals = []
    for label in ("Joy", "Calm"):
        row = ValueProposal(series_id=series.id, label=label, proposed_by_id=proposer.id,
                            created_at=NOW)  # fmt: skip
        session.add(row)
        proposals.append(row)
    session.flush()
    assert position.live_revision_id
    session.add(ValueTag(revision_id=position.live_revision_id, proposal_id=proposals[0].id,
                         rank=1))  # fmt: skip
    session.flush()
    before = values_page(session, None, series.slug)
    assert before
    assert before.proposed_count == 1
    value = named(series, "good_childhood")
    with pytest.raises(Refused):
        operations.accept_proposal(session, viewer(session, proposer), proposals[0], value, now=NOW)
    operations.accept_proposal(session, other, proposals[0], value, now=NOW)
    with pytest.raises(Refused):
        operations.decline_proposal(session, other, proposals[0], why="No.", now=NOW)
    with pytest.raises(Refused):
        operations.decline_proposal(session, other, proposals[1], why=" ", now=NOW)
    operations.decline_proposal(session, other, proposals[1], why="It is a mood.", now=NOW)
    assert shown(session, series, "good_childhood").served.count == 1
    assert [job.payload["template"] for job in session.scalars(select(Job))] == [
        "series/proposal_answered"
    ] * 2


def test_the_first_value_proposed_can_become_a_new_one(session: Session) -> None:
    series = make_series(session)
    proposer = make_member(session, series)
    row = ValueProposal(series_id=series.id, label="Joy", proposed_by_id=proposer.id,
                        created_at=NOW)  # fmt: skip
    session.add(row)
    session.flush()
    moderator = viewer(session, make_member(session, series, role="moderator"))
    value = operations.accept_proposal(session, moderator, row, DRAFT, now=NOW)
    assert (value.label, row.value_id, row.state) == ("Trust in heads", value.id, "accepted")
