"""Freezing a version, taking one away, and making a corrected one."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from discussion import text
from discussion.debate.positions.queries.naming import find_letters
from discussion.debate.threads.models import Thread
from discussion.jobs.queue import enqueue
from discussion.language import _
from discussion.oversight.redactions.models import Redaction
from discussion.permissions.facts import Viewer, is_readable_thread
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Problem, Refused, too_long
from discussion.reach.publications.drafts_marks import QUESTION, without
from discussion.reach.publications.files.canonical import canonical
from discussion.reach.publications.models import (
    Publication,
    PublicationFile,
    PublicationSource,
    PublicationVersion,
)
from discussion.reach.publications.operations.composing import note
from discussion.reach.publications.operations.telling import forget_objections
from discussion.reach.publications.queries.checks import list_checks
from discussion.reach.publications.queries.document.about import about_of
from discussion.reach.publications.queries.document.making import Made, make_document
from discussion.reach.publications.queries.document.reading import Edition
from discussion.reach.publications.queries.registered import doi_for, list_wrong, wanted_state
from discussion.reach.publications.queries.standing import Standing, hash_of, shown_as, standing_of
from discussion.reach.publications.words import ASKED, GONE, MAX_NOTE, MAX_TITLE
from discussion.records import dump
from discussion.subjects.finding import subject_of
from discussion.subjects.happenings import happened

MAKE_FILES = "publications.make_files"
REGISTER = "publications.register"


def publish(
    session: Session,
    actor: Viewer,
    publication: Publication,
    *,
    correction: str = "",
    site_url: str,
    doi_prefix: str = "",
    now: datetime,
) -> PublicationVersion:
    """Freeze the next version. Raises Refused for what stands in its way, Invalid without a note.

    From the second version on, `correction` says what differs.
    """
    require(actor, May.COMPOSE, publication)
    hold(session, publication)
    before = _newest(session, publication)
    problems = [*too_long("note", correction, MAX_NOTE)]
    if before is not None and not text.line(correction):
        problems.append(Problem("note", _("Say what this version corrects.")))
    if problems:
        raise Invalid(tuple(problems))
    number = before.number + 1 if before else 1
    said = text.line(correction) if before else ""
    doi = doi_for(doi_prefix, publication, number)
    edition = Edition(number, now, said, site_url, doi)
    made = make_document(session, publication, publication.sections, publication.sources, edition)
    checks = list_checks(session, publication, publication.sources, made.document)
    if stopping := [one.says for one in checks if one.stops]:
        raise Refused(" ".join(stopping))
    version = _freeze(session, publication, publication.sections, made, edition, by=actor)
    note(
        session, actor, publication, "publish_briefing", now=now, version=version.number,
        hash=version.hash,
    )  # fmt: skip
    happened(session, "publication.published", version.id, now=now)
    return version


def withdraw(session: Session, actor: Viewer, publication: Publication, *, now: datetime) -> None:
    """Take the newest version away, with every file of it; the address says why. Raises Refused."""
    require(actor, May.COMPOSE, publication)
    hold(session, publication)
    version = _newest(session, publication)
    if version is None or version.withdrawn_at is not None:
        raise Refused(_("There is no version to withdraw."))
    take_away(session, version, "objection", now=now)
    note(session, actor, publication, "withdraw_briefing", now=now, version=version.number)


def look_after(session: Session, *, site_url: str, doi_prefix: str = "", now: datetime) -> int:
    """Take away every version that may not be shown any more, and correct the newest of each.

    Asks no right: the site does it by itself. Returns how many went. What somebody objected to
    goes with them when they leave.
    """
    forget_objections(session)
    _retitle(session, now)
    versions = session.scalars(
        select(PublicationVersion)
        .where(PublicationVersion.withdrawn_at.is_(None))
        .order_by(PublicationVersion.id)
    ).all()
    went = 0
    for version in versions:
        standing = standing_of(session, version)
        if standing.why:
            correct(session, version, standing, site_url=site_url, doi_prefix=doi_prefix, now=now)
            went += 1
    for version in list_wrong(session):
        promise_register(session, version, now)
    return went


def _retitle(session: Session, now: datetime) -> None:
    """A draft whose title says what was taken out of the question since is titled by that."""
    drafts = session.execute(
        select(Publication, Thread)
        .join(Publication.thread)
        .where(Publication.published_at.is_(None))
    ).all()
    for row, thread in drafts:
        kind, public_id = subject_of(thread).key
        taken = session.scalar(
            select(func.max(Redaction.made_at))
            .where(Redaction.subject_kind == kind)
            .where(Redaction.subject_id == public_id)
        )
        if taken is not None and taken > row.changed_at:
            row.title, row.changed_at = about_of(row)[0][:MAX_TITLE], now


def correct(
    session: Session,
    version: PublicationVersion,
    standing: Standing,
    *,
    site_url: str,
    doi_prefix: str = "",
    now: datetime,
) -> PublicationVersion | None:
    """Take a version away; of the newest make another without what may not be shown.

    The draft loses the same. None where there is nothing left to correct: an older version, or one
    whose thread nobody may read.
    """
    publication = version.publication
    hold(session, publication)
    newest = _newest(session, publication)
    gone = frozenset(mark for mark, why in standing.faults.items() if why != "label")
    sections = {purpose: without(said, gone) for purpose, said in version.sections.items()}
    drafted = publication.sections.items()
    publication.sections = {purpose: without(said, gone) for purpose, said in drafted}
    left = [
        row
        for row in version.sources
        if row.kind != QUESTION  # those that still stand are put in anew
        and standing.faults.get(row.mark) not in ("moved", "erased", "unread")
    ]
    thread = publication.thread
    is_readable = thread is None or is_readable_thread(None, thread) or not thread.is_hidden
    made = None
    about = about_of(publication)[0]
    if "redacted" in standing.faults.values() and version.snapshot.get("about") != about:
        publication.title = about[:MAX_TITLE]  # it may say what was taken out of the question
    if newest is version and is_readable and standing.why != "unread":
        number = version.number + 1
        doi = doi_for(doi_prefix, publication, number)
        edition = Edition(number, now, str(GONE[standing.why]), site_url, doi)
        made = edition, make_document(session, publication, sections, left, edition)
    take_away(session, version, standing.why, now=now)
    if made is None:
        return None
    edition, document = made
    corrected = _freeze(session, publication, sections, document, edition, by=None)
    note(
        session, None, publication, "correct_briefing", now=now, version=corrected.number,
        hash=corrected.hash, why=standing.why,
    )  # fmt: skip
    return corrected


def take_away(session: Session, version: PublicationVersion, why: str, *, now: datetime) -> None:
    """Nothing of it stays but its hash, when it went, and why."""
    session.execute(delete(PublicationFile).where(PublicationFile.version_id == version.id))
    session.execute(delete(PublicationSource).where(PublicationSource.version_id == version.id))
    session.expire(version, ["files", "sources"])
    version.sections, version.snapshot, version.note = {}, {}, ""
    version.withdrawn_at, version.withdrawn_why = now, why
    session.flush()
    promise_register(session, version, now)


def keep_files(session: Session, version: PublicationVersion, files: Mapping[str, bytes]) -> None:
    """Keep what was made of a version; one that was taken away meanwhile gets none."""
    hold(session, version.publication)
    session.refresh(version)
    if version.withdrawn_at is not None:
        return
    known = {one.format for one in version.files}
    for name, body in files.items():
        if name not in known:
            session.add(PublicationFile(version_id=version.id, format=name, body=body))
    session.flush()
    session.expire(version, ["files"])


def promise_register(session: Session, version: PublicationVersion, now: datetime) -> None:
    """Have the register told how the DOI of a version stands now, where it has one."""
    if version.doi:
        hour = now.strftime("%Y%m%d%H")
        once = f"{REGISTER}@{version.id}-{wanted_state(version)}-{hour}"
        enqueue(session, REGISTER, {"version": version.id}, now=now, once_key=once)


def keep_doi_state(session: Session, version: PublicationVersion, state: str) -> None:
    """Keep how the register took it."""
    version.doi_state = state
    session.flush()


def hold(session: Session, publication: Publication) -> None:
    """Of two who publish, the second sees what the first did."""
    session.flush()
    session.refresh(publication, with_for_update={"of": Publication})


def _newest(session: Session, publication: Publication) -> PublicationVersion | None:
    return session.scalar(
        select(PublicationVersion)
        .where(PublicationVersion.publication_id == publication.id)
        .order_by(PublicationVersion.number.desc())
        .limit(1)
    )


def _freeze(
    session: Session,
    publication: Publication,
    sections: Mapping[str, str],
    made: Made,
    edition: Edition,
    *,
    by: Viewer | None,
) -> PublicationVersion:
    snapshot = json.loads(canonical(dump(made.document)))  # plain words alone
    version = PublicationVersion(
        publication=publication,
        number=edition.number,
        sections=dict(sections),
        snapshot=snapshot,
        hash=sha256(canonical(snapshot)).hexdigest(),
        note=edition.note,
        made_by_id=by.person_id if by else None,
        made_at=edition.made_at,
        doi=edition.doi,
        doi_state=ASKED if edition.doi else "",
    )
    session.add(version)
    session.flush()
    _keep_sources(session, version, made.rests_on)
    publication.published_at = publication.published_at or edition.made_at
    publication.changed_at = edition.made_at
    session.flush()
    enqueue(session, MAKE_FILES, {"version": version.id}, now=edition.made_at)
    promise_register(session, version, edition.made_at)
    return version


def _keep_sources(
    session: Session, version: PublicationVersion, rows: Sequence[PublicationSource]
) -> None:
    letters = find_letters(session, {row.thread_id for row in rows if row.thread_id is not None})
    for row in rows:
        written, said = row.response or row.position, row.text or row.revision
        session.add(
            PublicationSource(
                publication_id=version.publication_id,
                version_id=version.id,
                mark=row.mark,
                kind=row.kind,
                thread_id=row.thread_id,
                position_id=row.position_id,
                revision_id=row.revision_id,
                response_id=row.response_id,
                text_id=row.text_id,
                item_id=row.item_id,
                snapshot_id=row.snapshot_id,
                question_id=row.question_id,
                code=row.code,
                shown_as=shown_as(written, letters) if written is not None else "",
                words_hash=hash_of(said) if said is not None else row.words_hash,
            )
        )
    session.flush()
    session.expire(version, ["sources"])
