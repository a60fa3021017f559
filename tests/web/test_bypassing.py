"""What the bench takes apart to measure, nobody can ask of the site itself."""

from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from bench.bypassing import without_anything, without_pages
from discussion.web.site import site
from tests.architecture.reading import imports, modules
from tests.factories import make_series, make_thread


def test_the_site_knows_nothing_of_the_bench() -> None:
    found = [str(each) for module in modules() for each in imports(module)]
    assert len(found) > 1_000
    assert not [each for each in found if "imports bench" in each]
    built = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert 'packages = ["discussion"]' in built, "what is installed is the site alone"


def test_a_page_that_is_made_for_each_reader_is_the_page_that_is_kept(
    client: FlaskClient, session: Session
) -> None:
    thread = make_thread(session, make_series(session))
    path = f"/threads/{thread.slug}"
    usual = client.get(path).data
    app = client.application
    kept = site(app).assets["pages"]
    for bypassing in (without_pages, without_anything):
        made = bypassing(app).test_client().get(path).data
        again = site(app).assets["pages"]
        assert made == usual
        assert again is not kept
        assert again.find(("any",), "state") is None
