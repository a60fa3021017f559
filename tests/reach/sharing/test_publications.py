"""Who reads what of a briefing and an essay on cards, beside links and where they are cited."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion import paths
from discussion.reach.publications.models import Publication
from discussion.reach.publications.operations.essays import keep_essay, publish_essay
from discussion.reach.publications.operations.publishing import withdraw
from tests.conftest import sign_in
from tests.factories import NOW, make_person
from tests.reach.publications.scene import LATER, QUOTE, SITE, Briefed
from tests.reach.publications.test_essays import ESSAY

TITLE = {"briefing": "What visits are for", "essay": ESSAY.title}
INNER = {"briefing": QUOTE, "essay": "For five years I counted"}


class Published(Briefed):
    """Both, published on one day."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.draft()
        self.tell()
        self.briefing.title = TITLE["briefing"]
        self.publish()
        self.essay = keep_essay(session, self.as_moderator, self.series, ESSAY, now=NOW)
        publish_essay(session, self.as_moderator, self.essay, site_url=SITE, now=LATER)
        self.rows = {"briefing": self.briefing, "essay": self.essay}
        session.flush()


Change = Callable[[Published], object]


def _set(row: str, **values: object) -> Change:
    def change(scene: Published) -> None:
        for name, value in values.items():
            setattr(getattr(scene, row), name, value)

    return change


def _withdraw(scene: Published) -> None:
    for row in scene.rows.values():
        withdraw(scene.session, scene.as_moderator, row, now=LATER + timedelta(hours=1))


def _redact(scene: Published) -> None:
    assert scene.four.live is not None
    scene.four.live.reasoning = "We counted. ███ By the fourth we could stop."


def _begin(scene: Published) -> None:
    for row in scene.rows.values():
        row.published_at = None


GONE, SHOWN, NOTHING = "gone", "shown", "nothing"
# what became of it → (how, what the card of a briefing is, what that of an essay is)
STATES: dict[str, tuple[Change, str, str]] = {
    "as it was": (lambda _scene: None, SHOWN, SHOWN),
    "withdrawn": (_withdraw, GONE, GONE),
    "only begun": (_begin, NOTHING, NOTHING),
    "what it quotes is redacted": (_redact, GONE, SHOWN),
    "what it quotes is hidden": (_set("four", state="hidden"), GONE, SHOWN),
    "whom it names is shown by less": (_set("four", attribution="chatham_house"), GONE, SHOWN),
    "of a hidden thread": (_set("thread", is_hidden=True), NOTHING, SHOWN),
    "unlisted": (_set("series", visibility="unlisted"), NOTHING, NOTHING),
    "for members": (_set("series", visibility="members"), NOTHING, NOTHING),
    "of a series not open yet": (_set("series", status="draft"), NOTHING, NOTHING),
}


@pytest.mark.parametrize("state", STATES)
def test_a_card_of_a_publication_tells_everybody_what_a_visitor_may_read(
    app: Flask, session: Session, state: str
) -> None:
    scene = Published(session)
    change, *cards = STATES[state]
    with time_machine.travel(LATER + timedelta(hours=2), tick=False):
        change(scene)
        clients = _clients(app, session, scene)
        assert len(clients) == 6
        for (kind, row), card in zip(scene.rows.items(), cards, strict=True):
            for what, path in _surfaces(app, scene, row).items():
                said = {_body(client, path) for client in clients.values()}
                assert len(said) == 1, (kind, what, "is told to some")
                ((code, body),) = said
                assert INNER[kind] not in body, (kind, what)
                if what in ("card", "oembed"):
                    assert code == (404 if card == NOTHING else 200), (kind, what)
                    assert (TITLE[kind] in body) == (card == SHOWN), (kind, what)
            _says_of_itself_what_it_shows(clients, scene, kind, row)


def _surfaces(app: Flask, scene: Published, row: Publication) -> dict[str, str]:
    """What needs nobody to be known."""
    at = paths.publication(scene.series.slug, row.slug)
    site_url = app.extensions["site"].settings.public_url
    return {"card": f"/embed{at}", "oembed": f"/oembed?url={site_url}{at}"}


def _says_of_itself_what_it_shows(
    clients: dict[str, FlaskClient], scene: Published, kind: str, row: Publication
) -> None:
    """Open Graph, JSON-LD, the way to a card and citations: none where the page shows nothing."""
    at = paths.publication(scene.series.slug, row.slug)
    for who, client in clients.items():
        page = client.get(at)
        head = page.text.partition("</head>")[0]
        cited = client.get(f"/cite{at}/1.ris")
        assert (cited.status_code == 200) == (page.status_code == 200), (kind, who)
        if page.status_code != 200:
            assert TITLE[kind] not in head or who == "moderator", (kind, who)
            assert "application/ld+json" not in head
            assert "json+oembed" not in head
            continue
        title = re.search('<meta property="og:title" content="(.*?)">', head)
        assert title, (kind, who)
        assert TITLE[kind] in title[1], (kind, who)
        assert TITLE[kind] in cited.text, (kind, who)
        has_card = clients["visitor"].get(f"/embed{at}").status_code == 200
        assert ("json+oembed" in head) == has_card, (kind, who)


def _clients(app: Flask, session: Session, scene: Published) -> dict[str, FlaskClient]:
    people = {
        "member": scene.member, "moderator": scene.moderator, "author": scene.four.author,
        "stranger": make_person(session), "administrator": scene.administrator,
    }  # fmt: skip
    session.flush()
    signed_in = {who: sign_in(app.test_client(), person) for who, person in people.items()}
    return {"visitor": app.test_client(), **signed_in}


def _body(client: FlaskClient, path: str) -> tuple[int, str]:
    answered = client.get(path)
    return answered.status_code, re.sub(r'"request_id":"[^"]*",?|<p class="hint">.*?</p>', "",
                                        answered.text)  # fmt: skip
