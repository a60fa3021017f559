"""What a program that keeps references is told of a page: no more than the page says."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion import paths
from tests.factories import NOW, make_item, make_member, make_position, make_series, make_thread

AUTHORS = {  # how it is named → its author and its date, as a program keeps them
    "named": ("Rukhsana, Iqbal", "2026/11/23"),
    "role": ("Headteacher, secondary", "2026/11/23"),
    "chatham_house": ("Contributor", "2026/11"),
}


def as_kept(named: str, name: str) -> str:
    """A label is one name: no space and no comma in it parts it, for a program."""
    dashed = name.replace(", ", " – ")
    return dashed if named == "named" else dashed.replace(" ", "\u00a0")


def told(client: FlaskClient, path: str) -> list[tuple[str, str]]:
    return re.findall('<meta name="citation_(.*?)" content="(.*?)">', client.get(path).text)


@pytest.mark.parametrize("named", AUTHORS)
def test_a_position_is_kept_as_its_author_chose_to_be_named(
    session: Session, client: FlaskClient, named: str
) -> None:
    series = make_series(session, attribution="named")
    thread = make_thread(session, series, attribution=named)
    author = make_member(session, series)
    author.display_name = "Rukhsana, Iqbal"
    position = make_position(session, thread, author, label_step=0, revision={"live_at": NOW})
    session.flush()
    found = dict(told(client, paths.position(position.public_id)))
    name, date = AUTHORS[named]
    assert found["author"] == as_kept(named, name)
    assert found["publication_date"] == date
    assert position.live is not None
    assert found["title"] == position.live.claim
    assert found["publisher"] == series.title
    withdrawn = make_position(session, thread, state="withdrawn")
    session.flush()
    assert told(client, paths.position(withdrawn.public_id)) == []


def test_an_item_is_kept_with_each_of_its_authors(session: Session, client: FlaskClient) -> None:
    series = make_series(session)
    names = ["Donnelly, Rose", "Office for Weights and Measures"]
    item = make_item(session, series, doi="10.1000/182", publisher="A & B", authors=names)
    session.flush()
    found = told(client, paths.item(series.slug, item.public_id))
    assert [words for name, words in found if name == "author"] == [
        "Donnelly, Rose", "Office\u00a0for\u00a0Weights\u00a0and\u00a0Measures",
    ]  # fmt: skip
    by_name = dict(found)
    assert by_name["title"] == item.title
    assert by_name["publication_date"] == str(item.year)
    assert by_name["doi"] == "10.1000/182"
    assert by_name["publisher"] == "A &amp; B"
