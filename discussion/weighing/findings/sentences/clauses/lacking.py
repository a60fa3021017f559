"""What too few rated, what was not asked, and what many do not know."""

from collections.abc import Iterator

from discussion.analysis.answers import KINDS, Kind
from discussion.language import _, _l, _n
from discussion.weighing.findings.computing.knowing import NotKnowing, not_knowing
from discussion.weighing.findings.sentences.clauses.kinds import over
from discussion.weighing.findings.sentences.clauses.told import Told, first_of
from discussion.weighing.findings.sentences.numbers import in_small_words
from discussion.weighing.findings.shapes.found import Clause

MISSING: dict[str, str] = {
    "end": _l("no statement on what matters was rated"),
    "fact": _l("no statement of fact was rated"),
    "means": _l("no statement on what to do was rated"),
}


def too_few(told: Told) -> Iterator[Clause]:
    """Too few who rated, too few statements, or none; what made the groups is no shortfall."""
    by_kind = told.diagnosis.kinds
    asked = [kind for kind in KINDS if by_kind[kind].is_asked]
    few = [kind for kind in asked if by_kind[kind].state == "insufficient"]
    single = [kind for kind in few if by_kind[kind].rated == len(told.codes([kind]))]
    unrated = [kind for kind in few if kind not in single and not _is_unknown(told, kind)]
    if unrated:
        says = _("not enough of both groups rated the same statements")
        yield Clause(tuple(unrated), "insufficient", over(unrated), says, ())
    if single:
        says = _("one statement is too few to tell")
        yield Clause(tuple(single), "insufficient", over(single), says, ())
    for kind in KINDS:
        if kind not in asked and not (kind == "means" and told.found.grouped_by):
            yield Clause((kind,), "missing", str(MISSING[kind]), "", ())


def _is_unknown(told: Told, kind: Kind) -> bool:
    """Whether facts are too little rated only because people do not know them."""
    two = (told.found.a, told.found.b)
    few = told.diagnosis.kinds[kind].of("insufficient")
    return kind == "fact" and all(not_knowing(told.content.ratings, code, two) for code in few)


def unknown(told: Told) -> Iterator[Clause]:
    """What a third of the room, or of either group, do not know; of those asked."""
    two = (told.found.a, told.found.b)
    found = {
        code: known
        for code in told.diagnosis.statements
        if told.kind(code) == "fact" and (known := not_knowing(told.content.ratings, code, two))
    }
    if not found:
        return
    code = max(found, key=lambda code: (found[code].share, code))
    known = found[code]
    lead = _n(
        "many do not know a fact",
        "many do not know %(count)s facts",
        len(found),
        count=in_small_words(len(found)),
    )
    says = _(
        "%(who)s do not know whether %(text)s", who=_of_asked(told, known), text=told.text(code)
    )
    first = _("for one, ") if len(found) > 1 else ""
    yield Clause(("fact",), "unknown", lead, first + says, first_of(code, [*found]))


def _of_asked(told: Told, known: NotKnowing) -> str:
    """ "14 of 30 who were asked"; of everybody, where it is not told how many were."""
    group = told.name(known.group) if known.group else ""
    if group:
        return _(
            "%(some)s of %(asked)s %(group)s who were asked",
            some=known.some,
            asked=known.asked,
            group=group,
        )
    if known.is_of_all:
        return _("%(some)s of all %(asked)s", some=known.some, asked=known.asked)
    return _("%(some)s of %(asked)s who were asked", some=known.some, asked=known.asked)
