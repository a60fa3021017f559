"""Where I stand: one's own answers beside the room's, for oneself alone, and kept nowhere."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.analysis.answers import side
from discussion.language import _, _n
from discussion.permissions.facts import Viewer
from discussion.weighing.findings.computing.given import Rater
from discussion.weighing.findings.computing.groups import declared, parts_of
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.inputs import family_of_rater
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.sentences.numbers import in_small_words
from discussion.weighing.findings.shapes.groups import Cell
from discussion.weighing.findings.shapes.page import Mine, OwnAnswer
from discussion.weighing.rounds.keys import rater_key
from discussion.weighing.rounds.models import Rating, RoundPost, RoundStatement
from discussion.weighing.rounds.words import NOT_NUMBERS


def where_i_stand(
    session: Session, viewer: Viewer | None, snapshot: FindingSnapshot, basis: Basis, secret: str
) -> Mine | None:
    """None for who is signed out, did not rate, or has taken their answers away."""
    if viewer is None or basis.about.imported_from:
        return None
    own = _own_values(session, snapshot, rater_key(secret, basis.about.id, viewer.public_id))
    if not own:
        return None
    group = _own_group(session, viewer, snapshot, basis)
    answers = tuple(_answer(basis, code, own[code]) for code in basis.statements if code in own)
    return Mine(
        group=_("You are one of the %(group)s.", group=basis.name(group)) if group else "",
        says=tuple(_says(basis, own, group)),
        answers=answers,
    )


def _own_values(session: Session, snapshot: FindingSnapshot, key: str) -> dict[str, str]:
    """By code; found by one's key of the round, which only the site can make."""
    rows = session.execute(
        select(RoundStatement.code, Rating.value)
        .join(
            Rating,
            (Rating.version_id == RoundStatement.version_id)
            & (Rating.round_id == RoundStatement.round_id),
        )
        .where(RoundStatement.round_id == snapshot.round_id)
        .where(Rating.rater_key == key)
    )
    return {row.code: row.value for row in rows}


def _own_group(session: Session, viewer: Viewer, snapshot: FindingSnapshot, basis: Basis) -> str:
    """Which of the two groups one counted in, by what one posted as then; empty for neither."""
    own = viewer.belongings.get(snapshot.thread.series_id)
    if own is None or not own.is_admitted:
        return ""
    kept = session.scalar(
        select(RoundPost)
        .where(RoundPost.round_id == snapshot.round_id)
        .where(RoundPost.person_id == viewer.person_id)
    )
    post = kept or own
    role, phase = post.posting_role, post.posting_phase
    me = Rater(role, family_of_rater(basis.vocabulary, role), phase)
    for key in basis.two:
        parts = parts_of(key)
        if parts and all(declared(me, name) == said for name, said in parts.items()):
            return key
    return ""


def _answer(basis: Basis, code: str, value: str) -> OwnAnswer:
    said, room = _in_words(value, basis.about.points), _room_says(basis, code, value)
    return OwnAnswer(
        code=code,
        kind=basis.statements[code].kind,
        text=basis.texts[code],
        answer=said,
        room=room,
        says=_("You said: %(answer)s. %(room)s", answer=said, room=room),
    )


def _in_words(value: str, points: int) -> str:
    if value in NOT_NUMBERS:
        return str(NOT_NUMBERS[value])
    word = (_("disagree"), _("in the middle"), _("agree"))[side(int(value), points) + 1]
    return _("%(word)s (%(value)s of %(points)s)", word=word, value=value, points=points)


def _room_says(basis: Basis, code: str, value: str) -> str:
    """How many of each group said the same, oneself among them where one counts."""
    if value == "dont_know":
        room = basis.cell(code, basis.room)
        if not room.dont_know:
            return ""
        return _n(
            "In all, %(num)s person says so.", "In all, %(num)s people say so.", room.dont_know
        )
    if value == "not_for_me":
        return ""
    where = side(int(value), basis.about.points)
    cells = [basis.cell(code, key) for key in (basis.two or (basis.room,))]
    said = [_as_many(basis, cell, where) for cell in cells if cell.raters is not None]
    hidden = [_not_told(basis, cell) for cell in cells if cell.raters is None]
    told = [_("In all, %(groups)s say so.", groups=_(" and ").join(said))] if said else []
    return " ".join([*told, *hidden])


def _not_told(basis: Basis, cell: Cell) -> str:
    """What cannot be said of a group, and why."""
    name = basis.counted_name(cell.group)
    if cell.why_not == "few":
        return _("Too few %(group)s answered to be counted.", group=name)
    return _("How many %(group)s say so is not shown.", group=name)


def _as_many(basis: Basis, cell: Cell, where: int) -> str:
    name = basis.counted_name(cell.group)
    number = {1: cell.agree, -1: cell.disagree, 0: cell.middle}[where]
    if not number:
        return _("none of %(all)s %(group)s", all=cell.raters, group=name)
    return _("%(some)s of %(all)s %(group)s", some=number, all=cell.raters, group=name)


def _says(basis: Basis, own: dict[str, str], group: str) -> list[str]:
    """Where one stands with most of one's own group, and where one parts from it."""
    if not group:
        return []
    with_most, parts = _beside(basis, own, group)
    name = basis.name(group)
    said = []
    if with_most:
        said.append(
            _n(
                "On %(count)s statement you answer as most %(group)s do.",
                "On %(count)s statements you answer as most %(group)s do.",
                len(with_most),
                count=in_small_words(len(with_most)),
                group=name,
            )
        )
    if parts:
        said.append(_("You differ from most of them on %(codes)s.", codes=", ".join(parts)))
    return said


def _beside(basis: Basis, own: dict[str, str], group: str) -> tuple[Sequence[str], Sequence[str]]:
    """Codes on which most of the group take one's own side, and those on which most do not."""
    with_most: list[str] = []
    parts: list[str] = []
    for code in basis.statements:
        value = own.get(code, "")
        cell = basis.cell(code, group)
        if not value.isdigit() or cell.raters is None:
            continue
        where = side(int(value), basis.about.points)
        number = {1: cell.agree, -1: cell.disagree, 0: cell.middle}[where] or 0
        (with_most if 2 * number > cell.raters else parts).append(code)
    return with_most, parts
