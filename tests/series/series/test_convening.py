"""Opening, changing and ordering a series and its lists."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.permissions.rules import Forbidden
from discussion.problems import Refused
from discussion.series.series.drafts import ReasonDraft, ScaleDraft, SeriesDraft, ThemeDraft
from discussion.series.series.models import Series
from discussion.series.series.operations import lists
from discussion.series.series.operations.keeping import create_series, edit_series, write_rules
from discussion.series.series.operations.life import move_series
from discussion.series.series.queries.readiness import missing_to_open
from tests.factories import NOW, make_member, make_person, viewer
from tests.factories.scenes import Scene

DRAFT = SeriesDraft(title="New", question="What is new?")


def make_new(session: Session) -> Series:
    administrator = make_person(session, is_administrator=True)
    return create_series(session, viewer(session, administrator), "new-one", DRAFT, now=NOW)


def test_a_new_series_has_sixteen_values_two_scales_and_its_maker_as_convener(
    session: Session,
) -> None:
    series = make_new(session)
    session.expire(series)
    assert (len(series.values), len(series.scales), series.status) == (16, 2, "draft")
    assert [own.role for own in series.memberships] == ["convener"]
    assert all(len(scale.steps) == 5 for scale in series.scales)


def test_only_an_administrator_makes_a_series_and_no_address_twice(scene: Scene) -> None:
    with pytest.raises(Forbidden):
        create_series(scene.session, scene.as_convener, "mine", DRAFT, now=NOW)
    for slug in (scene.series.slug, "new"):
        with pytest.raises(Refused):
            create_series(scene.session, scene.as_administrator, slug, DRAFT, now=NOW)


def test_opening_lists_everything_that_is_missing(session: Session) -> None:
    series = make_new(session)
    convener = viewer(session, series.memberships[0].person)
    with pytest.raises(Refused) as refused:
        move_series(session, convener, series, "open", now=NOW)
    assert len(refused.value.sentences) == 4
    write_rules(session, convener, series, "Be fair.", now=NOW)
    lists.add_reason(session, convener, series, ReasonDraft(slug="r", label="R"), now=NOW)
    lists.add_theme(session, convener, series, ThemeDraft(slug="t", question="T?"), now=NOW)
    session.expire(series)
    assert missing_to_open(session, series) == ["Make at least one member a moderator."]
    make_member(session, series, role="moderator")
    move_series(session, convener, series, "open", now=NOW)
    assert series.status == "open"


def test_a_retired_theme_or_reason_does_not_open_a_series(scene: Scene) -> None:
    scene.series.status = "draft"
    scene.series.themes[0].retired_at = NOW
    scene.series.reasons[0].retired_at = NOW
    scene.session.flush()
    assert len(missing_to_open(scene.session, scene.series)) == 2


@pytest.mark.parametrize(
    ("status", "act", "after"),
    [
        ("open", "close", "closed"),
        ("closed", "archive", "archived"),
        ("closed", "reopen", "open"),
        ("archived", "reopen", "open"),
        ("draft", "archive", None),
        ("draft", "close", None),
        ("open", "open", None),
        ("archived", "open", None),
    ],
)
def test_a_series_moves_only_along_its_life(
    scene: Scene, status: str, act: str, after: str | None
) -> None:
    scene.series.status = status
    scene.session.flush()
    if after is None:
        with pytest.raises(Refused):
            move_series(scene.session, scene.as_convener, scene.series, act, now=NOW)
    else:
        move_series(scene.session, scene.as_convener, scene.series, act, now=NOW)
    assert scene.series.status == (after or status)


def test_the_smallest_group_can_be_raised_but_never_below_five(scene: Scene) -> None:
    def draft(least: int) -> SeriesDraft:
        return SeriesDraft(title="T", question="Q?", min_group=least)

    with pytest.raises(Refused):
        edit_series(scene.session, scene.as_convener, scene.series, draft(4), now=NOW)
    edit_series(scene.session, scene.as_convener, scene.series, draft(7), now=NOW)
    assert scene.series.min_group == 7


def test_a_change_of_the_rules_makes_a_new_version_and_the_same_text_does_not(
    scene: Scene,
) -> None:
    write_rules(scene.session, scene.as_convener, scene.series, "**New.**", now=NOW)
    write_rules(scene.session, scene.as_convener, scene.series, "**New.**", now=NOW)
    assert scene.series.rules_version == 2
    assert "<strong>" in scene.series.rules_html


def test_rewording_a_theme_keeps_its_slug_and_its_earlier_wording(scene: Scene) -> None:
    theme = scene.series.themes[0]
    before, slug = theme.question, theme.slug
    draft = ThemeDraft(slug="other", question="A better question?", summary="**Why**")
    lists.edit_theme(scene.session, scene.as_convener, theme, draft, now=NOW)
    lists.edit_theme(scene.session, scene.as_convener, theme, draft, now=NOW)
    assert (theme.slug, theme.question) == (slug, "A better question?")
    assert [wording.question for wording in theme.wordings] == [before]


def test_a_theme_that_is_no_question_is_refused(scene: Scene) -> None:
    draft = ThemeDraft(slug="", question="A statement.")
    with pytest.raises(Refused):
        lists.add_theme(scene.session, scene.as_convener, scene.series, draft, now=NOW)


def test_a_slug_is_never_given_again_even_when_retired(scene: Scene) -> None:
    first = lists.add_theme(
        scene.session, scene.as_convener, scene.series, ThemeDraft(slug="", question="Why so?"),
        now=NOW,
    )  # fmt: skip
    lists.retire_listed(scene.session, scene.as_convener, first, now=NOW)
    with pytest.raises(Refused):
        lists.add_theme(scene.session, scene.as_convener, scene.series,
                        ThemeDraft(slug="why-so", question="Why?"), now=NOW)  # fmt: skip
    second = lists.add_theme(
        scene.session, scene.as_convener, scene.series, ThemeDraft(slug="", question="Why so?"),
        now=NOW,
    )  # fmt: skip
    assert (first.slug, second.slug) == ("why-so", "why-so-2")


def test_themes_move_up_and_down_among_those_that_are_not_retired(scene: Scene) -> None:
    session, convener = scene.session, scene.as_convener
    drafts = [ThemeDraft(slug=slug, question=f"{slug}?") for slug in ("b", "gone", "c")]
    made = [lists.add_theme(session, convener, scene.series, one, now=NOW) for one in drafts]
    lists.retire_listed(session, convener, made[1], now=NOW)
    lists.move_listed(session, convener, made[2], "up", now=NOW)
    first = scene.series.themes[0]
    lists.move_listed(session, convener, first, "up", now=NOW)
    order = [theme.slug for theme in lists.live_rows(session, type(first), scene.series)]
    assert order == [first.slug, "c", "b"]


def test_an_open_series_keeps_a_theme_and_a_reason(scene: Scene) -> None:
    theme, reason = scene.series.themes[0], scene.series.reasons[0]
    with pytest.raises(Refused):
        lists.retire_listed(scene.session, scene.as_convener, theme, now=NOW)
    with pytest.raises(Refused):
        lists.retire_listed(scene.session, scene.as_convener, reason, now=NOW)


def test_a_scale_needs_two_different_ends_and_five_steps_or_none(scene: Scene) -> None:
    def add(**given: object) -> object:
        draft = ScaleDraft(**{"slug": "", "low": "Low", "high": "High"} | given)  # type: ignore[arg-type]
        return lists.add_scale(scene.session, scene.as_convener, scene.series, draft, now=NOW)

    for bad in ({"high": "LOW"}, {"steps": ("a", "b", "c", "d")}):
        with pytest.raises(Refused):
            add(**bad)
    assert add().steps[0] == "Low"  # type: ignore[attr-defined]


def test_every_act_of_a_convener_is_audited_and_a_moderator_may_not(scene: Scene) -> None:
    draft = ThemeDraft(slug="", question="One more?")
    with pytest.raises(Forbidden):
        lists.add_theme(scene.session, scene.as_(scene.moderator), scene.series, draft, now=NOW)
    lists.add_theme(scene.session, scene.as_convener, scene.series, draft, now=NOW)
    event = scene.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event
    assert (event.verb, event.actor_id) == ("add_theme", scene.convener.id)
