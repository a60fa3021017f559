"""What cannot be told of two groups, and how large a difference is ruled out."""

from collections.abc import Iterator, Mapping, Sequence

from discussion.analysis.answers import KINDS, Kind
from discussion.language import _
from discussion.weighing.findings.content.diagnosed import DiagnosedKind
from discussion.weighing.findings.sentences.clauses.kinds import OVER, over
from discussion.weighing.findings.sentences.clauses.told import Told
from discussion.weighing.findings.sentences.numbers import up
from discussion.weighing.findings.sentences.quoting import all_of
from discussion.weighing.findings.sentences.unsure import LEADS, ORDER, first_unsure
from discussion.weighing.findings.shapes.found import Clause


def unclear(told: Told) -> Iterator[Clause]:
    """Both halves: what was found, if anything, and how large a difference is ruled out."""
    by_kind, limits = told.diagnosis.kinds, told.content.ratings.round.limits
    kinds = [kind for kind in KINDS if by_kind[kind].state == "unclear"]
    rows = told.diagnosis.statements
    found = {kind: first_unsure([rows[c] for c in told.codes([kind])], limits) for kind in kinds}
    for word in ORDER:
        if own := [k for k in kinds if found[k] == word and not (word == "" and _is_open(told, k))]:
            lead = str(LEADS[word]) % {"over": over(own)}
            yield Clause(tuple(own), "unclear", lead, _ruled_out(by_kind, own), told.codes(own))


def _is_open(told: Told, kind: Kind) -> bool:
    """Whether a kind cannot be told only because people do not know: that is said by itself."""
    found = told.diagnosis.kinds[kind]
    return bool(found.of("unknown")) and not found.of("unclear")


def _ruled_out(by_kind: Mapping[str, DiagnosedKind], kinds: Sequence[Kind]) -> str:
    bounds = {kind: most for kind in kinds if (most := _most(by_kind[kind])) < 1.0}
    if not bounds:
        return _("and none is ruled out")
    if len(bounds) == len(kinds) and len({up(most) for most in bounds.values()}) == 1:
        most = max(bounds.values())
        return _("and one of more than %(most)s of the scale is ruled out", most=up(most))
    (kind, most), *rest = bounds.items()
    said = [
        _("%(most)s of the scale %(over)s", most=up(most), over=str(OVER[kind])),
        *(_("%(most)s %(over)s", most=up(most), over=str(OVER[kind])) for kind, most in rest),
    ]
    return _("and one of more than %(bounds)s is ruled out", bounds=all_of(said))


def _most(found: DiagnosedKind) -> float:
    return 1.0 if found.most is None else found.most
