"""What one response costs whoever reads: `python -m bench.responding [--rounds 6] [--postgresql]`.

In one process, without a server: milliseconds of the processor for opening the form, for sending
it, and then for each page of its series as a visitor and as two members ask for it. The first of
each kind pays for what has changed; a machine that others use as well changes little of that.
"""

import argparse
import gzip
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from flask import Flask

from bench.busy import fill
from bench.servers import settings_of
from bench.writing import AS_BROWSERS, TYPED, WORDS
from discussion.app import create_app
from discussion.db import make_engine
from discussion.web.site import site
from tests.databases import migrated_database
from tests.kept.browser import form_of

WARMING = 2  # rounds that are not counted: some libraries are loaded when they are first needed


class Asking:
    """Asks one application, and keeps what each kind of request took."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self.took: dict[str, list[float]] = defaultdict(list)

    def ask(self, name: str, path: str, cookie: str = "", body: str | None = None) -> str:
        client = self._app.test_client(use_cookies=False)
        headers = AS_BROWSERS | ({"Cookie": cookie} if cookie else {})
        began = time.process_time()
        if body is None:
            answered = client.get(path, headers=headers)
        else:
            kind = "application/x-www-form-urlencoded"
            answered = client.post(path, data=body, headers=headers, content_type=kind)
        said = answered.data
        self.took[name].append(1000 * (time.process_time() - began))
        if answered.status_code != (200 if body is None else 303):
            raise RuntimeError(f"{path} answered {answered.status_code}")
        is_packed = answered.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(said) if is_packed else said).decode()


def main() -> None:
    typed = _arguments()
    kind = "postgresql" if typed.postgresql else "sqlite"
    with (
        tempfile.TemporaryDirectory(prefix="bench-responding-") as name,
        migrated_database(kind, Path(name)) as url,
    ):
        took = _measure(Path(name), url, typed.rounds + WARMING)
    print(f"\nOne response, and the pages after it, {kind}\n\n{'':24}{'CPU ms':>8}")
    for each, many in took.items():
        print(f"{each:24}{median(many[WARMING:]):8.1f}")


def _measure(folder: Path, url: str, rounds: int) -> dict[str, list[float]]:
    engine = make_engine(url, threads=2)
    world = fill(engine, folder, url)
    engine.dispose()
    app = create_app(settings_of(folder, url))
    asking = Asking(app)
    writers, members = world.cookies[:8], world.cookies[8:]
    for number in range(rounds):
        path = f"/positions/{world.positions[number % len(world.positions)]}/respond"
        writer = writers[number % len(writers)]
        form = form_of(asking.ask("opening the form", path, writer), path)
        form |= {name: [value] for name, value in TYPED.items()}
        body = urlencode(form | {"text": [WORDS.format(n=number)]}, doseq=True)
        asking.ask("sending it", path, writer, body)
        for page, address in world.pages.items():
            asking.ask(f"{page}, visitor", address)
            asking.ask(f"{page}, member", address, members[0])
            asking.ask(f"{page}, next member", address, members[1])
    site(app).engine.dispose()
    return asking.took


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.responding", description=__doc__)
    parser.add_argument("--rounds", type=int, default=6, help="how often each is measured")
    parser.add_argument("--postgresql", action="store_true", help="and not SQLite")
    return parser.parse_args()


if __name__ == "__main__":
    main()
