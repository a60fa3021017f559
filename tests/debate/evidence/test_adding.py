"""Adding, editing and marking items: what must be true of them, and who may."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from discussion.debate.evidence.addresses import normalise_url, url_key
from discussion.debate.evidence.drafts import ItemDraft, problems_of, tidy
from discussion.debate.evidence.identifiers import normalise_doi
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.operations import (
    AlreadyThere,
    add_item,
    edit_item,
    keeping,
    set_status,
    verify_item,
)
from discussion.debate.evidence.queue import list_item
from discussion.decisions.models import Decision
from discussion.permissions.rules import Forbidden
from discussion.problems import Invalid
from discussion.vocabulary.education import EDUCATION
from tests.factories import NOW, make_item, make_member, make_person, make_series, viewer

STUDY = ItemDraft(
    title="A study", kind="rct", question_type="what_works", url="https://example.org/a"
)
TOLD = ItemDraft(
    title="What we did",
    kind="practitioner_experience",
    question_type="how_and_why",
    description="We moved clubs into lesson time.",
    consent="anonymous",
    no_pupil_confirmed=True,
)
RATED = replace(STUDY, strength_scale="eef_trial", strength_value="4", strength_by="publisher")

SOUND = {
    "a study": STUDY,
    "practice": TOLD,
    "the first year": replace(STUDY, year=1500),
    "next year": replace(STUDY, year=2027),
    "a reference only": replace(STUDY, url="", citation="A book"),
    "a DOI only": replace(STUDY, url="", doi="10.1000/x"),
    "months with a padlock": replace(RATED, months_progress=-3),
    "the longest title": replace(STUDY, title="a" * 300),
    "an argument": replace(STUDY, url="", kind="values_argument", question_type="what_ought"),
    "an organisation's own data": replace(STUDY, url="", kind="organisational_data"),
    "the weakest of a scale": replace(RATED, strength_value="0"),
}
WRONG: dict[str, tuple[ItemDraft, str]] = {
    "no title": (replace(STUDY, title=""), "title"),
    "too long a title": (replace(STUDY, title="a" * 301), "title"),
    "too early": (replace(STUDY, year=1499), "year"),
    "too late": (replace(STUDY, year=2028), "year"),
    "no source": (replace(STUDY, url=""), "url"),
    "a script for an address": (replace(STUDY, url="javascript:alert(1)"), "url"),
    "a password in the address": (replace(STUDY, url="https://a:b@example.org"), "url"),
    "no DOI": (replace(STUDY, doi="11.1000/x"), "doi"),
    "no kind": (replace(STUDY, kind=""), "kind"),
    "an unknown question": (replace(STUDY, question_type="why"), "question_type"),
    "months without a padlock": (replace(STUDY, months_progress=3), "months_progress"),
    "months with Nesta": (
        replace(RATED, strength_scale="nesta", months_progress=3),
        "months_progress",
    ),
    "a value of another scale": (replace(RATED, strength_scale="nesta", strength_value="0"),
                                 "strength_value"),
    "a value without a scale": (replace(RATED, strength_scale=""), "strength_scale"),
    "an unknown scale": (replace(RATED, strength_scale="ours"), "strength_scale"),
    "a rating by nobody": (replace(RATED, strength_by=""), "strength_by"),
    "an argument about what works": (replace(STUDY, kind="values_argument"), "question_type"),
    "a trial of what ought to be": (replace(STUDY, question_type="what_ought"), "question_type"),
    "a rated argument": (
        replace(RATED, kind="values_argument", question_type="what_ought"),
        "strength_scale",
    ),
    "practice without consent": (replace(TOLD, consent=""), "consent"),
    "practice unconfirmed": (replace(TOLD, no_pupil_confirmed=False), "no_pupil_confirmed"),
    "superseded at once": (replace(STUDY, status="superseded"), "status"),
    "too many authors": (replace(STUDY, authors=("A, b",) * 61), "authors"),
    "too long a note": (replace(STUDY, limitations="a" * 601), "limitations"),
}  # fmt: skip


@pytest.mark.parametrize("draft", SOUND.values(), ids=SOUND.keys())
def test_a_sound_draft_has_no_problem(draft: ItemDraft) -> None:
    assert problems_of(tidy(draft), EDUCATION, this_year=2026) == ()


@pytest.mark.parametrize(("draft", "field"), WRONG.values(), ids=WRONG.keys())
def test_an_unsound_draft_is_refused_beside_its_field(draft: ItemDraft, field: str) -> None:
    assert field in [
        problem.field for problem in problems_of(tidy(draft), EDUCATION, this_year=2026)
    ]


@pytest.mark.parametrize("kind", EDUCATION.evidence_kinds)
def test_only_kinds_that_are_rated_carry_strength_and_only_some_need_no_source(kind: str) -> None:
    question = "what_ought" if kind == "values_argument" else "what_works"
    draft = replace(RATED, kind=kind, question_type=question, url="", consent="named",
                    no_pupil_confirmed=True)  # fmt: skip
    found = {problem.field for problem in problems_of(draft, EDUCATION, this_year=2026)}
    assert ("strength_scale" in found) == EDUCATION.evidence_kinds[kind].is_never_rated
    assert ("url" in found) == (not EDUCATION.evidence_kinds[kind].needs_no_source)


@pytest.mark.parametrize("scale", EDUCATION.strength_scales)
def test_a_scale_takes_its_own_values_and_no_other(scale: str) -> None:
    others = EDUCATION.strength_scales.values()
    assert sum(len(other.steps) for other in others) > len(others) > 1
    for other in others:
        for step in other.steps:
            draft = replace(RATED, strength_scale=scale, strength_value=step)
            is_own = step in EDUCATION.strength_scales[scale].steps
            assert (problems_of(draft, EDUCATION, this_year=2026) == ()) == is_own


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("10.1007/s10964-007-9207-1", "10.1007/s10964-007-9207-1"),
        ("10.1007/S10964-007-9207-1", "10.1007/s10964-007-9207-1"),
        (" doi:10.1000/ABC ", "10.1000/abc"),
        ("DOI: 10.1000/abc.", "10.1000/abc"),
        ("https://doi.org/10.1000/abc", "10.1000/abc"),
        ("http://dx.doi.org/10.1000/abc?utm_source=x#top", "10.1000/abc"),
        ("doi.org/10.1000/a%2Fb", "10.1000/a/b"),
        ("10.1002/(SICI)1097(1999)1:1<1::AID-X>3.0.CO;2-D",
         "10.1002/(sici)1097(1999)1:1<1::aid-x>3.0.co;2-d"),
        ("(10.1000/abc)", "10.1000/abc"),
        ("10.1000/", ""),
        ("10.10/x", ""),
        ("10.1000/a b", ""),
        ("https://example.org/10.1000/abc", "10.1000/abc"),
        ("10.1000/" + "a" * 200, ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_doi_has_one_form(typed: str, kept: str) -> None:
    assert normalise_doi(typed) == kept
    assert normalise_doi(kept) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://ent.example.org/a/b/?id=1", "https://ent.example.org/a/b/?id=1"),
        ("https://slash.example.org/report/", "https://slash.example.org/report/"),
        ("HTTPS://Example.ORG/Path/", "https://Example.ORG/Path/"),
        ("https://example.org", "https://example.org"),
        ("https://example.org/", "https://example.org/"),
        ("http://www.example.org:80/a", "http://www.example.org:80/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org/a?utm_source=x&b=1&UTM_medium=y#f", "https://example.org/a?b=1#f"),
        ("https://utm.example.org/y?id=5;utm_source=a", "https://utm.example.org/y?id=5"),
        ("https://utm.example.org/y?utm_source=a;id=5;x", "https://utm.example.org/y?id=5;x"),
        ("https://example.org/a?utm_source=x", "https://example.org/a"),
        (
            "https://example.org/a?b=&c=%20d+e&b=%c3%bc",
            "https://example.org/a?b=&c=%20d+e&b=%c3%bc",
        ),
        ("https://example.org/a?q=x?y&z[]=1", "https://example.org/a?q=x?y&z[]=1"),
        ("https://example.org/a.pdf#page=5", "https://example.org/a.pdf#page=5"),
        ("https://example.org/#/route/1", "https://example.org/#/route/1"),
        ("example.org/report", "https://example.org/report"),
        ("www.example.org?a=1", "https://www.example.org?a=1"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("https://exämple.org/ü", "https://exämple.org/ü"),
        ("https://example.org/a\u202eb", "https://example.org/ab"),
        ("https://example.org/so\u00adft", "https://example.org/soft"),
        ('https://example.org/a"<b>', "https://example.org/a%22%3Cb%3E"),
        ("https://example.org/a%2Fb//c/./d/../e", "https://example.org/a%2Fb//c/./d/../e"),
        ("https://evil.example\\@example.org/", ""),
        ("https://evil.example\\.example.org/", ""),
        ("https://a:b@example.org/", ""),
        ("https://@example.org/", ""),
        ("https://exa%6Dple.org/", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("ftp://example.org/a", ""),
        ("https://localhost/a", ""),
        ("https://user@example.org/", ""),
        ("https://example.org:99999/", ""),
        ("https://[::1/", ""),
        ("two words", ""),
        ("https://example.org/" + "a" * 500, ""),
    ],
)
def test_a_web_address_is_kept_as_it_was_typed(typed: str, kept: str) -> None:
    assert normalise_url(typed) == kept
    assert normalise_url(kept) == kept


PAGE = "https://example.org/a/b?id=1&c=%C3%BC"


@pytest.mark.parametrize(
    "other",
    [
        PAGE, "http://example.org/a/b?id=1&c=%C3%BC", "https://www.example.org/a/b?id=1&c=%C3%BC",
        "http://WWW.Example.org:80/a/b?id=1&c=ü", "https://example.org:443/a/b/?id=1&c=%c3%bc",
        "https://example.org./a/%62?id=1&c=ü#part-2", "example.org/a/b?id=1&utm_source=x&c=ü",
    ],
)  # fmt: skip
def test_every_address_of_one_page_is_found_to_be_one(other: str, session: Session) -> None:
    series = make_series(session)
    author = viewer(session, make_member(session, series))
    first = add_item(session, author, series, replace(STUDY, url=PAGE), now=NOW)
    with pytest.raises(AlreadyThere) as there:
        add_item(session, author, series, replace(STUDY, url=other), now=NOW)
    assert there.value.item is first


@pytest.mark.parametrize(
    "other",
    [
        "https://example.org/a/b", "https://example.org/a/B?id=1&c=ü",
        "https://example.org/a/b?id=2&c=ü", "https://example.org/a/b?c=ü&id=1&d=",
        "https://example.org:8443/a/b?id=1&c=ü", "https://example.org/a%2Fb?id=1&c=ü",
        "https://news.example.org/a/b?id=1&c=ü", "https://example.org/a/b?id=1&c=ü#/route",
    ],
)  # fmt: skip
def test_addresses_of_two_pages_are_two(other: str) -> None:
    assert url_key(other) != url_key(PAGE)


def test_an_idn_is_the_same_in_letters_and_as_it_travels() -> None:
    assert url_key("https://bücher.example/") == url_key("http://xn--bcher-kva.example")


def test_a_contributors_item_waits_and_a_moderators_is_listed(session: Session) -> None:
    series = make_series(session)
    author = viewer(session, make_member(session, series))
    moderator = viewer(session, make_member(session, series, role="moderator"))
    assert not add_item(session, author, series, STUDY, now=NOW).is_listed
    other = replace(STUDY, url="https://example.org/b")
    assert add_item(session, moderator, series, other, now=NOW).is_listed


def test_nothing_waits_in_a_series_moderated_afterwards(session: Session) -> None:
    series = make_series(session, moderation="post")
    author = viewer(session, make_member(session, series))
    assert add_item(session, author, series, STUDY, now=NOW).is_listed


def test_an_item_keeps_every_field_of_its_draft(session: Session) -> None:
    series = make_series(session)
    author = viewer(session, make_member(session, series))
    draft = replace(RATED, authors=("Lažetić, P.",), year=2019, months_progress=2, doi="10.1000/X")
    item = add_item(session, author, series, draft, now=NOW)
    session.expire(item)
    assert (item.doi, item.url, item.authors) == ("10.1000/x", draft.url, ["Lažetić, P."])
    assert (item.strength_scale, item.strength_value, item.months_progress) == ("eef_trial", "4", 2)
    assert item.title_folded == "a study lazetic, p. 2019"


def test_a_doi_address_is_kept_as_the_doi(session: Session) -> None:
    series = make_series(session)
    author = viewer(session, make_member(session, series))
    draft = replace(STUDY, url="https://doi.org/10.1000/ABC")
    item = add_item(session, author, series, draft, now=NOW)
    assert (item.doi, item.url) == ("10.1000/abc", None)


@pytest.mark.parametrize(
    "again",
    [
        {"doi": "https://doi.org/10.1000/ABC", "url": ""},
        {"url": "HTTPS://EXAMPLE.org/a/?utm_source=news#top"},
        {"url": "http://dx.doi.org/10.1000/abc"},
    ],
)
def test_a_doi_or_address_is_in_a_library_once(session: Session, again: dict[str, Any]) -> None:
    series = make_series(session)
    author = viewer(session, make_member(session, series))
    first = add_item(session, author, series, replace(STUDY, doi="10.1000/abc"), now=NOW)
    with pytest.raises(AlreadyThere) as there:
        add_item(session, author, series, replace(STUDY, **again), now=NOW)
    assert (there.value.item, there.value.is_visible) == (first, True)


def test_another_series_may_have_the_same(session: Session) -> None:
    for _ in range(2):
        series = make_series(session)
        add_item(session, viewer(session, make_member(session, series)), series, STUDY, now=NOW)


def test_of_two_who_add_the_same_at_once_one_is_told(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    series = make_series(session)
    first = make_item(session, series, url=STUDY.url, is_listed=False)
    author = viewer(session, make_member(session, series))
    looks = iter([None, first])  # the first look is before the other one's commit
    monkeypatch.setattr(keeping, "find_same", lambda *_given: next(looks))
    with pytest.raises(AlreadyThere) as there:
        add_item(session, author, series, STUDY, now=NOW)
    assert (there.value.item.id, there.value.is_visible) == (first.id, False)
    assert session.scalars(select(EvidenceItem).where(EvidenceItem.series_id == series.id)).one()


def test_the_database_itself_keeps_a_doi_unique(session: Session) -> None:
    series = make_series(session)
    make_item(session, series, doi="10.1000/x")
    with pytest.raises(IntegrityError), session.begin_nested():
        make_item(session, series, doi="10.1000/x")


def test_strangers_add_nothing_to_a_series_by_invitation(session: Session) -> None:
    series = make_series(session, who_may_post="invited")
    for actor in (None, viewer(session, make_person(session))):
        with pytest.raises(Forbidden):
            add_item(session, actor, series, STUDY, now=NOW)


def test_an_unsound_draft_adds_nothing(session: Session) -> None:
    series = make_series(session)
    with pytest.raises(Invalid):
        add_item(session, viewer(session, make_member(session, series)), series,
                 replace(STUDY, title=""), now=NOW)  # fmt: skip
    assert not session.scalars(select(EvidenceItem)).all()


def test_a_contributor_edits_their_own_item_until_it_is_listed(session: Session) -> None:
    series = make_series(session)
    author = viewer(session, make_member(session, series))
    item = add_item(session, author, series, STUDY, now=NOW)
    edit_item(session, author, item, replace(STUDY, title="Renamed", year=2001), now=NOW)
    assert (item.title, item.title_folded) == ("Renamed", "renamed 2001")
    list_item(session, item, NOW)
    with pytest.raises(Forbidden):
        edit_item(session, author, item, STUDY, now=NOW)


def test_editing_takes_away_what_was_checked_and_leaves_the_status(session: Session) -> None:
    series = make_series(session)
    moderator = viewer(session, make_member(session, series, role="moderator"))
    other = viewer(session, make_member(session, series, role="moderator"))
    item = add_item(session, moderator, series, STUDY, now=NOW)
    verify_item(session, other, item, ("link_resolves", "nonsense"), now=NOW)
    assert item.verified["what_was_checked"] == ["link_resolves"]
    set_status(session, other, item, "retracted", note="By the journal.", now=NOW)
    edit_item(session, moderator, item, STUDY, now=NOW)
    assert item.verified
    edit_item(session, moderator, item, replace(STUDY, title="Other"), now=NOW)
    assert (item.verified, item.status) == ({}, "retracted")


def test_editing_refuses_the_address_of_another_item(session: Session) -> None:
    series = make_series(session)
    moderator = viewer(session, make_member(session, series, role="moderator"))
    other = make_item(session, series)
    item = add_item(session, moderator, series, STUDY, now=NOW)
    with pytest.raises(AlreadyThere):
        edit_item(session, moderator, item, replace(STUDY, url=other.url or ""), now=NOW)


def test_a_successor_is_another_item_of_the_library_and_never_leads_back(session: Session) -> None:
    series, elsewhere = make_series(session), make_series(session)
    moderator = viewer(session, make_member(session, series, role="moderator"))
    first, second = make_item(session, series), make_item(session, series)
    for wrong in (None, first, make_item(session, elsewhere)):
        with pytest.raises(Invalid):
            set_status(session, moderator, first, "superseded", superseded_by=wrong, now=NOW)
    set_status(session, moderator, first, "superseded", superseded_by=second, now=NOW)
    with pytest.raises(Invalid):
        set_status(session, moderator, second, "superseded", superseded_by=first, now=NOW)
    set_status(session, moderator, first, "current", now=NOW)
    assert first.superseded_by is None


def test_a_status_is_a_moderators_decision_with_its_reason(session: Session) -> None:
    series = make_series(session)
    moderator = viewer(session, make_member(session, series, role="moderator"))
    author = viewer(session, make_member(session, series))
    item = make_item(session, series)
    with pytest.raises(Forbidden):
        set_status(session, author, item, "retracted", note="Because.", now=NOW)
    with pytest.raises(Invalid):
        set_status(session, moderator, item, "retracted", now=NOW)
    set_status(session, moderator, item, "retracted", note="By the journal.", now=NOW)
    decision = session.scalars(select(Decision)).one()
    assert (decision.subject_id, decision.why) == (item.public_id, "Retracted. By the journal.")
