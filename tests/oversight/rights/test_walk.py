"""After two people have left, no page of the site tells who they were, to whoever reads it."""

from collections.abc import Iterator, Sequence

import pytest
from flask import Flask

from discussion.app import create_app
from discussion.config import Settings
from discussion.db import session_for
from discussion.migrations import every_table
from discussion.web.site import site
from tests.conftest import SECRET, sign_in, words_of
from tests.factories import make_member, viewer
from tests.oversight.rights.leaver import Leaver, leave, make_leaver
from tests.permissions.addresses import addresses
from tests.permissions.world import World
from tests.surfaces.registry import Shown, Walk, letters, series_files


@pytest.fixture
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application with its own database, so that it keeps pages as it does in earnest."""
    made = create_app(
        Settings(environment="test", secret_key=SECRET, fast_passwords=True, check_links=False,
                 data_dir=tmp_path_factory.mktemp("left"))
    )  # fmt: skip
    every_table().create_all(site(made).engine)
    yield made
    site(made).engine.dispose()


def test_no_page_tells_who_has_left_nor_what_they_took_along(walked: Flask) -> None:
    with session_for(site(walked).engine, writes=True) as session:
        stayed = make_leaver(session, "qza")
        gone = make_leaver(session, "qzb", stayed.series)
        convener = make_member(session, stayed.series, role="convener")
        readers = {"visitor": None, "convener": convener}
        session.commit()
        visitor = walked.test_client()
        kept = [f"/threads/{thread.slug}" for thread in stayed.threads[:3] + gone.threads[:3]]
        before = "".join(visitor.get(path).text for path in kept)
        assert "Quillon qzaname" in before
        assert "Quillon qzbname" in before

        leave(session, stayed, "keep")
        leave(session, gone, "delete")
        session.commit()

        world = _world(stayed, gone)
        for letter in "aco":
            world.people[letter] = convener
        forbidden = (*stayed.marks.person, stayed.marks.unpublished, *gone.marks.everything)
        forbidden += (stayed.person.public_id, gone.person.public_id, "Quillon")
        wrong, met, pages = [], 0, 0
        for name, person in readers.items():
            client = walked.test_client()
            session.commit()
            if person is not None:
                sign_in(client, person)
            who = viewer(session, person) if person else None
            session.commit()
            walk = Walk(walked, session, world, client, who)
            for shown in (*_pages(walk, kept), *letters(walk), *series_files(walk)):
                pages += 1
                met += stayed.marks.published in shown.words
                found = [word for word in forbidden if word in shown.words]
                if found and not _is_asked_for(shown.where, found, stayed, gone):
                    wrong.append(f"{name}: {found} in {shown.where}")
        assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:20])
        assert met > 20, f"what was kept is hardly reached at all, in {pages} pages"


def _pages(walk: Walk, kept: Sequence[str]) -> Iterator[Shown]:
    """Pages for the convener, who sees most; what they say as JSON for the visitor, and the pages
    that the site had kept for them."""
    paths = [address.path(walk.app) for address in addresses(walk.app, walk.world, "GET")]
    for path in paths if walk.viewer else (*kept, *(f"{path}.json" for path in paths)):
        answered = walk.client.get(path)
        said = words_of(answered)
        yield Shown(path, f"{said}\n{answered.headers}")


def _world(stayed: Leaver, gone: Leaver) -> World:
    """One of each kind: the walk takes every page for each of them."""
    made = World(series=[stayed.series], threads=[stayed.threads[0], gone.threads[1]])
    made.positions = [stayed.positions[0], gone.positions[0], gone.positions[3], stayed.other]
    made.responses = [*stayed.responses[:1], gone.answer]
    made.items = [stayed.items[0], gone.items[1]]
    return made


def _is_asked_for(where: str, found: list[str], *made: Leaver) -> bool:
    """An address that holds their number gives it back, and leads nowhere."""
    own = {one.person.public_id for one in made}
    return set(found) <= own and any(public_id in where for public_id in own)
