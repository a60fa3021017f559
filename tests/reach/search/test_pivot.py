"""Values by evidence by level by role: every number again from the public cards alone."""

import csv
import random
from collections import Counter
from io import StringIO

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.positions.models import EvidenceLink, Position
from discussion.debate.positions.queries.card import Card
from discussion.debate.positions.queries.unfolding import unfold
from discussion.reach.search.queries.pivot import PivotAsked, pivot_page
from discussion.reach.search.shapes import PivotPage
from discussion.reach.search.words import NO_STUDY
from discussion.vocabulary import of_series
from tests.factories import make_item, make_position, make_thread
from tests.reach.search.scene import Finding

pytestmark = pytest.mark.usefixtures("keeps_found")
MODES = ("named", "role", "chatham_house")


class Piling(Finding):
    """Positions of every kind of attribution, label, level, value and evidence, and some hidden."""

    def fill(self) -> list[Position]:
        drawn = random.Random(11)
        said = of_series(self.series.slug)
        slugs = [value.slug for value in self.series.values][:6]
        items = [make_item(self.session, self.series, kind=kind)
                 for kind in list(said.evidence_kinds)[:4]]  # fmt: skip
        rows = []
        for number in range(24):
            thread = make_thread(self.session, self.series, attribution=MODES[number % 3])
            served = tuple(drawn.sample(slugs, k=drawn.randint(1, 3)))
            left = [slug for slug in slugs if slug not in served]
            row = make_position(
                self.session, thread, served=served, outweighed=tuple(left[: number % 3]),
                item=drawn.choice([*items, None]), label_step=number % 4,
                label_role=drawn.choice(list(said.roles)),
                revision={"level": drawn.choice(list(said.levels))},
            )  # fmt: skip
            if row.live is not None and number % 5 == 0:
                row.live.is_without_study = False
                self.session.add(
                    EvidenceLink(
                        revision_id=row.live.id,
                        item_id=drawn.choice(items).id,
                        stance="qualifies",
                        warrant="It does.",
                    )
                )
            row.state = ("published", "published", "published", "hidden")[number % 4]
            rows.append(row)
        items[1].is_hidden = True
        self.session.flush()
        return rows


def _kinds(card: Card) -> set[str]:
    """As the card shows them; that no study is cited it says itself."""
    return {link.kind for link in card.links if link.kind} or (
        {NO_STUDY} if card.is_without_study else set()
    )


def _family(card: Card, scene: Finding) -> str:
    """The family of the role that the byline names, read from its words."""
    said = of_series(scene.series.slug)
    words = (card.byline.detail if card.byline.mode == "named" else card.byline.name).split(" · ")[
        0
    ]
    for role, label in sorted(said.role_labels.items(), key=lambda one: -len(one[1])):
        if words.startswith(str(label)):
            return said.family_of(role)
    for family, label in said.family_labels.items():
        if words.startswith(str(label)):
            return family
    return ""


def _told(page: PivotPage) -> dict[tuple[str, str], int]:
    return {
        (row.slug, column.kind): pile.count
        for family in page.families
        for row in family.rows
        for column, pile in zip(page.columns, row.piles, strict=True)
        if pile.count
    }


@pytest.mark.parametrize("side", ["value", "cost"])
def test_every_number_stands_on_the_public_cards(session: Session, side: str) -> None:
    scene = Piling(session)
    rows = scene.fill()
    session.commit()
    found = [unfold(session, None, row.public_id, 3) for row in rows]
    cards = [one.card for one in found if one is not None]
    assert len(cards) == 18
    said = of_series(scene.series.slug)
    for level in ("", *said.levels):
        for role in ("", *said.family_labels):
            asked = PivotAsked(side, {k: v for k, v in (("level", level), ("role", role)) if v})
            page = pivot_page(session, None, scene.series.slug, asked)
            assert page is not None
            own = [
                card for card in cards
                if level in ("", card.level) and role in ("", _family(card, scene))
            ]  # fmt: skip
            counted = Counter(
                (chip.slug, kind)
                for card in own
                for chip in (card.served if side == "value" else card.outweighed)
                for kind in _kinds(card)
            )
            assert _told(page) == dict(counted), (level, role)
            assert page.total == len(own), (level, role)
            if role and any(card.byline.mode == "chatham_house" for card in own):
                raise AssertionError("a role of a position that shows none")


def test_each_number_leads_to_as_many_positions(app: Flask, session: Session) -> None:
    scene = Piling(session)
    scene.fill()
    session.commit()
    page = pivot_page(session, None, scene.series.slug, PivotAsked())
    assert page is not None
    client = app.test_client()
    piles = [pile for family in page.families for row in family.rows
             for pile in (*row.piles, row.total) if pile.count]  # fmt: skip
    for pile in piles[:20]:
        path, _mark, query = pile.url.partition("?")
        answered = client.get(f"{path}.json?{query}").json
        assert answered is not None
        assert answered["total"] == pile.count, pile.url
    assert len(piles) >= 10
    assert client.get(paths.pivot(scene.series.slug)).status_code == 200


def test_the_file_says_what_the_pages_say(app: Flask, session: Session) -> None:
    scene = Piling(session)
    scene.fill()
    session.commit()
    slug = scene.series.slug
    lines = list(csv.DictReader(StringIO(_file(app, slug).lstrip("\ufeff"))))
    said = of_series(slug)
    for level in said.levels:
        page = pivot_page(session, None, slug, PivotAsked("cost", {"level": level}))
        assert page is not None
        counted: Counter[tuple[str, str]] = Counter()
        for line in lines:
            if (line["side"], line["level"]) == ("cost", level):
                counted[line["value"], line["evidence"]] += int(line["positions"])
        assert _told(page) == dict(counted), level
    assert len(lines) > 20
    assert {line["role"] for line in lines} - {""} <= set(said.family_labels)
    scene.series.visibility = "members"
    session.commit()
    assert app.test_client().get(paths.pivot_file(slug)).status_code == 404


def _file(app: Flask, slug: str) -> str:
    return app.test_client().get(paths.pivot_file(slug)).text


def test_a_small_series_says_that_it_is_too_few(session: Session) -> None:
    scene = Finding(session)
    make_position(session, scene.thread)
    session.commit()
    page = pivot_page(session, None, scene.series.slug, PivotAsked())
    assert page is not None
    assert (page.is_told, page.sentence) == (False, "Not enough to say yet")


def test_what_one_may_not_read_is_counted_nowhere(session: Session) -> None:
    scene = Piling(session, visibility="members")
    scene.fill()
    session.commit()
    assert pivot_page(session, None, scene.series.slug, PivotAsked()) is None
    page = pivot_page(session, scene.as_(scene.member), scene.series.slug, PivotAsked())
    assert page is not None
    assert page.total == 18
