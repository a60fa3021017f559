"""Pasting a reference: what the page shows before anything is kept."""

from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.config import Settings
from discussion.debate.evidence.citations import read
from discussion.debate.evidence.completing import completed
from discussion.debate.evidence.models import EvidenceItem
from tests.conftest import sign_in
from tests.debate.evidence.references import LONG_TITLE
from tests.debate.evidence.test_crossref import asking  # noqa: F401  # a server of Crossref's shape
from tests.factories import make_item, make_member, make_series

RIS = """TY  - JOUR
TI  - Ein Titel
AU  - Marlow, Ada and others
PY  - 2019
AB  - An abstract that has no place here.
LA  - German
UR  - https://example.org/a
ER  - """
TYPED = "Marlow, A. (2019) Reading in lessons. Journal of Teaching, 3(7), 10. 10.1000/{}"


def _path(session: Session, client: FlaskClient) -> str:
    series = make_series(session)
    sign_in(client, make_member(session, series))
    return f"/evidence/{series.slug}/add"


def test_what_was_read_and_what_was_left_stand_beside_the_form(
    session: Session, client: FlaskClient
) -> None:
    path = _path(session, client)
    page = client.post(path, data={"way": "paste", "source": RIS})
    for words in (
        "What we read",
        "“and others”",
        "An abstract that has no place here.",
        "Not kept",
    ):
        assert words in unescape(page.text)
    assert not session.scalars(select(EvidenceItem)).all()


def test_a_form_that_comes_back_still_has_what_was_read_beside_it(
    session: Session, client: FlaskClient
) -> None:
    path = _path(session, client)
    sent = {"way": "hand", "source": RIS, "entry": "1", "title": "Mine", "language": "de"}
    page = client.post(path, data=sent)
    assert page.status_code == 422
    assert 'value="Mine"' in page.text
    assert "An abstract that has no place here." in page.text
    good = {"kind": "survey", "question_type": "what_is_happening", "url": "https://example.org/a"}
    assert client.post(path, data=sent | good).status_code == 303
    assert session.scalars(select(EvidenceItem.language)).one() == "de"


def test_a_title_that_was_cut_can_be_read_whole(session: Session, client: FlaskClient) -> None:
    source = f"@article{{a, title={{{LONG_TITLE}}}, year=2019}}"
    page = client.post(_path(session, client), data={"way": "paste", "source": source})
    assert "was too long" in page.text
    assert LONG_TITLE in page.text


def test_of_several_the_ones_that_the_library_has_are_told(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session)
    make_item(session, series, doi="10.1000/there")
    make_item(session, series, doi="10.1000/secret", is_listed=False)
    sign_in(client, make_member(session, series))
    source = "".join(f"@a{{{name}, title={{T {name}}}, doi={{10.1000/{name}}}}}\n"
                     for name in ("there", "new", "secret"))  # fmt: skip
    data = {"way": "paste", "source": source + "\nWhat is this?"}
    page = client.post(f"/evidence/{series.slug}/add", data=data)
    assert page.text.count("The library has this already") == 1
    assert "What is this?" in page.text.partition("was not understood")[2]


def test_a_book_without_an_address_can_be_added_as_it_was_read(
    session: Session, client: FlaskClient
) -> None:
    path = _path(session, client)
    book = "@book{a, title={A book}, author={Marlow, Ada}, year=2019, publisher={Fenwick}}"
    page = client.post(path, data={"way": "paste", "source": book})
    assert "Marlow, Ada (2019) A book. Fenwick.</textarea>" in page.text


def test_a_whole_reference_in_the_box_for_a_doi_is_looked_up_and_kept(
    session: Session, client: FlaskClient
) -> None:
    find = {"way": "find", "where": TYPED.format("x")}
    page = client.post(_path(session, client), data=find)
    assert 'value="10.1000/x"' in page.text
    assert f"{TYPED.format('x')}</textarea>" in page.text


def test_a_typed_reference_is_completed_by_the_register_and_kept_beside_it(
    asking: Settings,  # noqa: F811
) -> None:
    (entry,) = read(TYPED.format("work")).entries
    made = completed(asking, entry)
    assert made.draft is not None
    assert made.draft.title.startswith("Mandated community service")
    assert made.draft.citation == TYPED.format("work")
    assert "Reading in lessons" in [line.value for line in made.account.left]


@pytest.mark.parametrize("answer", ["missing", "broken", "huge"])
def test_a_typed_reference_that_nobody_completes_is_as_it_was_read(
    asking: Settings,  # noqa: F811
    answer: str,
) -> None:
    (entry,) = read(TYPED.format(answer)).entries
    made = completed(asking, entry)
    assert made.draft == entry.draft
    assert "could not complete it" in made.account.notes[0]
