"""The page of an essay, and the one on which moderators enter it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from discussion import paths, text
from discussion.debate.evidence.identifiers import doi_address
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import visible_publications, visible_threads
from discussion.reach.publications.models import Essay, Publication, PublicationVersion
from discussion.reach.publications.queries.finding import find_version
from discussion.reach.publications.shapes import EssayText
from discussion.reach.publications.words import DOI_SAYS, FORMATS, GONE
from discussion.records import read
from discussion.series.series.models import Series

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS_A_MINUTE = 200
NAMED = 50  # threads that a browser may offer


@dataclass(frozen=True)
class Beside:
    """Something to read beside an essay."""

    title: str
    url: str
    says: str


@dataclass(frozen=True)
class EssayPage:
    series_slug: str
    series_title: str
    title: str
    theme: Beside | None
    essay: EssayText | None  # None where the version is withdrawn
    html: Markup
    gone: str
    hash: str
    number: int
    doi: str
    doi_url: str
    doi_says: str
    is_latest: bool
    latest_url: str
    led_to: Beside | None
    others: tuple[Beside, ...]
    files: tuple[Beside, ...]
    minutes: int
    edit_url: str
    is_carried: bool  # other sites may show a card of it


@dataclass(frozen=True)
class WriteEssayPage:
    series_slug: str
    series_title: str
    action_url: str
    list_url: str
    themes: tuple[tuple[str, str], ...]
    threads: tuple[tuple[str, str], ...]
    version: int
    is_new: bool


def essay_page(
    session: Session,
    viewer: Viewer | None,
    row: Publication,
    version: PublicationVersion,
) -> EssayPage:
    """One version of an essay, with what it led to and others beside it."""
    series, essay = row.series, session.get_one(Essay, row.id)
    latest = find_version(session, row)
    shown = read(EssayText, version.snapshot) if version.withdrawn_at is None else None
    theme = row.theme
    return EssayPage(
        series_slug=series.slug,
        series_title=series.title,
        title=shown.title if shown else series.title,
        theme=Beside(theme.question, paths.theme(series.slug, theme.slug), "") if theme else None,
        essay=shown,
        html=text.stored(shown.html if shown else ""),
        gone=str(GONE.get(version.withdrawn_why, "")),
        hash=version.hash,
        number=version.number,
        doi=version.doi,
        doi_url=doi_address(version.doi) if version.doi else "",
        doi_says=str(DOI_SAYS.get(version.doi_state, "")),
        is_latest=latest is not None and latest.id == version.id,
        latest_url=paths.publication(series.slug, row.slug),
        led_to=_led_to(session, viewer, essay),
        others=tuple(_others(session, viewer, row)),
        files=tuple(
            Beside(str(words), paths.publication_file(series.slug, row.slug, version.number, name),
                   "")
            for name, (_mime, words) in FORMATS.items()
            if shown and name in ("json", "bib", "ris", "csl")
        ),
        minutes=max(1, round(len(shown.text.split()) / WORDS_A_MINUTE)) if shown else 0,
        edit_url=paths.edit_essay(series.slug, row.slug)
        if allowed(viewer, May.COMPOSE, row)
        else "",
        is_carried=allowed(None, May.EMBED, row),
    )  # fmt: skip


def write_essay_page(session: Session, series: Series, row: Publication | None) -> WriteEssayPage:
    """What the form chooses from."""
    newest = _that_lead(series).order_by(Thread.id.desc()).limit(NAMED)
    threads = [(one.slug, one.question) for one in session.scalars(newest)]
    version = find_version(session, row) if row else None
    return WriteEssayPage(
        series_slug=series.slug,
        series_title=series.title,
        action_url=paths.edit_essay(series.slug, row.slug) if row else paths.new_essay(series.slug),
        list_url=paths.publications(series.slug),
        themes=tuple((one.slug, one.question) for one in series.themes if not one.retired_at),
        threads=tuple(sorted(threads, key=lambda one: one[1])),
        version=version.number if version else 0,
        is_new=row is None,
    )


def find_led_to(session: Session, series: Series, slug: str) -> Thread | None:
    """The thread at this address that an essay of the series may lead to."""
    return session.scalar(_that_lead(series).where(Thread.slug == slug)) if slug else None


def _that_lead(series: Series) -> Select[Thread]:
    return (
        select(Thread)
        .where(Thread.series_id == series.id)
        .where(Thread.stage != "proposed")
        .where(Thread.is_hidden.is_(False))
        .where(Thread.merged_into_id.is_(None))
    )


def find_essay(session: Session, row: Publication) -> Essay:
    """What an essay has beside its title."""
    return session.get_one(Essay, row.id)


def _led_to(session: Session, viewer: Viewer | None, essay: Essay) -> Beside | None:
    thread = session.scalar(
        select(Thread)
        .join(Thread.series)
        .where(Thread.id == essay.led_to_id)
        .where(visible_threads(viewer))
    )
    return Beside(thread.question, paths.thread(thread.slug), "") if thread else None


def _others(session: Session, viewer: Viewer | None, row: Publication) -> "Sequence[Beside]":
    """As they were published last; what is written since is not to be read yet."""
    rows = session.scalars(
        select(Publication)
        .join(Publication.series)
        .where(Publication.kind == "essay")
        .where(Publication.series_id == row.series_id)
        .where(Publication.id != row.id)
        .where(Publication.published_at.is_not(None))
        .where(visible_publications(viewer))
        .order_by(Publication.published_at.desc())
        .limit(5)
    )
    found = [(one.slug, find_version(session, one)) for one in rows]
    shown = [
        (slug, read(EssayText, version.snapshot))
        for slug, version in found
        if version is not None and version.withdrawn_at is None
    ]
    return [
        Beside(
            text.Spoken(said.title, said.language),
            paths.publication(row.series.slug, slug),
            said.author,
        )
        for slug, said in shown
    ]
