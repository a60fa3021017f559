"""The records as they are read: the newest, or an earlier version."""

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, paths, text
from discussion.language import _
from discussion.oversight.duties.models import DutyRecord
from discussion.oversight.duties.words import CODE_VERSION, KINDS
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed


@dataclass(frozen=True)
class RecordLine:
    """One record in the list of them."""

    kind: str
    title: str
    says: str
    url: str
    is_public: bool
    version: int  # 0 while nobody has written it
    review_on: date | None
    is_due: bool


@dataclass(frozen=True)
class DutiesPage:
    records: tuple[RecordLine, ...]
    can_write: bool


@dataclass(frozen=True)
class VersionLine:
    version: int
    url: str
    written_at: datetime
    what_changed: str
    is_shown: bool


@dataclass(frozen=True)
class RecordPage:
    """One version of one record."""

    kind: str
    title: str
    says: str
    is_public: bool
    index_url: str
    write_url: str  # empty for who may not
    version: int
    words: Markup
    code_version: str
    review_on: date | None
    is_due: bool
    written_at: datetime | None
    versions: tuple[VersionLine, ...]


@dataclass(frozen=True)
class WritePage:
    kind: str
    title: str
    says: str
    url: str
    record_url: str
    prompts: tuple[tuple[str, str], ...]
    is_first: bool
    newest: str  # what somebody else wrote meanwhile; empty otherwise


def duties_page(session: Session, viewer: Viewer | None, now: datetime) -> DutiesPage:
    """The records that the viewer may read."""
    newest = {
        row.kind: row for row in session.scalars(select(DutyRecord).order_by(DutyRecord.version))
    }
    is_administrator = allowed(viewer, May.ADMINISTER)
    return DutiesPage(
        records=tuple(
            RecordLine(
                kind=kind,
                title=str(said.title),
                says=str(said.says),
                url=paths.duty(kind),
                is_public=said.is_public,
                version=newest[kind].version if kind in newest else 0,
                review_on=newest[kind].review_on if kind in newest else None,
                is_due=_is_due(newest.get(kind), now),
            )
            for kind, said in KINDS.items()
            if is_administrator or (said.is_public and kind in newest)
        ),
        can_write=is_administrator,
    )


def record_page(
    session: Session, viewer: Viewer | None, kind: str, version: int | None, now: datetime
) -> RecordPage | None:
    """The newest version, or the one that is named; None for what the viewer may not read."""
    is_administrator = allowed(viewer, May.ADMINISTER)
    said = KINDS.get(kind)
    if said is None or not (said.is_public or is_administrator):
        return None
    rows = session.scalars(
        select(DutyRecord).where(DutyRecord.kind == kind).order_by(DutyRecord.version.desc())
    ).all()
    shown = next((row for row in rows if version in (None, row.version)), None)
    if shown is None and (version is not None or not is_administrator):
        return None
    return RecordPage(
        kind=kind,
        title=str(said.title),
        says=str(said.says),
        is_public=said.is_public,
        index_url=paths.duties(),
        write_url=paths.write_duty(kind) if is_administrator else "",
        version=shown.version if shown else 0,
        words=text.stored(shown.html if shown else ""),
        code_version=shown.code_version if shown else "",
        review_on=shown.review_on if shown else None,
        is_due=_is_due(shown, now),
        written_at=shown.written_at if shown else None,
        versions=tuple(
            VersionLine(
                row.version,
                paths.duty_version(kind, row.version),
                row.written_at,
                row.what_changed,
                row is shown,
            )
            for row in rows
        ),
    )


def write_page(
    session: Session, viewer: Viewer | None, kind: str, *, is_late: bool = False
) -> tuple[WritePage, DutyRecord | None] | None:
    """The form's page and the version it begins from; None for who may not write."""
    said = KINDS.get(kind)
    if said is None or not allowed(viewer, May.ADMINISTER):
        return None
    newest = session.scalar(
        select(DutyRecord)
        .where(DutyRecord.kind == kind)
        .order_by(DutyRecord.version.desc())
        .limit(1)
    )
    page = WritePage(
        kind=kind,
        title=str(said.title),
        says=str(said.says),
        url=paths.write_duty(kind),
        record_url=paths.duty(kind),
        prompts=tuple((str(heading), str(question)) for heading, question in said.prompts),
        is_first=newest is None,
        newest=newest.text if newest is not None and is_late else "",
    )
    return page, newest


def first_text(kind: str) -> str:
    """The prompts as headings to be written under, for who begins."""
    parts = [f"## {heading}\n\n*{question}*" for heading, question in KINDS[kind].prompts]
    return "\n\n".join(parts)


def first_code() -> str:
    """The version of the regulator’s codes that a first record is offered with."""
    return CODE_VERSION


def due_in_words(record: DutyRecord, now: datetime) -> str:
    """In how many days a record is to be reviewed, or that it is now."""
    days = (record.review_on - clock.day(now)).days
    if days > 0:
        return _("in %(days)s days", days=days)
    return _("now")


def _is_due(record: DutyRecord | None, now: datetime) -> bool:
    return record is not None and record.review_on <= clock.day(now)
