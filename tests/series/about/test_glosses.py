"""Each word that the site uses in a sense of its own is explained on the page where it is met."""

import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from discussion.cli.demo import demonstration_settings
from discussion.db import transaction
from discussion.people.accounts.models import Person
from discussion.series.about.words_glosses import GLOSSES, glosses_in
from discussion.vocabulary.education import EDUCATION
from discussion.web.site import site
from tests.conftest import FILLED, sign_in

pytestmark = pytest.mark.xdist_group("glosses")

MET = {
    "series": r"\bseries\b",
    "theme": r"\bthemes?\b",
    "thread": r"\bthreads?\b",
    "position": r"\bpositions?\b",
    "response": r"\bresponses?\b",
    "serves": r"\b(it|positions?|values?|they|say) serves?\b|\bserved\b",
    "cost": r"\bat a cost to\b",
    "scale": r"\bscales?\b",
    "setting": r"\b(my|your|the) setting\b",
    "stance": r"\bstance\b",
    "strength": r"\bpadlocks?\b",
    "retracted": r"\bretracted\b",
    "doi": r"(?-i:\bDOI\b)",
    "bibtex": r"\bBibTeX\b",
    "statement": r"\bstatements?\b(?! of reasons)",
    "round": r"\b(this|a|the|of) rounds?\b(?! table)|\bround \d",
    "cycle": r"\bcycles?\b",
    "weighing": r"\bweighing\b",
    "sense": r"\bmaking sense\b",
    "ends": r"\b(about|over|of) ends\b|\ban end:|^ends?$",
    "facts": r"\b(about|over|of) facts\b|\ba fact:|^facts?$",
    "means": r"\b(about|over|of) means\b|\ba means:|^means$",
    "common": r"\bcommon ground\b",
    "gap": r"\bgaps?\b",
    "alike": r"\balike\b",
    "apart": r"(?<!told )(?<!tell )\bapart\b",
    "inferred": r"\binferred\b",
    "chatham": r"\bchatham house rule\b",
}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr", "use"}


class SiteWords(HTMLParser):
    """What the site says in `main`, without what people wrote, and the words explained there."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.said: list[str] = []
        self.explained: set[str] = set()
        self.is_main = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        self.is_main = self.is_main or tag == "main"
        given = dict(attrs)
        theirs = tag in ("bdi", "script", "style", "textarea", "datalist") or "dir" in given
        self.open.append((tag, theirs or "glosses" in (given.get("class") or "")))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        self.is_main = self.is_main and tag != "main"
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] == "dfn":
            self.explained.add(data.strip())
        elif self.is_main and data.strip() and not any(theirs for _tag, theirs in self.open):
            self.said.append(data.strip())


@pytest.fixture(scope="module")
def shown(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    from discussion.app import create_app

    folder = tmp_path_factory.mktemp("glossed")
    shutil.copytree(demonstration, folder, dirs_exist_ok=True)
    with time_machine.travel(FILLED, tick=True):
        app = create_app(demonstration_settings(folder, 8000))
        yield app
        site(app).engine.dispose()


def test_each_word_with_a_sense_of_its_own_has_a_form_that_is_looked_for() -> None:
    assert set(MET) == set(GLOSSES)


@pytest.mark.parametrize("who", ["visitor", "member"])
def test_each_such_word_is_explained_on_the_page_where_it_is_met(shown: Flask, who: str) -> None:
    pages = dict(walk(shown, signed_in(shown) if who == "member" else visitor(shown)))
    unexplained = {
        address: missing for address, page in pages.items() if (missing := unexplained_words(page))
    }
    assert len(pages) > 20
    assert not unexplained


def unexplained_words(page: str) -> list[str]:
    words = SiteWords(page)
    return [
        key
        for key, form in MET.items()
        if str(glosses_in(EDUCATION)[key].term) not in words.explained
        and any(re.search(form, said, re.IGNORECASE) for said in words.said)
    ]


def visitor(app: Flask) -> FlaskClient:
    return app.test_client()


def signed_in(app: Flask) -> FlaskClient:
    with transaction(site(app).engine, writes=False) as session:
        person = session.scalar(select(Person).where(Person.email == "contributor@example.org"))
        assert person
        return sign_in(app.test_client(), person)


def walk(app: Flask, client: FlaskClient) -> Iterator[tuple[str, str]]:
    """One page of each kind that links lead to from the front page, and every thread."""
    todo, seen, kinds = ["/"], set(), set[str]()
    while todo:
        address = todo.pop(0)
        kind = kind_of(app, address)
        if address in seen or not kind or (kind in kinds and kind != "threads.page"):
            continue
        seen.add(address)
        kinds.add(kind)
        with client.get(address, follow_redirects=True) as answer:
            if answer.status_code != 200 or answer.mimetype != "text/html":
                continue
            page = answer.get_data(as_text=True)
        yield address, page
        todo += re.findall(r'href="(/(?!static/)[^"#?]*)"', page)


def kind_of(app: Flask, address: str) -> str:
    try:
        endpoint, _given = app.url_map.bind("").match(address.split("?")[0])
    except Exception:
        return ""
    return str(endpoint)
