"""No word is too long: every page keeps its width, its words and its buttons."""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime
from pathlib import Path
from threading import Thread as OSThread
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from discussion.app import create_app
from discussion.cli.demo import demonstration_settings
from discussion.db import transaction
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.threads.models import Thread
from discussion.decisions.models import Decision
from discussion.migrations import every_table
from discussion.oversight.appeals.models import Appeal
from discussion.oversight.reports.models import Report
from discussion.people.accounts.models import Person
from discussion.reach.needed.models import Question
from discussion.reach.publications.models import Publication, Quoting
from discussion.reach.webhooks.models import Webhook
from discussion.series.series.models import Series
from discussion.series.values.models import ValueProposal
from discussion.web.site import raters_secret
from discussion.weighing.practice.keys import link_of
from discussion.weighing.practice.models import Run, RunInvitation
from discussion.weighing.rounds.models import Round
from discussion.weighing.statements.models import Confirmation, Statement, StatementVersion
from tests.browser.conftest import Served
from tests.browser.longest import NOT_TYPED, OURS, SHORT, TYPED, lengthen, long_word
from tests.factories import NOW, make_cycle, make_person
from tests.permissions.addresses import FILL, Fill, _one_of, addresses
from tests.permissions.world import World

pytestmark = pytest.mark.browser
WIDTHS = (320, 360, 1440)
FAULTS = (Path(__file__).parent / "faults.js").read_text()
THREADS = ("compel-enrichment", "tutoring-or-the-classroom", "grouping-by-attainment",
           "before-a-penalty-notice")  # fmt: skip
FORMS = "main form[method=post]:has(textarea, input:not([type]), input[type=text])"
SEND = """([form, word]) => {
  const one = document.querySelector(form);
  for (const each of one.querySelectorAll("textarea, input:not([type]), input[type=text]"))
    each.value = word;
  one.submit();
}"""
MOST = {"practice.run": 2, "practice.answer": 2, "practice.letters": 2,
        "threads.page": 3, "positions.page": 3, "positions.write": 2, "findings.page": 2,
        "threads.curate": 2}  # pages of a kind; one of all others  # fmt: skip
NO_PAGES = {  # files, what machines ask, what only leads on, and what opens with a secret alone
    "about.security_txt", "evidence.cite_bibtex", "evidence.cite_ris", "evidence.find",
    "evidence.unchecked", "healthz", "metrics", "positions.cite_bibtex", "positions.cite_ris",
    "positions.sent", "readyz", "rights.fetch", "rounds.comments_file", "rounds.summary_file",
    "rounds.groups_file", "script", "static",
    "statusz", "stylesheet", "responses.is_it_restated_fairly", "threads.steelman",
    "transparency.log_file",
    "transparency.report_file", "accounts.address", "accounts.confirm", "accounts.reset",
    "accounts.second", "members.invitation", "threads.warnings", "notices.stop",
    "feeds.calendar", "feeds.everything", "feeds.index", "feeds.item", "feeds.log",
    "feeds.one_map", "feeds.robots", "feeds.series", "feeds.theme", "feeds.thread", "feeds.value",
    "pictures.manifest", "pictures.mark", "pictures.of_finding", "pictures.of_position",
    "pictures.of_series", "pictures.of_thread", "publications.file", "packages.file",
    "pictures.of_site", "search.first", "search.near", "search.pivot_file",
    "feeds.published", "feeds.published_in", "publications.findings_csv",
    "publications.findings_dictionary", "publications.findings_pdf", "publications.outcome_csv",
    "publications.outcome_dictionary", "publications.outcome_pdf",
    "feeds.question", "feeds.what_is_needed", "needed.every_csv", "needed.question_csv",
    "more_styles", "search.feed", "sharing.oembed", "sharing.style",
    "sharing.findings_cited", "sharing.item_cited", "sharing.position_cited",
    "sharing.publication_cited", "sharing.thread_cited",
    "practice.edition_table", "practice.mirror_table", "practice.own_mirror_table",
    "publications.mirror_pdf", "publications.own_mirror_pdf",
}  # fmt: skip
STAFF = ("moderator", "convener", "contributor", "administrator")


def test_every_column_of_text_is_typed_by_people_or_says_why_it_is_not() -> None:
    """One that is new joins TYPED of tests/browser/longest.py, and is walked with a long word."""
    missing = [
        f"{table.name}.{column.name}"
        for table in every_table().tables.values()
        for column in table.columns
        if isinstance(column.type, sa.String) and (column.type.length or SHORT) >= SHORT
        if column.name not in TYPED.get(table.name, ()) and not column.name.endswith(OURS)
        if f"{table.name}.{column.name}" not in NOT_TYPED
    ]
    assert not missing, missing


@pytest.fixture(scope="module")
def long_site(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration, in which everything that people typed is one long word."""
    folder = tmp_path_factory.mktemp("long") / "site"
    shutil.copytree(demonstration, folder)
    server = make_server("127.0.0.1", 0, lambda _environ, _start: [], threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    settings = replace(demonstration_settings(folder, server.server_port), base_url=url)
    server.app = app = create_app(settings)
    engine = app.extensions["site"].engine
    with transaction(engine) as session:
        proposal = _add_more(session)
    with engine.begin() as connection:
        lengthen(connection, dict(every_table().tables))
    letter = EmailMessage(policy=default)
    letter["Subject"], letter["To"] = long_word(200), "somebody@example.org"
    letter["Date"] = format_datetime(NOW)
    letter.set_content(f"{long_word(400)}\n\n{url}/threads/{'x' * 200}\n")
    settings.mail_folder.mkdir(exist_ok=True)
    (settings.mail_folder / "1.eml").write_bytes(letter.as_bytes())
    thread = OSThread(target=server.serve_forever, daemon=True)
    thread.start()
    app.extensions["proposal"] = proposal
    yield Served(app, url)
    server.shutdown()
    thread.join()
    server.server_close()
    engine.dispose()


def test_no_page_is_pushed_apart_by_a_long_word(
    long_site: Served, chromium: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every address, before the first who may read it, at three widths; then its form, sent."""
    proposal = long_site.app.extensions["proposal"]
    monkeypatch.setitem(FILL, ("/moderation/values/", "public_id"), _one_of(proposal))
    monkeypatch.setitem(FILL, ("/dev/mail/", "name"), _one_of("1"))
    with long_site.transaction() as session:
        for place, filling in _of_practice(session, long_site.app).items():
            monkeypatch.setitem(FILL, place, filling)
        hook = session.scalars(select(Webhook.public_id)).one()
        monkeypatch.setitem(FILL, ("/webhooks/<slug>/", "public_id"), _one_of(hook))
        quoting = session.scalars(
            select(Quoting).where(Quoting.position_id.is_not(None)).order_by(Quoting.id)
        ).first()
        assert quoting is not None
        assert quoting.position is not None
        monkeypatch.setitem(
            FILL, ("/publications/quoted/", "public_id"), _one_of(quoting.public_id)
        )
        world = _world_of(session)
        people = _readers(session, world, quoting.position.author_id)
        filled = [(str(one.rule.endpoint), one.path(long_site.app))
                  for one in addresses(long_site.app, world, "GET")]  # fmt: skip
        thread = quoting.position.thread.slug
        filled.append(("notices.follow", f"/notices/follow?what=thread&subject={thread}"))
    readers = [_page_of(chromium, long_site, person) for person in [*people, None]]
    wrong: list[str] = []
    forms: dict[str, tuple[Any, str]] = {}
    shown: Counter[str] = Counter()
    for endpoint, path in filled:
        if shown[endpoint] == MOST.get(endpoint, 1) or (page := _open(readers, path)) is None:
            continue
        shown[endpoint] += 1
        wrong += _faults(page, path)
        if page.locator(FORMS).count():
            forms.setdefault(endpoint, (page, path))
    for page, path in forms.values():
        page.goto(path)
        with page.expect_navigation():
            page.evaluate(SEND, [FORMS, long_word(20_000)])
        wrong += _faults(page, f"{path}, sent")
    wrong += _pasted(*forms["evidence.add"])
    for page in readers:
        page.context.close()
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:40])
    everywhere = {str(rule.endpoint) for rule in long_site.app.url_map.iter_rules()
                  if "GET" in (rule.methods or ())}  # fmt: skip
    assert everywhere - set(shown) <= NO_PAGES, sorted(everywhere - set(shown) - NO_PAGES)


def _pasted(page: Any, path: str) -> list[str]:
    """The account of what was read, where a reference is one long word."""
    word = long_word(400)
    page.goto(path)
    page.fill("textarea[name=source]", f"@article{{x, title={{{word}}}, author={{{word}}}, "
                                       f"journal={{{word}}}, keywords={{{word}}}}}")  # fmt: skip
    with page.expect_navigation():
        page.click("form:has([name=source]) button")
    assert page.locator(".account").count(), page.url
    return _faults(page, f"{path}, read")


def _open(readers: list[Any], path: str) -> Any:
    """The page before the first who is shown it; what is no page is nobody's."""
    for page in readers:
        answer = page.request.get(path, max_redirects=0)
        if answer.status == 200 and "html" in answer.headers["content-type"]:
            page.goto(path)
            return page
    return None


def _faults(page: Any, where: str) -> list[str]:
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{where} at {width}: {fault}" for fault in page.evaluate(FAULTS)]
    return found


def _page_of(chromium: Any, site: Served, person: Person | None) -> Any:
    context = chromium.new_context(
        base_url=site.url, java_script_enabled=False, reduced_motion="reduce"
    )
    context.set_default_timeout(20_000)
    if person is not None:
        context.add_cookies([site.cookie_of(person)])
    return context.new_page()


def _readers(session: Session, world: World, quoted: int) -> list[Person]:
    """The staff of the demonstration; then whoever has something of their own there."""
    asked = select(Confirmation.person_id).where(Confirmation.answer == "unanswered").limit(1)
    own = {quoted, world.positions[0].author_id, *(one.author_id for one in world.responses[:1])}
    emails = [f"{role}@example.org" for role in STAFF]
    rows = session.scalars(
        select(Person).where(
            Person.email.in_(emails) | Person.id.in_({*own, *session.scalars(asked)})
        )
    )
    by_email = {row.email: row for row in rows}
    return [by_email.pop(email) for email in emails] + list(by_email.values())


def _world_of(session: Session) -> World:
    """Some rows of every kind, the fullest first."""
    threads = session.scalars(select(Thread).where(Thread.slug.in_(THREADS))).all()
    here = [one for thread in threads for one in thread.positions]
    open_ones = [one for one in here if one.thread.stage == "open" and one.state == "published"]
    told = [one for one in here if len(one.revisions) > 1 or one.state == "withdrawn"]
    positions = [*[one for one in open_ones if one.responses][:1], *told[:2], *here[:1]]
    people = session.scalars(select(Person).order_by(Person.id)).all()
    return World(
        people={"a": people[0], "c": people[0], "o": people[5]},
        series=list(session.scalars(select(Series))),
        threads=list(threads),
        positions=list(dict.fromkeys(positions)),
        statements=_statements(session),
        responses=[one for position in positions for one in position.responses][:2],
        items=list(session.scalars(select(EvidenceItem).order_by(EvidenceItem.id).limit(3))),
        reports=list(session.scalars(select(Report))),
        decisions=list(session.scalars(select(Decision).order_by(Decision.id).limit(2))),
        appeals=list(session.scalars(select(Appeal))),
        rounds=list(session.scalars(select(Round))),
        publications=list(session.scalars(select(Publication).order_by(Publication.id))),
        questions=list(session.scalars(select(Question).order_by(Question.id).limit(3))),
    )


def _of_practice(session: Session, app: Flask) -> dict[tuple[str, str], Fill]:
    """A run that is open and one that is closed, links that open them, and a code."""
    opened = session.scalars(select(Run).where(Run.state == "open")).one()
    closed = session.scalars(select(Run).where(Run.state == "closed").order_by(Run.id)).first()
    assert closed is not None
    asked = [
        session.scalars(
            select(RunInvitation.public_id).where(RunInvitation.run_id == run.id).limit(1)
        ).one()
        for run in (opened, closed)
    ]
    links = [link_of(raters_secret(app), one) for one in asked]
    return {
        ("/practice/runs/", "public_id"): _one_of(opened.public_id, closed.public_id),
        ("/practice/answer/", "link"): _one_of(*links),
        ("/practice/join/", "code"): _one_of(opened.code),
        ("/practice/<slug>/organisations/", "public_id"): _one_of(closed.organisation.public_id),
    }


def _statements(session: Session) -> list[Statement]:
    """The first, and one whose author has not answered whether it is fair."""
    asked = select(Confirmation.version_id).where(Confirmation.answer == "unanswered")
    version = session.scalars(
        select(StatementVersion).where(StatementVersion.id.in_(asked))
    ).first()
    first = session.scalars(select(Statement).order_by(Statement.id)).first()
    assert first is not None
    assert version is not None
    return [first, session.get_one(Statement, version.statement_id)]


def _add_more(session: Session) -> str:
    """What the demonstration has none of: an earlier cycle, a proposed value, a webhook."""
    series = session.scalars(select(Series)).one()
    thread = session.scalars(select(Thread).where(Thread.slug == THREADS[0])).one()
    make_cycle(session, thread, summary="What it came to.")
    thread.cycle = 2
    proposal = ValueProposal(series_id=series.id, label="Kinship", created_at=NOW)
    session.add(proposal)
    person = make_person(session, email="administrator@example.org", is_administrator=True)
    session.flush()
    session.add(Webhook(series_id=series.id, name="Ward", url="https://chat.example.org/x",
                        kinds=[], form="whole", made_by_id=person.id, made_at=NOW,
                        since=NOW))  # fmt: skip
    session.flush()
    return proposal.public_id
