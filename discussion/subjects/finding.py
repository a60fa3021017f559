"""Finding pieces of writing by kind and public id. Asks no right: whoever calls does."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from discussion.db import Base, Identified
from discussion.language import _
from discussion.subjects.kinds import KINDS, Subject
from discussion.subjects.shapes import Key, Place


def kind_named(kind: str) -> type[Subject] | None:
    """The kind that rows name so: position."""
    return next((one for one in KINDS if one.kind == kind), None)


def kind_at(plural: str) -> type[Subject] | None:
    """The kind that addresses of the desk name so: positions."""
    return next((one for one in KINDS if one.plural == plural), None)


def subject_of(row: Identified) -> Subject:
    """A row as what it is. Raises LookupError for a row that is no piece of writing."""
    for kind in KINDS:
        if isinstance(row, kind.model):
            return kind(row)
    raise LookupError(f"{type(row).__name__} is no kind of writing that wiring/ registers")


def kind_of_rows(model: type[Identified]) -> str:
    """How rows name the kind of this table."""
    return next(kind.kind for kind in KINDS if kind.model is model)


def headline(kind: str, action: str) -> str:
    """The outcome of a decision in one line, as the letter's subject."""
    if action == "overturn":
        return _("A decision on what you wrote was reversed")
    named = kind_named(kind)
    said = named.words.headlines.get(action) if named is not None else None
    return str(said or _("A moderator decided on what you wrote"))


def where_kept(kind: str) -> str:
    """Where its author still finds it, once readers do not; empty of a kind that says nothing."""
    named = kind_named(kind)
    return str(named.words.kept) if named is not None else ""


def kind_of(row: Identified) -> str:
    """How rows name its kind."""
    return subject_of(row).kind


def find_subject(
    session: Session, kind: type[Subject] | None, public_id: str, *, ever_shown: bool = False
) -> Subject | None:
    """One by its public id, whatever its state; with `ever_shown` one that readers may know of."""
    if kind is None:
        return None
    asked = select(kind.model).where(kind.model.public_id == public_id).options(*kind.beside)
    row = session.scalar(asked.where(kind.ever_shown()) if ever_shown else asked)
    return kind(row) if row is not None else None


def find_subjects(session: Session, keys: Iterable[Key]) -> dict[Key, Subject]:
    """Those of many that are there: one statement a kind."""
    return {
        (kind.kind, row.public_id): kind(row)
        for kind, ids in _by_kind(keys)
        for row in session.scalars(
            select(kind.model).where(kind.model.public_id.in_(ids)).options(*kind.beside)
        )
    }


def find_places(
    session: Session, which: Mapping[str, Collection[str] | Select[str]]
) -> dict[Key, Place]:
    """Where they stand and whose they are, by kind and (a query of) public ids: one statement a
    kind, and no row is loaded.
    """
    found: dict[Key, Place] = {}
    for name, ids in which.items():
        kind = kind_named(name)
        if kind is None:
            continue
        rows = session.execute(kind.standing().where(kind.model.public_id.in_(ids)))
        for public_id, thread_id, attribution, *people in rows:
            before = found.get((name, public_id), Place())
            own = (*before.own_ids, *(id for id in people if id is not None))
            found[name, public_id] = Place(thread_id, attribution, own)
    return found


def about(table: type[Base], subject: Subject | Key) -> ColumnElement[bool]:
    """The condition that a row of this table, which names pieces of writing, is about it."""
    kind, public_id = subject if isinstance(subject, tuple) else subject.key
    columns = table.__table__.c
    return and_(columns.subject_kind == kind, columns.subject_id == public_id)


def _by_kind(keys: Iterable[Key]) -> Iterator[tuple[type[Subject], list[str]]]:
    ids: dict[str, list[str]] = defaultdict(list)
    for name, public_id in keys:
        ids[name].append(public_id)
    for name, own in ids.items():
        if (kind := kind_named(name)) is not None:
            yield kind, own
