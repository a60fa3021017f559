"""One comparison of a snapshot, whole."""

from collections.abc import Sequence

from discussion.language import _, _n
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.presenters import (
    asking,
    patterns,
    provenance,
    reasonable,
    tags,
)
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.queries.presenters.ground.moving import what_might_move
from discussion.weighing.findings.queries.presenters.ground.parting import what_parts
from discussion.weighing.findings.queries.presenters.ground.settling import what_would_settle
from discussion.weighing.findings.queries.presenters.ground.sharing import (
    common_ground,
    least_divisive,
)
from discussion.weighing.findings.queries.presenters.ground.unknown import not_known
from discussion.weighing.findings.queries.presenters.leans import leans
from discussion.weighing.findings.queries.presenters.ledger import ledger
from discussion.weighing.findings.queries.presenters.rows import all_rows, dimensions, kind_rows
from discussion.weighing.findings.queries.presenters.viewpoints import viewpoints
from discussion.weighing.findings.sentences.earlier import earlier_sentence_of
from discussion.weighing.findings.sentences.groups import capital
from discussion.weighing.findings.sentences.imported import imported_sentence
from discussion.weighing.findings.sentences.numbers import in_small_words
from discussion.weighing.findings.sentences.sentence import sentence_of
from discussion.weighing.findings.shapes.found import Found, Sentence
from discussion.weighing.findings.shapes.rows import Row


def show(basis: Basis, snapshot: FindingSnapshot) -> Found:
    """Everything that the page says of it."""
    rows = all_rows(basis)
    sentence = say(basis)
    common, common_rows = common_ground(basis, rows)
    least, least_rows = least_divisive(basis, rows)
    parts, parts_rows = what_parts(basis, rows)
    cruxes, crux_rows = what_might_move(basis)
    unknown, unknown_rows = not_known(basis, rows)
    differently, differently_rows = tags.read_differently(basis)
    return Found(
        sentence=sentence,
        groups=tuple(basis.group(key) for key in basis.two),
        everybody=basis.group(basis.room),
        lede=_lede(basis, sentence),
        statements_says=_statements_say(basis),
        scale_says=_scale_says(basis),
        points=basis.about.points,
        kinds=kind_rows(rows),
        dimensions=dimensions(basis),
        common=common,
        common_rows=common_rows,
        parts=parts,
        parts_rows=parts_rows,
        cruxes=cruxes,
        crux_rows=crux_rows,
        unknown=unknown,
        unknown_rows=unknown_rows,
        settling=what_would_settle(basis),
        read_differently=differently,
        read_differently_rows=differently_rows,
        not_reading=tags.not_reading(basis),
        different_reasons=tags.different_reasons(basis),
        tags=tags.tags(basis),
        meta=reasonable.meta(basis),
        change=reasonable.change(basis),
        levels=tags.levels(basis),
        ask_next=asking.ask_next(basis, sentence, rows, crux_rows, unknown_rows),
        inferred_warning=provenance.inferred_warning(basis),
        representative=provenance.representative(basis),
        provenance=provenance.provenance(basis, snapshot),
        ledger=ledger(basis),
        least_divisive=least,
        least_rows=least_rows,
        leans=leans(basis),
        peaks=patterns.peaks(basis),
        shared_reasons=patterns.shared_reasons(basis),
        viewpoints=viewpoints(basis),
        rule="" if basis.content.has_diagnosis else _rule_before(),
    )


def _rule_before() -> str:
    return _(
        "This finding was made by an earlier rule, which said “alike” and “agree” more readily"
        " than answers can bear. It keeps the words that it was published with."
    )


def say(basis: Basis) -> Sentence:
    """The finding in a sentence."""
    if basis.about.imported_from and not any(s.kind for s in basis.statements.values()):
        return imported_sentence(basis.counted, basis.texts)
    if basis.content.has_diagnosis:
        moved = bool(basis.moved)
        return sentence_of(basis.content, basis.found, basis.labels, is_too_alike=moved)
    return earlier_sentence_of(
        basis.found,
        texts=basis.texts,
        labels=basis.labels,
        answered=basis.counted.raters,
        fewest=basis.fewest,
        is_too_alike=bool(basis.moved),
        names_groups=basis.key != basis.content.found.headline,
    )


def lens_says(basis: Basis) -> tuple[str, ...]:
    """How the group that the page is read for stands beside everybody else."""
    if not basis.lens or not basis.found or basis.found.a != basis.lens:
        return ()
    rows = [row for row in all_rows(basis) if row.gap is not None]
    if not rows:
        return (_("Too few people in this group, or outside it, rated the same statement."),)
    if basis.content.has_diagnosis:
        return _beside_others(rows) + _furthest_of(basis, rows)
    alike = sum(row.state == "alike" for row in rows)
    said = [
        _n(
            "On %(alike)s of %(count)s statement they answer like everybody else.",
            "On %(alike)s of %(count)s statements they answer like everybody else.",
            len(rows),
            count=in_small_words(len(rows)),
            alike=in_small_words(alike) if alike else _("none"),
        )
    ]
    return (*said, *_furthest_of(basis, rows))


def _beside_others(rows: Sequence[Row]) -> tuple[str, ...]:
    """Where they answered alike or stand on one side; of none of these nothing is known."""
    near = sum(row.state in ("alike", "same_side") for row in rows)
    if not near:
        return ()
    return (
        _n(
            "On %(near)s of %(count)s statement they answered like everybody else, or are on the"
            " same side.",
            "On %(near)s of %(count)s statements they answered like everybody else, or are on the"
            " same side.",
            len(rows),
            count=in_small_words(len(rows)),
            near=in_small_words(near),
        ),
    )


def _furthest_of(basis: Basis, rows: Sequence[Row]) -> tuple[str, ...]:
    furthest = max(rows, key=lambda row: (row.gap or 0, row.code))
    is_known = furthest.state == "apart" or not basis.content.has_diagnosis
    return (_furthest(basis, furthest),) if furthest.gap and is_known else ()


def _furthest(basis: Basis, row: Row) -> str:
    own, others = row.cells
    return _(
        "They differ most on %(code)s: %(own)s %(group)s agree, and %(others)s others.",
        code=row.code,
        own=own.words,
        group=basis.counted_name(own.group),
        others=others.words,
    )


def _lede(basis: Basis, sentence: Sentence) -> str:
    answered = sentence.answered.rstrip(".")
    if not basis.two:
        return f"{answered}."
    first, second = (basis.group(key).says for key in basis.two)
    if basis.key.split(":")[0] in ("leans", "inferred", "as"):
        return _("%(answered)s, among them %(a)s and %(b)s.", answered=answered, a=first, b=second)
    together = sum(basis.group(key).size or 0 for key in basis.two)
    if together < basis.counted.raters:
        return _(
            "%(answered)s. Among those who gave their role are %(a)s and %(b)s.",
            answered=answered,
            a=first,
            b=second,
        )
    return _(
        "%(answered)s: %(a)s and %(b)s, by the role they gave.",
        answered=answered,
        a=first,
        b=second,
    )


def _statements_say(basis: Basis) -> str:
    statements = list(basis.statements.values())
    sources = {id for each in statements for id in each.sources}
    said = _n(
        "%(count)s statement",
        "%(count)s statements",
        len(statements),
        count=capital(in_small_words(len(statements))),
    )
    if not sources:
        return f"{said}."
    said = _n(
        "%(first)s, drawn from %(count)s position",
        "%(first)s, drawn from %(count)s positions",
        len(sources),
        first=said,
        count=in_small_words(len(sources)),
    )
    fair, mend, silent = (sum(each.confirmed[place] for each in statements) for place in range(3))
    if fair and not mend and not silent:
        return _("%(first)s, each found fair by its authors.", first=said)
    if fair or mend or silent:
        return _n(
            "%(first)s. In %(fair)s of %(num)s check the authors found the wording fair.",
            "%(first)s. In %(fair)s of %(num)s checks the authors found the wording fair.",
            fair + mend + silent,
            first=said,
            fair=fair,
        )
    return f"{said}."


def _scale_says(basis: Basis) -> str:
    points = basis.about.points
    least = (points + 1) // 2 + 1
    agree = (
        _(
            "Agree means %(least)s on a scale of %(points)s.",
            least=least,
            points=in_small_words(points),
        )
        if least == points
        else _(
            "Agree means %(least)s or %(more)s on a scale of %(points)s.",
            least=least,
            more=points,
            points=in_small_words(points),
        )
        if least + 1 == points
        else _(
            "Agree means %(least)s to %(more)s on a scale of %(points)s.",
            least=least,
            more=points,
            points=in_small_words(points),
        )
    )
    return _(
        "%(agree)s The gap runs from 0 (both groups answered the same) to 1 (they "
        "answered as differently as possible).",
        agree=agree,
    )
