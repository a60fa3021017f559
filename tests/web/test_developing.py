"""While debug is on, what is changed is seen at once: no style, script or page is kept."""

import shutil
from dataclasses import replace
from pathlib import Path

from flask import Flask

from discussion.app import create_app
from discussion.config import Settings
from discussion.web import assets
from discussion.web.site import Site
from tests.architecture.reading import ROOT

RULE = ".added-while-it-runs { color: inherit }\n"
SERVED = ".added-while-it-runs{color:inherit}"


def test_a_changed_style_and_script_are_served_at_the_next_request(
    tmp_path: Path, settings: Settings
) -> None:
    static = tmp_path / "static"
    shutil.copytree(ROOT / "static", static)
    app = Flask("changing", static_folder=None)
    app.debug = True
    kept = dict(assets.install(app, static))
    app.extensions["site"] = site = Site(settings, None, None, None, "")  # type: ignore[arg-type]
    site.assets.update(kept)
    browser = app.test_client()

    with (static / "css" / "base.css").open("a") as css:
        css.write(RULE)
    with (static / "js" / "enhance.js").open("a") as script:
        script.write("export const addedWhileItRuns = 1;\n")
    browser.get("/asked-for-a-page")

    assert site.assets["css_url"] != kept["css_url"]
    assert SERVED in browser.get(site.assets["css_url"]).text
    assert "addedWhileItRuns" in browser.get(site.assets["js_url"]).text
    assert browser.get(kept["css_url"]).status_code == 404


def test_no_page_is_kept_by_the_site_or_by_a_browser(settings: Settings) -> None:
    app = create_app(replace(settings, debug=True))
    told = {
        path: app.test_client().get(path).headers["Cache-Control"] for path in ("/about", "/terms")
    }
    assert told == {"/about": "no-store", "/terms": "no-store"}
    assert app.jinja_env.auto_reload
    assert create_app(settings).test_client().get("/about").headers["Cache-Control"] == "no-cache"
