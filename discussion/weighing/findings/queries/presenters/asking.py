"""What a moderator could ask next."""

from collections.abc import Sequence

from discussion.language import _, _l
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.queries.presenters.ledger import is_not_known
from discussion.weighing.findings.sentences.quoting import quoted
from discussion.weighing.findings.shapes.found import Sentence
from discussion.weighing.findings.shapes.ground import Crux, Unknown
from discussion.weighing.findings.shapes.rows import Row

TO_DRAFT: dict[str, str] = {
    "end": _l("Draft statements on what matters: none was rated."),
    "fact": _l("Draft statements of fact: none was rated."),
    "means": _l("Draft statements on what to do: none was rated."),
}


def ask_next(
    basis: Basis,
    sentence: Sentence,
    rows: Sequence[Row],
    cruxes: Sequence[Crux],
    unknown: Sequence[Unknown],
) -> tuple[str, ...]:
    """What a moderator could ask, the verdict's own prompt first."""
    said = [_first_of_all(basis, sentence)]
    said += _statements_to_draft(basis)
    said += [
        _(
            "Look for evidence on %(code)s, %(text)s: people on both sides say that it "
            "could change their position.",
            code=each.code,
            text=quoted(each.text),
        )
        for each in [one for one in cruxes if not one.is_on_one_side][:2]
    ]
    said += [
        _(
            "Ask who knows about %(code)s, %(text)s, or who could find out.",
            code=each.code,
            text=quoted(each.text),
        )
        for each in unknown[:2]
    ]
    few = [
        row
        for row in rows
        if row.state == "insufficient"
        and row.kind
        and not row.is_left_out
        and row.code not in basis.moved
    ]
    if few and basis.two:
        a, b = (basis.name(key) for key in basis.two)
        said.append(
            _(
                "Ask more %(a)s and %(b)s to rate %(codes)s.",
                a=a,
                b=b,
                codes=", ".join(row.code for row in few),
            )
        )
    overlap = basis.found.tags.overlap if basis.found else None
    if overlap and overlap.is_reading_other_things and sentence.verdict != "split_within_groups":
        said.append(_("Ask each side to read a source from the other side and say what it shows."))
    return tuple(each for each in said if each)


def _first_of_all(basis: Basis, sentence: Sentence) -> str:
    """The verdict's own prompt; of what is open, what would settle it, as the ledger has it."""
    diagnosis = basis.found.diagnosis if basis.found else None
    if diagnosis is None or sentence.verdict not in ("partly_known", "not_enough_to_say"):
        return sentence.prompt
    by_settling = {
        each.settling.state
        for code, each in diagnosis.statements.items()
        if each.state != "unknown" and not is_not_known(basis, code)
    }
    if "more" in by_settling:
        return _("Ask for the answers that would settle what is open: see “How sure this is”.")
    if "unrated" in by_settling:
        return ""  # asked for by name below
    if "no_number" in by_settling:
        return _("More answers would not settle what is open. Ask why people answer as they do.")
    return ""


def _statements_to_draft(basis: Basis) -> list[str]:
    diagnosis = basis.found.diagnosis if basis.found else None
    if diagnosis is None:
        return []
    left_out = basis.found.grouped_by if basis.found else None
    return [
        str(TO_DRAFT[kind])
        for kind, each in diagnosis.kinds.items()
        if not each.is_asked and not (left_out and basis.statements[left_out].kind == kind)
    ]
