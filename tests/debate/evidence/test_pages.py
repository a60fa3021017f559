"""The library's pages: what is seen, by whom, and what the forms keep."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from discussion.debate.evidence.drafts import ItemDraft
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.operations import add_item
from discussion.debate.evidence.queries import find_items, short_source, strength_in_words
from discussion.debate.evidence.queries.library import library_page
from discussion.debate.evidence.queries.selecting import Selection
from discussion.debate.positions.models import EvidenceLink
from discussion.vocabulary.education import EDUCATION
from tests.conftest import sign_in
from tests.debate.evidence.test_adding import STUDY
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_person,
    make_position,
    make_response,
    make_series,
    make_thread,
    viewer,
)

HAND = {
    "way": "hand",
    "title": "A study",
    "kind": "survey",
    "question_type": "what_is_happening",
    "url": "https://example.org/a",
}
TELL = {
    "way": "tell",
    "told-kind": "practitioner_experience",
    "told-title": "What we did",
    "told-description": "We moved clubs into lesson time.",
    "told-question_type": "how_and_why",
    "told-consent": "anonymous",
    "told-no_pupil_confirmed": "y",
}


def _faces(series: Any, item: Any) -> list[str]:
    page = f"/evidence/{series.slug}/{item.public_id}"
    return [page, page + ".json", page + "/cite.bib", page + "/cite.ris"]


def test_an_item_that_waits_exists_for_nobody_but_its_contributor_and_moderators(
    session: Session, app: Flask
) -> None:
    series = make_series(session)
    author, other = make_member(session, series), make_member(session, series)
    moderator = make_member(session, series, role="moderator")
    item = make_item(session, series, is_listed=False, added_by_id=author.id, title="Secret study",
                     title_folded="secret study")  # fmt: skip
    cases = ((None, 404), (make_person(session), 404), (other, 404), (author, 200),
             (moderator, 200))  # fmt: skip
    for person, status in cases:
        client = app.test_client()
        if person is not None:
            sign_in(client, person)
        for address in _faces(series, item):
            assert client.get(address).status_code == status, (address, person)
        lists = (f"/evidence/{series.slug}", f"/evidence/{series.slug}.json",
                 f"/evidence/{series.slug}/find?q=secret")  # fmt: skip
        for address in lists:
            assert (item.public_id in client.get(address).text) == (status == 200), address
        found = client.get(f"/evidence/{series.slug}/find?q=secret", headers={"X-Fragment": "1"})
        assert (item.public_id in found.text) == (status == 200)


@pytest.mark.parametrize("address", ["", ".json", "/find?q=study", "/{id}", "/{id}/cite.ris"])
def test_the_library_of_a_series_for_members_does_not_exist_for_visitors(
    session: Session, client: FlaskClient, address: str
) -> None:
    series = make_series(session, visibility="members")
    item = make_item(session, series)
    path = f"/evidence/{series.slug}" + address.format(id=item.public_id)
    assert client.get(path).status_code == 404
    sign_in(client, make_member(session, series))
    assert client.get(path).status_code == 200


def test_nothing_says_who_added_an_item(session: Session, client: FlaskClient) -> None:
    series = make_series(session)
    author = make_member(session, series, make_person(session, display_name="Zebedee Quux"))
    item = add_item(session, viewer(session, author), series, STUDY, now=NOW)
    item.is_listed = True
    item.verified = {"by": author.public_id, "on": "2026-11-23", "what_was_checked": ["metadata"]}
    for address in (*_faces(series, item), f"/evidence/{series.slug}.json"):
        body = client.get(address).text
        assert "Zebedee" not in body
        assert author.public_id not in body
        assert "created_at" not in body


def test_an_item_shows_who_cites_it_and_how_and_only_what_is_live_and_published(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session)
    thread, item = make_thread(session, series, attribution="chatham_house"), None
    item = make_item(session, series)
    hidden_thread = make_thread(session, series, is_hidden=True)
    make_position(session, hidden_thread, item=item, revision={"claim": "In a hidden thread."})
    for state in ("draft", "withdrawn", "hidden", "removed"):
        make_position(session, thread, item=item, state=state,
                      revision={"claim": f"It is {state}."})  # fmt: skip
    old = make_position(session, thread, item=item, revision={"claim": "An old claim."})
    old.live_revision_id = None
    supports = make_position(session, thread, item=item, revision={"claim": "It helps."})
    against = make_position(session, thread, item=item, revision={"claim": "It does not."})
    assert supports.live is not None
    assert against.live is not None
    against.live.links[0].stance = "contradicts"
    against.live.links[0].rebuttal = "It was elsewhere."
    session.flush()

    data = client.get(f"/evidence/{series.slug}/{item.public_id}.json").get_json()
    groups = {g["stance"]: [one["claim"] for one in g["positions"]] for g in data["groups"]}
    assert groups == {"supports": ["It helps."], "contradicts": ["It does not."]}
    byline = data["groups"][0]["positions"][0]["byline"]
    assert (byline["date"], byline["person_url"]) == ("2026-11", "")
    page = client.get(f"/evidence/{series.slug}/{item.public_id}").text
    assert "It was elsewhere." in page
    assert "Link not yet checked" in page
    assert supports.author.display_name not in page


def test_responses_that_bring_it_stand_on_its_page(session: Session, client: FlaskClient) -> None:
    series = make_series(session)
    position = make_position(session, make_thread(session, series))
    item = make_item(session, series)
    make_response(session, position, type="adds_evidence", item=item, state="hidden")
    make_response(session, position, type="adds_evidence", item=item)
    data = client.get(f"/evidence/{series.slug}/{item.public_id}.json").get_json()
    assert [one["type"] for one in data["responses"]] == ["adds_evidence"]


def test_a_banner_leads_to_the_successor_only_where_it_may_be_seen(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session)
    new = make_item(session, series, title="The newer one", is_listed=False)
    item = make_item(session, series, status="superseded", superseded_by=new, status_note="Newer.")
    address = f"/evidence/{series.slug}/{item.public_id}"
    assert "The newer one" not in client.get(address).text
    new.is_listed = True
    session.flush()
    assert "The newer one" in client.get(address).text
    assert item.title in client.get(f"/evidence/{series.slug}/{new.public_id}").text


def test_facets_combine_and_say_how_many_are_left(session: Session, client: FlaskClient) -> None:
    series = make_series(session)
    make_item(session, make_series(session), kind="rct")
    make_item(session, series, kind="rct", is_listed=False)
    make_item(session, series, kind="rct", year=2014, title="Noise", title_folded="noise")
    cited = make_item(session, series, kind="rct", year=2019, strength_scale="essa",
                      strength_value="2")  # fmt: skip
    make_item(session, series, kind="survey", year=None)
    make_position(session, make_thread(session, series), item=cited)
    path = f"/evidence/{series.slug}.json"
    everything = client.get(path).get_json()
    assert (everything["total"], everything["found"]) == (3, 3)
    kinds = next(facet for facet in everything["facets"] if facet["name"] == "kind")
    assert [(one["slug"], one["count"]) for one in kinds["choices"]] == [("rct", 2), ("survey", 1)]
    for query in ("kind=rct&cited=yes", "years=2010&scale=essa", "q=study&kind=rct"):
        data = client.get(f"{path}?{query}").get_json()
        assert [line["item"]["id"] for line in data["lines"]] == [cited.public_id], query
    assert client.get(f"{path}?years=undated").get_json()["found"] == 1
    assert client.get(f"{path}?cited=no&scale=unrated").get_json()["found"] == 2
    assert client.get(f"{path}?scale=inapplicable").get_json()["found"] == 0
    assert client.get(f"{path}?kind=nonsense&years=20x0").get_json()["found"] == 3
    assert client.get(f"/evidence/{series.slug}?kind=policy_or_law").status_code == 200


def test_a_line_says_only_what_is_not_so_of_most(session: Session, client: FlaskClient) -> None:
    series = make_series(session)
    for _ in range(36):
        make_item(session, series)
    make_item(session, series, strength_scale="essa", strength_value="2")
    make_item(session, series, kind="theory")
    for state in ("dead", "moved"):
        make_item(session, series, link_state=state, link_checked_at=NOW)
    make_item(session, series, link_state="ok", link_checked_at=NOW)
    make_item(session, series, status="retracted", status_note="By the journal.")
    path = f"/evidence/{series.slug}"
    seen = (
        client.get(path).text + client.get(client.get(path + ".json").get_json()["next_url"]).text
    )

    assert seen.lower().count("not rated") <= 4  # the count above the list, and its filter
    assert seen.count("ot yet checked") <= 4
    assert seen.count("leads there") <= 2  # the filter
    for exception in ("ESSA tier 2", "no longer there", ": moved", "Retracted", "By the journal."):
        assert exception in seen, exception
    usual = client.get(path + ".json").get_json()["usual"]
    assert [one["sentence"] for one in usual] == [
        "40 are not rated", "39 links are not yet checked",
    ]  # fmt: skip
    for one, count in zip(usual, (40, 39), strict=True):
        query = one["url"].partition("?")[2]
        assert client.get(f"{path}.json?{query}").get_json()["found"] == count


def test_thirty_items_stand_on_a_page_and_the_next_go_on_without_gaps(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session)
    for n in range(85):
        make_item(session, series, title_folded=f"same {n // 3:02d}")
    seen: list[str] = []
    address = f"/evidence/{series.slug}"
    while address:
        path, _mark, query = address.partition("?")
        data = client.get(f"{path}.json?{query}").get_json()
        seen += [line["item"]["id"] for line in data["lines"]]
        assert len(data["lines"]) <= 30
        address = data["next_url"]
    assert len(seen) == len(set(seen)) == 85


def test_an_empty_library_says_what_it_is_for(session: Session, client: FlaskClient) -> None:
    series = make_series(session)
    page = client.get(f"/evidence/{series.slug}").text
    assert "The library is empty" in page
    assert f"/evidence/{series.slug}/add" in page


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("lazetic", ["Attendance and play", "Play and attendance", "Display of play"]),
        ("play", ["Play and attendance", "Attendance and play", "Display of play"]),
        ("PLAY att", ["Play and attendance", "Attendance and play"]),
        ("isplay", ["Display of play"]),
        ("2019 Lažetić display", ["Display of play"]),
        ("100%", []),
        ("_", []),
        ("", []),
        (" ", []),
        ("x" * 5_000, []),
    ],
)
def test_finding_ranks_beginnings_first_and_folds_accents(
    session: Session, typed: str, titles: list[str]
) -> None:
    series, other = make_series(session), make_series(session)
    author = viewer(session, make_member(session, other, role="moderator"))
    add_item(session, author, other, STUDY, now=NOW)
    moderator = viewer(session, make_member(session, series, role="moderator"))
    for n, title in enumerate(("Display of play", "Attendance and play", "Play and attendance")):
        draft = {"title": title, "authors": ("Lažetić, P.",), "year": 2019,
                 "url": f"https://example.org/{n}"}  # fmt: skip
        add_item(session, moderator, series, _with(STUDY, **draft), now=NOW)
    found = [item.title for item in find_items(session, None, series, typed)]
    assert sorted(found) == sorted(titles)
    if typed == "play":
        assert found == titles


def test_the_picker_gets_a_list_or_radios(session: Session, client: FlaskClient) -> None:
    series = make_series(session)
    item = make_item(session, series, title_folded="lazetic and others")
    address = f"/evidence/{series.slug}/find?q=lazetic"
    (found,) = client.get(address).get_json()
    assert (found["id"], found["source"]) == (item.public_id, "Donnelly and Lažetić 2019")
    fragment = client.get(address, headers={"X-Fragment": "1"}).text
    assert f'value="{item.public_id}"' in fragment
    assert "<html" not in fragment
    assert "Nothing in the library" in client.get(
        f"/evidence/{series.slug}/find?q=%3Cscript%3E", headers={"X-Fragment": "1"}
    ).text  # fmt: skip


def test_short_sources_and_strength_are_said_in_words(session: Session) -> None:
    def said(**fields: Any) -> str:
        return short_source(EvidenceItem(**{"year": 1999, "publisher": "", "title": "T"} | fields))

    assert said(authors=["Stukas, A.", "Snyder, M.", "Clary, E."]) == "Stukas and others 1999"
    assert said(authors=["Stukas, A.", "Snyder, M."]) == "Stukas and Snyder 1999"
    assert (
        said(authors=["Department for Education"], year=None) == "Department for Education, no date"
    )
    assert said(authors=[], publisher="Ofsted") == "Ofsted 1999"
    assert said(authors=[], title="How we did it") == "How we did it 1999"

    def rated(kind: str, scale: str, value: str) -> str:
        return strength_in_words(
            EvidenceItem(kind=kind, strength_scale=scale, strength_value=value), EDUCATION
        )

    assert rated("rct", "eef_trial", "4") == "4 of 5 EEF padlocks"
    assert rated("rct", "essa", "2") == "ESSA tier 2"
    assert rated("rct", "grade", "very_low") == "very low certainty (GRADE)"
    assert rated("rct", "", "") == "not rated"
    assert rated("lived_experience", "", "") == "not applicable"


def test_what_is_added_by_hand_goes_to_its_page_or_back_to_where_one_came_from(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session)
    sign_in(client, make_member(session, series))
    path = f"/evidence/{series.slug}/add"
    first = client.post(path, data=HAND)
    item = session.scalars(select(EvidenceItem)).one()
    assert (first.status_code, first.location) == (
        303,
        f"/evidence/{series.slug}/{item.public_id}",
    )
    back = client.post(
        path, data=HAND | {"url": "https://x.org/b", "next": "/positions/write/t?a=1"}
    )
    assert back.location.startswith("/positions/write/t?a=1&item=")
    away = client.post(path, data=HAND | {"url": "https://x.org/c", "next": "//evil.example"})
    assert away.location.startswith(f"/evidence/{series.slug}/")


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session)
    sign_in(client, make_member(session, series))
    wrong = HAND | {"title": "", "year": "MCMXC", "months": "3", "limitations": "Kept <b>words</b>",
                    "authors": "Lažetić, P."}  # fmt: skip
    answer = client.post(f"/evidence/{series.slug}/add", data=wrong)
    assert answer.status_code == 422
    for kept in ("Give a title.", 'value="MCMXC"', "Kept &lt;b&gt;words&lt;/b&gt;", "Lažetić, P.",
                 'href="#title"', 'href="#months"'):  # fmt: skip
        assert kept in answer.text
    assert not session.scalars(select(EvidenceItem)).all()


def test_a_duplicate_offers_the_item_that_is_there(session: Session, client: FlaskClient) -> None:
    series = make_series(session)
    item = make_item(session, series, title="There already", url="https://example.org/a")
    sign_in(client, make_member(session, series))
    path = f"/evidence/{series.slug}/add"
    for data in (HAND, {"way": "find", "where": "HTTPS://example.org/a/#x"}):
        answer = client.post(path, data=data | {"next": "/positions/write/t"})
        assert "There already" in answer.text
        assert f"/positions/write/t?item={item.public_id}" in answer.text
    item.is_listed = False
    session.flush()
    answer = client.post(path, data=HAND)
    assert answer.status_code == 422
    assert "There already" not in answer.text
    assert item.public_id not in answer.text
    assert "Somebody is adding this already." in answer.text


def test_practice_is_asked_about_again_when_it_may_point_to_somebody(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session)
    sign_in(client, make_member(session, series))
    path = f"/evidence/{series.slug}/add"
    telling = TELL | {"told-description": "Mrs Blenkinsop moved clubs into lesson time."}
    asked = client.post(path, data=telling)
    assert asked.status_code == 422
    assert "Mrs Blenkinsop" in asked.text
    assert 'name="told-sure"' in asked.text
    assert client.post(path, data=telling | {"told-sure": "y"}).status_code == 303
    assert client.post(path, data=TELL).status_code == 303
    no_consent = {name: value for name, value in TELL.items() if "consent" not in name}
    assert client.post(path, data=no_consent).status_code == 422
    unsure = {name: value for name, value in TELL.items() if "confirmed" not in name}
    assert client.post(path, data=unsure).status_code == 422


def test_a_citation_is_read_and_one_of_several_chosen(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session)
    sign_in(client, make_member(session, series))
    path = f"/evidence/{series.slug}/add"
    two = "@misc{a, title={First of two}}\n@misc{b, title={Second of two}, year=2001}"
    asked = client.post(path, data={"way": "paste", "source": two})
    assert "Which entry?" in asked.text
    chosen = client.post(path, data={"way": "paste", "source": two, "entry": "2"})
    assert chosen.status_code == 200
    assert 'value="Second of two"' in chosen.text
    assert 'value="2001"' in chosen.text
    for source in ("", "prose", "@misc{a, title={"):
        answer = client.post(path, data={"way": "paste", "source": source})
        assert answer.status_code == 422


def test_a_doi_that_cannot_be_looked_up_is_kept_and_can_be_typed_in(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session)
    sign_in(client, make_member(session, series))
    find = {"way": "find", "where": "https://doi.org/10.1000/ABC"}
    answer = client.post(f"/evidence/{series.slug}/add", data=find)
    assert answer.status_code == 422
    assert "Type it in instead" in answer.text
    assert 'value="10.1000/abc"' in answer.text
    nothing = client.post(f"/evidence/{series.slug}/add", data={"way": "find", "where": "hm"})
    assert nothing.status_code == 422
    assert "neither a DOI nor a web address" in nothing.text


def test_the_picker_adds_through_a_fragment(session: Session, client: FlaskClient) -> None:
    series = make_series(session)
    sign_in(client, make_member(session, series))
    path, part = f"/evidence/{series.slug}/add", {"X-Fragment": "1"}
    assert "<html" not in client.get(path, headers=part).text
    wrong = client.post(path, data=HAND | {"title": ""}, headers=part)
    assert (wrong.status_code, "<html" in wrong.text) == (422, False)
    done = client.post(path, data=HAND, headers=part)
    item = session.scalars(select(EvidenceItem)).one()
    assert done.status_code == 200
    assert f'value="{item.public_id}"' in done.text


def test_visitors_are_asked_to_sign_in_and_strangers_refused(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session, who_may_post="invited")
    path = f"/evidence/{series.slug}/add"
    assert "/accounts/sign-in" in client.get(path).location
    assert client.post(path, data=HAND).status_code == 401
    sign_in(client, make_person(session))
    assert client.get(path).status_code == 403
    assert client.post(path, data=HAND).status_code == 403


def test_editing_keeps_what_the_form_does_not_show(session: Session, client: FlaskClient) -> None:
    series = make_series(session)
    author = make_member(session, series)
    sign_in(client, author)
    client.post(f"/evidence/{series.slug}/add", data=TELL)
    item = session.scalars(select(EvidenceItem)).one()
    item.cost = "Nothing"
    session.flush()
    path = f"/evidence/{series.slug}/{item.public_id}/edit"
    assert "We moved clubs" in client.get(path).text
    told = {name.removeprefix("told-"): value for name, value in TELL.items()}
    assert client.post(path, data=told | {"title": ""}).status_code == 422
    assert client.post(path, data=told | {"title": "Renamed"}).status_code == 303
    session.refresh(item)
    assert (item.title, item.cost, item.is_listed) == ("Renamed", "Nothing", False)
    item.is_listed = True
    session.flush()
    assert client.post(path, data=told).status_code == 403


def test_a_moderator_says_whether_it_stands_and_what_was_checked(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session)
    item, newer = make_item(session, series), make_item(session, series)
    path = f"/evidence/{series.slug}/{item.public_id}/status"
    sign_in(client, make_member(session, series))
    assert client.get(path).status_code == 403
    sign_in(client, make_member(session, series, role="moderator"))
    assert client.get(path).status_code == 200
    assert client.post(path, data={"status": "superseded"}).status_code == 422
    new = f"http://localhost/evidence/{series.slug}/{newer.public_id}/"
    checked = {"status": "superseded", "note": "A later version.", "successor": new,
               "checks": ["link_resolves"]}  # fmt: skip
    assert client.post(path, data=checked).status_code == 303
    page = client.get(f"/evidence/{series.slug}/{item.public_id}").text
    assert newer.title in page
    assert "the link leads to it" in page
    assert "link not yet checked" not in page


@pytest.mark.parametrize("way", ["hand", "find"])
def test_what_is_left_out_of_an_address_is_said(
    session: Session, client: FlaskClient, way: str
) -> None:
    series = make_series(session)
    sign_in(client, make_member(session, series))
    typed = "https://Example.org/a/?id=5;utm_source=x#part"
    path = f"/evidence/{series.slug}/add"
    answered = client.post(path, data=HAND | {"url": typed, "where": typed, "way": way},
                           follow_redirects=True).text  # fmt: skip
    assert "https://Example.org/a/?id=5#part" in answered
    assert "(utm_…) is left out" in answered
    again = HAND | {"url": "https://example.org/b/", "where": "https://example.org/b/", "way": way}
    assert "utm_" not in client.post(path, data=again, follow_redirects=True).text


def test_cite_files_are_downloads_of_their_kind(session: Session, client: FlaskClient) -> None:
    series = make_series(session)
    item = make_item(session, series)
    for suffix, kind in (("bib", "application/x-bibtex"),
                         ("ris", "application/x-research-info-systems")):  # fmt: skip
        answer = client.get(f"/evidence/{series.slug}/{item.public_id}/cite.{suffix}")
        assert answer.content_type == f"{kind}; charset=utf-8"
        assert "attachment" in answer.headers["Content-Disposition"]
        assert "Lažetić" in answer.text


def test_the_pages_cost_the_same_number_of_statements_however_much_there_is(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session)
    item = make_item(session, series)
    thread = make_thread(session, series)
    addresses = (f"/evidence/{series.slug}", f"/evidence/{series.slug}/{item.public_id}")
    make_position(session, thread, item=item)
    make_response(session, make_position(session, thread), item=item)
    before = [_statements(session, client, address) for address in addresses]
    for _ in range(6):
        other = make_item(session, series)
        position = make_position(session, thread, item=other)
        assert position.live is not None
        session.add(
            EvidenceLink(revision=position.live, item=item, stance="qualifies", warrant="x")
        )
        make_response(session, position, item=item)
    session.flush()
    assert [_statements(session, client, address) for address in addresses] == before
    assert max(before) <= 25


def _statements(session: Session, client: FlaskClient, address: str) -> int:
    counted: list[str] = []
    bind = session.connection().engine
    session.expire_all()

    def count(_conn: Any, _cursor: Any, statement: str, *_given: Any) -> None:
        if statement.startswith("SELECT"):
            counted.append(statement)

    event.listen(bind, "before_cursor_execute", count)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(bind, "before_cursor_execute", count)
    return len(counted)


def _with(draft: Any, **changes: Any) -> Any:
    from dataclasses import replace

    return replace(draft, **changes)


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        (title, typed)
        for title in ("Teachers’ co‑operation", "Teachers\' co-operation", "Teachersʼ co–operation",
                      "Teachers` co\u00ad-operation", "TEACHERS‘ CO‐OPÉRATION")
        for typed in ("teachers’ co-operation", "teachers\'", "Teachersʼ", "teachers`",
                      "co‐operation", "co‑operation", "co–operation", "co\u00ad-operation",
                      "cooperation", "coopération", "– co-operation")
    ] + [
        ("The ﬁrst œuvre", "first oeuvre"), ("The first oeuvre", "ﬁrst Œuvre"),
        ("Soft\u00adening", "softening"), ("Softening", "soft\u00adening"),
        ("Well being", "well-being") , ("Cooperation", "co-operation"),
    ],
)  # fmt: skip
def test_search_takes_no_notice_of_how_signs_were_typed(
    session: Session, title: str, typed: str
) -> None:
    series = make_series(session)
    member = viewer(session, make_member(session, series, role="moderator"))
    draft = ItemDraft(title=title, kind="rct", question_type="what_works", url="https://a.example")
    item = add_item(session, member, series, draft, now=NOW)
    assert find_items(session, member, series, typed) == [item]
    assert library_page(session, member, series, Selection(q=typed)).found == 1
