"""Names that nobody can have here, wherever somebody is given one."""

import ast
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

import discussion
from discussion.people.accounts.drafts import SignUp
from discussion.people.accounts.models import MailedLink
from discussion.people.accounts.operations.entering import sign_up
from discussion.people.accounts.operations.naming import UnfitName
from discussion.people.accounts.words_names import name_problem, organisation_problem
from discussion.vocabulary.education import EDUCATION
from tests.conftest import sign_in
from tests.factories import NOW, make_member, make_person, make_series
from tests.people.accounts.journeys import make_account
from tests.text.test_names import DISGUISED, PLAIN, UNSEEN

OWN = [
    *("The moderators", "Moderator", "moderators", "M0derat0r", "rnoderator", "M o d e r a t o r"),
    *("Asha Patel (moderator)", "Convener", "Our conveners", "Moderators’ note.", "Modérator"),
    *("Contributor B", "Contributor", "A contributor", "Former contributor", "A visitor", "Yours"),
    *("Former contributor (Headteacher, secondary)", "Headteacher, secondary · B", "SENDCo · AB"),
    *("Administrator", "admin 2", "Guest of a round table", "Staff", "Teaching, primary"),
    *("Discussion", "The D1scussion team", "A series that everybody reads"),
]  # fmt: skip
NAMES = ("Discussion", "A series that everybody reads")


@pytest.mark.parametrize("name", OWN)
def test_what_the_site_calls_its_own_is_refused(name: str) -> None:
    assert name_problem(name, own=NAMES).startswith("The site itself speaks under this name.")


@pytest.mark.parametrize(
    "name", [*PLAIN, "Asha Patel", "Jo Host", "Clare Dunn", "Guy Reader", "Discussion Club Leeds"]
)
def test_plain_names_are_welcome(name: str) -> None:
    assert name_problem(name, own=NAMES) == ""


def test_every_label_of_an_author_is_the_sites_own() -> None:
    assert len(EDUCATION.role_labels) > 5
    for label in map(str, EDUCATION.role_labels.values()):
        for name in (label, f"{label}, secondary", f"{label}, secondary · C", f"{label} B"):
            assert name_problem(name), name


def test_an_organisation_hides_nothing_and_does_not_moderate() -> None:
    assert organisation_problem("") == organisation_problem("Ashgrove Teaching Trust") == ""
    for name in (*UNSEEN[1:], *DISGUISED, "The moderators of this site"):
        assert organisation_problem(name), name


FORM = {
    "email": "ottoline@example.org", "new_password": "seven lamps beneath the road",
    "role": "other", "is_adult": "y", "accepts": "y",
}  # fmt: skip
UNFIT = ["\u3164\u3164", "Ash\u0430 Patel", "As\u200bha Patel", "The moderators", "Contributor B"]


@pytest.mark.parametrize("name", UNFIT, ids=ascii)
def test_signing_up_and_the_profile_refuse_them_and_keep_what_was_typed(
    client: FlaskClient, session: Session, name: str
) -> None:
    sent = client.post("/accounts/sign-up", data=FORM | {"display_name": name})
    assert sent.status_code == 422
    assert 'id="display_name-error"' in sent.text or "display_name" in sent.text
    assert "ottoline@example.org" in sent.text
    assert session.scalar(select(MailedLink)) is None
    person = make_account(session)
    sign_in(client, person)
    typed = {"display_name": name, "roles": "headteacher", "interests": "None to zqx."}
    saved = client.post("/accounts/profile", data=typed)
    assert saved.status_code == 422
    assert "None to zqx." in saved.text
    assert person.display_name != name


def test_a_namesake_passes_and_a_disguise_is_told_the_same_whoever_is_here(
    client: FlaskClient, session: Session
) -> None:
    make_member(session, make_series(session), make_person(session, display_name="Asha Patel"),
                role="moderator")  # fmt: skip
    refused = [
        client.post("/accounts/sign-up", data=FORM | {"display_name": name}).text
        for name in ("Ash\u0430 Patel", "Ash\u0430 Zqx")
    ]
    assert refused[0] == refused[1].replace("Zqx", "Patel")
    sent = client.post("/accounts/sign-up", data=FORM | {"display_name": "Asha Patel"})
    assert sent.status_code == 303


def test_the_name_of_a_series_is_its_own_only_where_everybody_may_know_of_it(
    client: FlaskClient, session: Session
) -> None:
    make_series(session, title="Zqx in the open")
    make_series(session, title="Zqx among members", visibility="members")
    make_series(session, title="Zqx by its link", visibility="unlisted")
    statuses = {
        title: client.post("/accounts/sign-up", data=FORM | {"display_name": title}).status_code
        for title in ("Zqx in the open", "Zqx among members", "Zqx by its link")
    }
    assert statuses == {
        "Zqx in the open": 422, "Zqx among members": 303, "Zqx by its link": 303,
    }  # fmt: skip


def test_an_operation_refuses_what_no_form_has_judged(session: Session) -> None:
    draft = SignUp("a@example.org", "Ash\u0430", "hash", "headteacher", "", "/", "")
    with pytest.raises(UnfitName):
        sign_up(session, None, draft, now=NOW)


# Where somebody is given a name: each judges it, or is the site's own hand.
WRITERS = {
    "people/accounts/operations/entering.py", "people/accounts/operations/keeping.py",
    "cli/people.py",
    "demonstration/people.py", "oversight/rights/operations/emptying.py",
    "debate/positions/operations/publishing.py",
}  # fmt: skip


def test_nobody_is_given_a_name_anywhere_else(app: Flask) -> None:
    root = Path(discussion.__file__).parent
    found = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if _names_somebody(node)
    }
    assert found == WRITERS, "judge the name with refuse_unfit, and list the place here"


def _names_somebody(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return any(isinstance(one, ast.Attribute) and one.attr == "display_name"
                   for one in node.targets)  # fmt: skip
    if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "Person":
        return False
    return any(one.arg == "display_name" for one in node.keywords)
