"""Convening through the browser: forms that keep what was typed, and who may press a button."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from discussion.jobs.models import Job
from discussion.series.members.tasks import MAILS
from discussion.series.series.models import Series
from discussion.series.values.models import ValueProposal
from tests.conftest import sign_in
from tests.factories import NOW, make_member, make_person
from tests.factories.scenes import Scene

SETTINGS = ("settings", "settings/rules", "settings/targets", "settings/themes", "settings/scales",
            "settings/values", "members")  # fmt: skip


@pytest.fixture
def convening(scene: Scene, client: FlaskClient) -> FlaskClient:
    return sign_in(client, scene.convener)


def fill(series: Series, **changes: object) -> dict[str, object]:
    return {
        "title": series.title, "question": series.question, "language": "en-GB",
        "visibility": "public", "who_may_post": "open", "moderation": "pre",
        "attribution": "named", "min_group": "5",
    } | changes  # fmt: skip


@pytest.mark.parametrize("page", SETTINGS)
def test_the_settings_are_for_conveners(scene: Scene, client: FlaskClient, page: str) -> None:
    url = f"/series/{scene.series.slug}/{page}"
    assert client.get(url).status_code == 303
    sign_in(client, make_member(scene.session, scene.series))
    assert client.get(url).status_code == 403
    sign_in(client, scene.convener)
    found = client.get(url)
    assert found.status_code == 200
    assert found.data.count(b"<h1") == 1


def test_every_row_of_the_settings_can_be_changed(scene: Scene, convening: FlaskClient) -> None:
    base = f"/series/{scene.series.slug}/settings"
    for path in (
        f"themes/{scene.series.themes[0].slug}", "scales/requirement", "rules/unclear",
        "values/equality",
    ):  # fmt: skip
        assert convening.get(f"{base}/{path}").status_code == 200
    assert convening.get(f"{base}/themes/none").status_code == 404


def test_an_administrator_makes_a_series_in_the_browser(scene: Scene, client: FlaskClient) -> None:
    assert client.get("/series/new").status_code == 303
    sign_in(client, scene.administrator)
    assert client.get("/series/new").status_code == 200
    wrong = client.post("/series/new", data=fill(scene.series, slug="New One", title="Kept <b>"))
    assert wrong.status_code == 422
    assert b"Kept &lt;b&gt;" in wrong.data
    made = client.post("/series/new", data=fill(scene.series, slug="new-one"))
    assert (made.status_code, made.location) == (303, "/series/new-one/settings")
    assert b"Add at least one theme" in client.get(made.location).data


def test_settings_that_break_a_rule_come_back_with_what_was_typed(
    scene: Scene, convening: FlaskClient
) -> None:
    url = f"/series/{scene.series.slug}/settings"
    given = fill(scene.series, min_group="4", host="Kept", who_may_post="domain",
                 starts_on="2026-02-02", ends_on="2026-01-01")  # fmt: skip
    found = convening.post(url, data=given)
    assert found.status_code == 422
    text = found.get_data(as_text=True)
    for said in ("never be below five", "List at least one domain", "before it starts", "Kept"):
        assert said in text
    scene.session.refresh(scene.series)
    assert scene.series.min_group == 5
    domains = {"who_may_post": "domain", "domains": "@School.Example, b.example"}
    assert convening.post(url, data=fill(scene.series, **domains)).status_code == 303
    scene.session.refresh(scene.series)
    assert scene.series.domains == ["school.example", "b.example"]


def test_opening_in_the_browser_says_what_is_missing(scene: Scene, convening: FlaskClient) -> None:
    scene.series.status, scene.series.rules = "draft", ""
    scene.session.flush()
    url = f"/series/{scene.series.slug}/settings/open"
    found = convening.post(url)
    assert found.status_code == 422
    assert b"Write the rules" in found.data
    here = f"/series/{scene.series.slug}/settings"
    shown = convening.get(here).text
    assert "one thing is missing" in shown
    assert f'action="{url}"' not in shown, "the button is off until the series can open"
    assert 'disabled aria-describedby="missing">Open the series' in shown
    steps = re.findall(rf'<li>.*?href="({here}/[^"]+|/series/[^"]+/members)".*?</li>', shown)
    assert len(steps) == 5
    assert all(convening.get(step).status_code == 200 for step in steps)
    convening.post(f"/series/{scene.series.slug}/settings/rules-text", data={"rules": "Be fair."})
    assert f'action="{url}"' in convening.get(here).text
    assert convening.post(url).status_code == 303


def test_themes_are_added_changed_moved_and_retired_without_script(
    scene: Scene, convening: FlaskClient
) -> None:
    url = f"/series/{scene.series.slug}/settings/themes"
    assert convening.post(url, data={"question": "No question"}).status_code == 422
    assert convening.post(url, data={"question": "Why now?"}).status_code == 303
    assert convening.post(f"{url}/why-now", data={"question": "Why today?"}).status_code == 303
    assert b"1 earlier wording" in convening.get(url).data
    for act in ("up", "retire", "restore", "down"):
        assert convening.post(f"{url}/why-now/{act}").status_code == 303
    assert b"Why today?" in convening.get(f"/series/{scene.series.slug}").data


def test_scales_reasons_and_values_are_kept_in_the_browser(
    scene: Scene, convening: FlaskClient
) -> None:
    base = f"/series/{scene.series.slug}/settings"
    scale = {"low": "Slow", "high": "Fast", "steps": "a\nb\nc\nd\ne"}
    reason = {"slug": "late", "label": "It is late"}
    value = {"label": "Calm", "definition": "Less haste", "family": "counts"}
    for path, data in (("scales", scale), ("rules", reason), ("values", value)):
        assert convening.post(f"{base}/{path}", data=data).status_code == 303
        assert convening.post(f"{base}/{path}", data={}).status_code == 422
    merged = convening.post(f"{base}/values/calm/merge", data={"into": "good_childhood"})
    assert merged.status_code == 303
    assert convening.get(f"/values/{scene.series.slug}/calm").status_code == 301
    circle = convening.post(f"{base}/values/good_childhood/merge", data={"into": "calm"})
    assert circle.status_code == 422


def test_moderators_answer_proposals_but_do_not_change_the_set(
    scene: Scene, client: FlaskClient
) -> None:
    row = ValueProposal(series_id=scene.series.id, label="Joy", created_at=NOW,
                        proposed_by_id=scene.convener.id)  # fmt: skip
    scene.session.add(row)
    scene.session.flush()
    sign_in(client, scene.moderator)
    url = f"/series/{scene.series.slug}/settings/values"
    assert b"Joy" in client.get(url).data
    assert client.post(url, data={"label": "X", "definition": "Y", "family": "run"}
                       ).status_code == 403  # fmt: skip
    assert client.post(f"{url}/proposals/{row.public_id}/decline").status_code == 422
    answered = client.post(f"{url}/proposals/{row.public_id}/accept", data={"into": "equality"})
    assert answered.status_code == 303


def test_an_invitation_is_shown_once_and_only_its_button_joins(
    scene: Scene, convening: FlaskClient, app: Flask
) -> None:
    url = f"/series/{scene.series.slug}/members"
    made = convening.post(f"{url}/invite", data={"role": "contributor", "days": "3",
                                                 "max_uses": "1"})  # fmt: skip
    assert made.status_code == 303
    first, second = (convening.get(url).get_data(as_text=True) for _each in range(2))
    link = re.search(r"/invitations/[0-9a-f]+", first)
    assert link
    assert link[0] not in second
    guest = app.test_client()
    assert b"Sign in to join" in guest.get(link[0]).data
    assert guest.post(link[0]).status_code == 401
    person = make_person(scene.session)
    sign_in(guest, person)
    assert guest.get(f"/series/{scene.series.slug}/membership").status_code == 404
    assert guest.get(link[0]).status_code == 200
    assert guest.post(link[0]).status_code == 303
    assert guest.get(f"/series/{scene.series.slug}/membership").status_code == 200
    other = sign_in(app.test_client(), make_person(scene.session))
    assert other.post(link[0]).status_code == 422
    assert b"has been used" in other.get(link[0]).data
    assert other.get("/invitations/abc").status_code == 404


def test_an_invitation_to_a_draft_shows_what_it_is_to_and_nothing_once_withdrawn(
    scene: Scene, convening: FlaskClient, app: Flask
) -> None:
    scene.series.status = "draft"
    scene.session.flush()
    url = f"/series/{scene.series.slug}"
    convening.post(f"{url}/members/invite",
                   data={"role": "contributor", "days": "3", "max_uses": "1"})  # fmt: skip
    page = convening.get(f"{url}/members").get_data(as_text=True)
    link = re.search(r"/invitations/[0-9a-f]{40}", page)
    revoke = re.search(r"/series/[^\"]+/revoke", page)
    assert link
    assert revoke
    guest = app.test_client()
    assert scene.series.question in guest.get(link[0]).get_data(as_text=True)
    assert convening.post(revoke[0]).status_code == 303
    assert scene.series.question not in guest.get(link[0]).get_data(as_text=True)


def test_members_are_changed_by_conveners_and_seen_by_moderators(
    scene: Scene, client: FlaskClient
) -> None:
    url = f"/series/{scene.series.slug}/members"
    member = make_member(scene.session, scene.series, admitted_at=None)
    sign_in(client, scene.moderator)
    assert client.get(url).status_code == 200
    assert client.post(f"{url}/{member.public_id}/admit").status_code == 403
    sign_in(client, scene.convener)
    assert client.post(f"{url}/{member.public_id}/admit").status_code == 303
    role = {"role": "moderator"}
    assert client.post(f"{url}/{member.public_id}/role", data=role).status_code == 303
    own = client.post(f"{url}/{scene.convener.public_id}/role", data=role)
    assert own.status_code == 422
    assert b"always has a convener" in own.data


def test_somebody_joins_chooses_how_to_post_and_leaves(scene: Scene, client: FlaskClient) -> None:
    base = f"/series/{scene.series.slug}"
    assert client.post(f"{base}/join").status_code == 401
    sign_in(client, make_person(scene.session))
    assert b"Join the series" in client.get(f"{base}/rules").data
    assert client.post(f"{base}/join").status_code == 303
    given = {"role": "parent", "phase": "primary"}
    assert client.post(f"{base}/membership", data={"role": ""}).status_code == 422
    assert client.post(f"{base}/membership", data=given).status_code == 303
    assert client.get(f"{base}/membership.json").get_json()["posting_role"] == "parent"
    assert client.post(f"{base}/membership/leave").status_code == 303
    assert client.post(f"{base}/join").status_code == 303, "who left may come back"


def test_every_mail_that_is_promised_can_be_written(
    scene: Scene, convening: FlaskClient, app: Flask
) -> None:
    base = f"/series/{scene.series.slug}"
    person = make_member(scene.session, scene.series, admitted_at=None)
    convening.post(f"{base}/members/invite", data={
        "role": "moderator", "email": "new@example.org", "days": "3", "max_uses": "1"})  # fmt: skip
    convening.post(f"{base}/members/{person.public_id}/admit")
    convening.post(f"{base}/members/{person.public_id}/role", data={"role": "moderator"})
    scene.session.expire_all()
    jobs = scene.session.scalars(select(Job).where(Job.name == "mail.send")).all()
    with app.test_request_context():
        letters = [MAILS[job.payload["template"]](scene.session, job.payload) for job in jobs]
    assert len(letters) == 3
    bodies = [letter.body for letter in letters if letter]
    assert "/invitations/" in bodies[0]
