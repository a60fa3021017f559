"""Keeping an essay of an invited voice, and publishing its versions."""

import json
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, paths, text
from discussion.debate.evidence.identifiers import doi_address
from discussion.debate.threads.models import Thread
from discussion.language import _, in_words
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Problem, refuse, too_long
from discussion.reach.publications.drafts_essay import EssayDraft, problems_in
from discussion.reach.publications.files.canonical import canonical
from discussion.reach.publications.files.references import cited_files
from discussion.reach.publications.models import Essay, Publication, PublicationVersion
from discussion.reach.publications.operations.composing import free_slug, note
from discussion.reach.publications.operations.publishing import hold, keep_files, promise_register
from discussion.reach.publications.queries.essays import find_led_to
from discussion.reach.publications.queries.finding import find_version
from discussion.reach.publications.queries.registered import doi_for
from discussion.reach.publications.shapes import Cited, EssayText
from discussion.reach.publications.words import ASKED, MAX_NOTE
from discussion.records import dump
from discussion.series.series.models import Series, Theme


def keep_essay(
    session: Session,
    actor: Viewer,
    series: Series,
    draft: EssayDraft,
    *,
    row: Publication | None = None,
    now: datetime,
) -> Publication:
    """Keep what is written; the first time it gets its address. Raises Invalid."""
    require(actor, May.COMPOSE, series)
    led_to = _led_to(session, series, draft, row)
    refuse([*problems_in(draft), *_problems_in_led_to(draft, led_to)])
    if row is None:
        row = Publication(
            series=series, kind="essay", slug=free_slug(session, draft.title), title="",
            sections={}, made_at=now, changed_at=now,
        )  # fmt: skip
        session.add(row)
        session.flush()
        session.add(Essay(publication_id=row.id))
        session.flush()
    essay = session.get_one(Essay, row.id)
    row.title, row.changed_at = text.line(draft.title), now
    row.language = text.language_of(draft.text, "", (series.language,))
    row.theme = session.scalar(
        select(Theme).where(Theme.series_id == series.id).where(Theme.slug == draft.theme)
    )
    essay.led_to = led_to
    for name in ("standfirst", "author", "life", "portrait", "provenance", "provenance_url"):
        setattr(essay, name, text.line(getattr(draft, name)))
    essay.text = text.paragraphs(draft.text)
    essay.html = str(text.render(essay.text, prefix=f"e{row.public_id}-"))
    essay.written_on = draft.written_on
    session.flush()
    return row


def _led_to(
    session: Session, series: Series, draft: EssayDraft, row: Publication | None
) -> Thread | None:
    """The thread that is named; the one that was stays, also where it was hidden since."""
    before = session.get_one(Essay, row.id).led_to if row else None
    if before is not None and before.slug == draft.led_to:
        return before
    return find_led_to(session, series, draft.led_to)


def _problems_in_led_to(draft: EssayDraft, found: Thread | None) -> list[Problem]:
    if not draft.led_to or found is not None:
        return []
    says = _("No thread of this series has that address. Paste the one of a thread’s page.")
    return [Problem("led_to", says)]


def publish_essay(
    session: Session,
    actor: Viewer,
    row: Publication,
    *,
    correction: str = "",
    site_url: str,
    doi_prefix: str = "",
    now: datetime,
) -> PublicationVersion:
    """Freeze the next version; from the second on `correction` says what differs, else Invalid."""
    require(actor, May.COMPOSE, row)
    hold(session, row)
    before, essay = find_version(session, row), session.get_one(Essay, row.id)
    said = text.line(correction)
    refuse(too_long("note", correction, MAX_NOTE))
    if before is not None and not said:
        raise Invalid((Problem("note", _("Say what this version corrects.")),))
    number = before.number + 1 if before else 1
    url = site_url + paths.publication(row.series.slug, row.slug, number)
    day = essay.written_on or clock.day(now)
    doi = doi_for(doi_prefix, row, number)
    found = EssayText(
        schema=1,
        title=str(row.title),
        language=row.language,
        standfirst=essay.standfirst,
        text=essay.text,
        html=essay.html,
        author=essay.author,
        life=essay.life,
        portrait=essay.portrait,
        provenance=essay.provenance,
        provenance_url=essay.provenance_url,
        series=str(row.series.title),
        written_on=day.isoformat(),
        url=url,
        version=number,
        note=said if before else "",
        cite_as=_(
            "%(author)s (%(year)s) %(title)s. %(series)s, %(day)s. Available at: %(url)s",
            author=essay.author,
            year=day.year,
            title=row.title,
            series=row.series.title,
            day=in_words(day, "d MMMM"),
            url=doi_address(doi) if doi else url,
        ),
        is_demonstration=row.series.is_demonstration,
        doi=doi,
    )
    snapshot = json.loads(canonical(dump(found)))
    version = PublicationVersion(
        publication=row,
        number=number,
        sections={},
        snapshot=snapshot,
        note=found.note,
        hash=sha256(canonical(snapshot)).hexdigest(),
        made_by_id=actor.person_id,
        made_at=now,
        doi=doi,
        doi_state=ASKED if doi else "",
    )
    session.add(version)
    session.flush()
    row.published_at = row.published_at or now
    promise_register(session, version, now)
    cited = Cited(
        f"{row.slug}-{number}", found.title, (found.author,), day.year, found.series,
        url if url.startswith("http") else None, doi or None, "", row.language, None,
    )  # fmt: skip
    keep_files(session, version, cited_files([cited]))
    note(session, actor, row, "publish_essay", now=now, version=number, hash=version.hash)
    return version
