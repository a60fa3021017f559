"""What moved between two rounds, by kind and group, with the care of a difference."""

from collections.abc import Iterable, Mapping, Sequence

from discussion.analysis.answers import KINDS
from discussion.language import _
from discussion.weighing.findings.content.diagnosed import DiagnosedKindMove, DiagnosedMove
from discussion.weighing.findings.content.whole import CountedChange
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.sentences.groups import capital, title_of
from discussion.weighing.findings.sentences.numbers import decimal, down, floating, up
from discussion.weighing.findings.shapes.reasonable import KindMoves, Move
from discussion.weighing.statements.words import KINDS_OF_MANY

EVERYTHING = 1.0
NOT_SHOWN = "not_shown"  # in no group of a kind may a number be told


def kind_moves(basis: Basis, change: CountedChange) -> tuple[KindMoves, ...]:
    """Ends, facts and means, of everybody and of the two groups; () where nobody had asked."""
    by_kind = {(each.kind, each.group): each for each in change.kinds or ()}
    told = dict.fromkeys(each.group for each in change.kinds or ())
    groups = sorted(told, key=lambda group: group != basis.room)  # everybody first
    return tuple(
        KindMoves(
            kind=kind,
            title=str(KINDS_OF_MANY[kind]),
            moves=tuple(
                _move(
                    basis,
                    by_kind.get((kind, group), DiagnosedKindMove(kind, group, NOT_SHOWN, ())),
                    change.moves or (),
                )
                for group in groups
            ),
        )
        for kind in KINDS
        if any(key[0] == kind for key in by_kind)
    )


def says_of_whom(change: CountedChange) -> list[str]:
    """Whether people were compared with themselves, or the rounds as two samples, or both."""
    compared = [each.is_paired for each in change.moves or () if each.state != "insufficient"]
    if not any(compared):
        return [_of_wholes()] if change.moves else []
    said = _(
        "Moves by kind are of the people who answered both rounds, each compared with themselves."
    )
    return [said] if all(compared) else [said, _of_some_wholes()]


def _of_wholes() -> str:
    return _(
        "The two rounds are compared as wholes, since they need not have been answered by"
        " the same people."
    )


def _of_some_wholes() -> str:
    return _(
        "Where too few answered both, or it would reveal the answers of a few, the two rounds are"
        " compared as wholes."
    )


def _move(basis: Basis, found: DiagnosedKindMove, moves: Sequence[DiagnosedMove]) -> Move:
    own = {m.code: m for m in moves if (m.kind, m.group) == (found.kind, found.group)}
    drawn = _drawn(found, own)
    return Move(
        group=title_of(found.group, basis.labels),
        state=found.state,
        says=_says(found, own),
        shift=floating(drawn.shift) if drawn else None,
        least=drawn.least if drawn else None,
        most=drawn.most if drawn else None,
        among=_among(own.values()),
    )


def _among(moves: Iterable[DiagnosedMove]) -> str:
    """How many people were compared with themselves, and on which statements if not on all."""
    known = [each for each in moves if each.state != "insufficient"]
    paired = [each for each in known if each.is_paired]
    if not paired:
        return ""
    fewest, most = (kind(each.compared for each in paired) for kind in (min, max))
    people = (
        _("the same %(most)s people", most=most)
        if fewest == most
        else _("the same %(fewest)s to %(most)s people", fewest=fewest, most=most)
    )
    if len(paired) == len(known):
        return capital(people)
    return _(
        "On %(codes)s %(people)s", codes=", ".join(each.code for each in paired), people=people
    )


def _drawn(found: DiagnosedKindMove, own: Mapping[str, DiagnosedMove]) -> DiagnosedMove | None:
    """What moved the furthest, else where the most is not ruled out."""
    if found.moved:
        return own[found.moved[0]]
    return max(own.values(), key=lambda each: (each.most or 0.0, each.code), default=None)


def _says(found: DiagnosedKindMove, own: Mapping[str, DiagnosedMove]) -> str:
    if found.moved:
        return " ".join(_moved(own[code]) for code in found.moved)
    bounds = [each.most for each in own.values() if each.state != "insufficient"]
    most = max((EVERYTHING if each is None else each for each in bounds), default=EVERYTHING)
    if found.state == NOT_SHOWN:
        return _("Not shown, because it would reveal the answers of a few.")
    if found.state == "insufficient" or not own:
        return _("Too few answered to tell.")
    if most >= EVERYTHING:
        return _("No move found, and none is ruled out.")
    if found.state == "held":
        return _("No move found; more than %(most)s either way is ruled out.", most=up(most))
    return _("No move found; up to %(most)s is not ruled out.", most=up(most))


def _moved(found: DiagnosedMove) -> str:
    shift = found.shift or 0
    far = decimal(abs(found.shift) if found.shift is not None else None)
    words = (
        _("%(code)s moved %(far)s towards agreeing", code=found.code, far=far)
        if shift > 0
        else _("%(code)s moved %(far)s towards disagreeing", code=found.code, far=far)
    )
    if found.least:
        return _("%(moved)s, at least %(least)s.", moved=words, least=down(found.least))
    return f"{words}."
