"""Pages as reference managers take them: read back, they say what the page says."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.evidence import citations
from discussion.reach.publications.operations.publishing import withdraw
from discussion.reach.publications.words import FORMATS
from tests.factories import NOW, make_item
from tests.reach.publications.scene import LATER, Briefed
from tests.weighing.findings.worlds import WORKED, weighed

CITED = ("bib", "ris", "csl")


def read_back(client: FlaskClient, path: str) -> dict[str, tuple[str, ...]]:
    """Title, authors, year and address in each of the formats, as our own reader takes them."""
    found = {}
    for format in CITED:
        answered = client.get(f"/cite{path}.{format}")
        assert (answered.status_code, answered.content_type) == (200, FORMATS[format][0]), path
        (entry,) = citations.read(answered.text).entries
        assert entry.draft is not None
        said = entry.draft
        found[format] = (said.title, *said.authors, str(said.year), str(said.url))
    return found


@time_machine.travel(LATER, tick=False)
def test_a_thread_and_an_edition_of_findings_are_cited_by_their_series(
    session: Session, client: FlaskClient
) -> None:
    world = weighed(session, {code: WORKED[code] for code in WORKED})
    world.compute()
    world.series.title = "Wards, nights & days"
    session.flush()
    base = client.application.extensions["site"].settings.public_url
    slug = world.thread.slug
    page = client.get(f"/findings/{slug}.json").get_json()
    named = f"Findings on “{world.thread.question}” (edition 1)"
    titles = {paths.thread(slug): world.thread.question, page["permanent_url"]: named}
    assert len(titles) == 2
    for path, title in titles.items():
        for format, said in read_back(client, path).items():
            assert said[0] == title, (path, format)
            assert "Wards" in said[1], (path, format)
            assert said[-2:] == ("2026", base + path), (path, format)
        shown = client.get(path).text
        assert all(f'href="/cite{path}.{format}"' in shown for format in CITED), path
    keys = {
        re.search("^@misc{(.*?),", client.get(f"/cite{path}.bib").text)[1]  # type: ignore[index]
        for path in titles
    }
    assert len(keys) == 2  # though the series and the year are one
    assert client.get(f"/cite/findings/{slug}/2.bib").status_code == 404


@time_machine.travel(LATER, tick=False)
def test_a_briefing_is_cited_until_it_is_withdrawn(session: Session, client: FlaskClient) -> None:
    scene = Briefed(session)
    scene.draft()
    scene.tell()
    version = scene.publish()
    path = f"{scene.address}/{version.number}"
    for format, said in read_back(client, path).items():
        assert said[0] == version.snapshot["title"], format
        assert said[-1] == version.snapshot["url"], format
    shown = client.get(scene.address).text
    assert all(f'href="/cite{path}.{format}"' in shown for format in CITED)
    withdraw(session, scene.as_moderator, scene.briefing, now=LATER + timedelta(days=1))
    assert [client.get(f"/cite{path}.{format}").status_code for format in CITED] == [404] * 3


def test_a_source_without_an_address_is_cited_by_its_page(
    session: Session, client: FlaskClient
) -> None:
    with time_machine.travel(NOW, tick=False):
        scene = Briefed(session)
        item = make_item(session, scene.series, url=None, doi=None, title="Told at a round table")
        session.flush()
        path = paths.item(scene.series.slug, item.public_id)
        (told,) = json.loads(client.get(f"/cite{path}.csl").text)
        assert told["title"] == "Told at a round table"
        assert told["URL"].endswith(path)
        assert f'href="/cite{path}.csl"' in client.get(path).text


@pytest.mark.parametrize("format", ["pdf", "json", "bib.json"])
def test_nothing_is_cited_in_a_format_that_there_is_not(
    session: Session, client: FlaskClient, format: str
) -> None:
    scene = Briefed(session)
    assert client.get(f"/cite{paths.thread(scene.thread.slug)}.{format}").status_code == 404
