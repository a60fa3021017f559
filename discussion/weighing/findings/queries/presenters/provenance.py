"""How it was got, and what sets inferred groups apart."""

from datetime import date

from discussion.language import _, _n, in_words
from discussion.weighing.findings.content.counted import JudgedGroups
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.queries.presenters.ground.saying import bar_in_words
from discussion.weighing.findings.queries.presenters.patterns import index_line
from discussion.weighing.findings.sentences.groups import title_of
from discussion.weighing.findings.sentences.numbers import in_small_words
from discussion.weighing.findings.sentences.quoting import all_of
from discussion.weighing.findings.shapes.provenance import Line, Provenance, Representative
from discussion.weighing.findings.words import BECAUSE
from discussion.weighing.rounds.words import FEEDBACK, WHO_MAY_RATE


def representative(basis: Basis) -> tuple[Representative, ...]:
    """What sets each inferred group apart, in data of Polis' shape."""
    found = basis.counted.polis.representative if basis.counted.polis else {}
    return tuple(
        Representative(
            group=key,
            group_title=title_of(key, basis.labels),
            code=each.code,
            text=basis.texts[each.code],
            side=each.side,
            says=_("%(some)s of %(all)s agree", some=each.successes, all=each.seen)
            if each.side == "agree"
            else _("%(some)s of %(all)s disagree", some=each.successes, all=each.seen),
        )
        for key, stands in found.items()
        for each in stands
    )


def inferred_warning(basis: Basis) -> str:
    """Beside groups that nobody declared."""
    if not any(key.startswith("inferred:") for key in basis.two):
        return ""
    judged = basis.counted.inferred
    if not isinstance(judged, JudgedGroups) or judged.stability is None:
        return ""
    said = _(
        "These groups were found from the answers. Nobody chose a group, and nobody"
        " stays in one. The count was repeated many times with half of the people,"
        " and gave nearly the same groups (%(stability)s, where 1 is always the"
        " same).",
        stability=f"{judged.stability:.2f}",
    )
    return " ".join(filter(None, (said, how_many_is_unsure(judged))))


def how_many_is_unsure(judged: JudgedGroups) -> str:
    """That other numbers of groups fit nearly as well; empty where none does."""
    if not judged.as_good:
        return ""
    return _(
        "How many groups there are is not sure: %(others)s fit nearly as well.",
        others=all_of([str(number) for number in judged.as_good]),
    )


def provenance(basis: Basis, snapshot: FindingSnapshot) -> Provenance:
    """How it was got: what was fixed beforehand, from what, by which code, when."""
    return Provenance(
        lines=tuple(_lines(basis)),
        parameters={name: _plainly(value) for name, value in snapshot.parameters.items()},
        inputs_hash=snapshot.inputs_hash,
        code_version=snapshot.code_version,
        made_at=snapshot.made_at,
        because=str(BECAUSE[snapshot.because]),
        attribution=basis.about.attribution,
    )


def _restated(basis: Basis) -> list[Line]:
    """How many positions the other side restated fairly; older snapshots tell nothing of it."""
    restated, positions = basis.content.restated, basis.content.positions
    if restated is None or not positions:
        return []
    says = _n(
        "%(fair)s of %(num)s position was restated by somebody who disagrees, fairly as its author"
        " says.",
        "%(fair)s of %(num)s positions were restated by somebody who disagrees, fairly as their"
        " authors say.",
        positions,
        fair=restated or _("None"),
    )
    return [Line(_("Restated by the other side"), says)]


def _lines(basis: Basis) -> list[Line]:
    fewest = in_small_words(basis.fewest)
    out = basis.counted.answered - basis.counted.raters
    who = str(WHO_MAY_RATE.get(basis.about.who_may_rate, ""))
    rule = _rule(basis) if basis.content.has_diagnosis else _rule_before(basis)
    lines = [
        Line(_("Who could rate"), f"{who}."),
        Line(
            _("When"),
            _(
                "%(opened)s to %(closed)s. Nobody saw an answer until it"
                " closed, not even moderators.",
                opened=_day(basis.about.opened_on),
                closed=_day(basis.about.closed_on),
            ),
        ),
        Line(_("Groups"), _groups(basis, fewest)),
        *_restated(basis),
        *rule,
        Line(
            _("Never shown"),
            _(
                "A number for fewer than %(fewest)s people, or one that"
                " would let somebody work out such a number.",
                fewest=fewest,
            ),
        ),
        Line(
            _("Set before the round"),
            _(
                "These limits were fixed when the round"
                " opened. What people saw of earlier rounds:"
                " %(feedback)s.",
                feedback=_within(FEEDBACK.get(basis.about.feedback, "")),
            ),
        ),
        Line(
            _("Answers"),
            _(
                "Counted once, when the round closed. If somebody leaves"
                " the site, their answers are deleted, but these numbers"
                " stay."
            ),
        ),
    ]
    lines += filter(None, [index_line(basis)])
    if basis.about.imported_from:
        return [_imported(basis), *rule]
    if out > 0:
        many = str(out) if out >= basis.fewest else _("Fewer than %(fewest)s", fewest=fewest)
        lines.insert(
            1,
            Line(
                _("Not counted"),
                _(
                    "%(many)s who answered were not members of the series when it closed.",
                    many=many,
                ),
            ),
        )
    if (late := basis.about.late) is not None:
        lines.insert(1, Line(_("Joined during the round"), _late(late, basis.fewest)))
    if basis.found and basis.found.grouped_by:
        code = basis.found.grouped_by
        said = _(
            "The groups were made from %(code)s, so it does not count among what divides them.",
            code=code,
        )
        lines.insert(2, Line(_("Left out"), said, (code,)))
    return lines


def _groups(basis: Basis, fewest: str) -> str:
    """By what was declared at the opening; of rounds that were counted before, at the close."""
    chosen = _(
        "We try these in order: what people do, role, %(phase)s, level, first value. The"
        " first that gives two groups of at least %(fewest)s is used, with its two"
        " largest groups.",
        fewest=fewest,
        phase=basis.vocabulary.sentences.phase,
    )
    when = (
        _(
            "What people had said about themselves when the round opened, or when they"
            " joined if that was later."
        )
        if basis.about.late is not None
        else _("What people had said about themselves when the round closed.")
    )
    return f"{when} {chosen}"


def _gap() -> Line:
    return Line(
        _("Gap"),
        _("How far along the scale one group’s answers would have to move to match the other’s."),
    )


def _rule(basis: Basis) -> list[Line]:
    """What each state means; `docs/how-sure.md` has how often it is right."""
    limits, fewest = basis.about.limits, in_small_words(basis.fewest)
    share = bar_in_words(basis)
    return [
        _gap(),
        Line(
            _("Not ruled out"),
            _(
                "How large a difference these answers still allow, from how many there are and how"
                " far they are spread. Such a limit holds 19 times in 20. It is rounded outwards."
            ),
        ),
        Line(
            _("Apart"),
            _(
                "A gap of %(gap)s or more that is unlikely to be chance: sharing the answers out"
                " at random would give it at most %(alpha)s of the time, counting all statements"
                " tested together. One group’s habit of agreeing more does not count.",
                gap=limits.gap,
                alpha=limits.alpha,
            ),
        ),
        Line(
            _("Both agree"),
            _("At least %(share)s of each group are on the same side.", share=share),
        ),
        Line(
            _("Answered alike"),
            _("A difference of %(bound)s or more is ruled out.", bound=limits.whole().bound),
        ),
        Line(
            _("Cannot tell"),
            _(
                "Anything else. “Not known” means that a third or more do not know, and “too few”"
                " that fewer than %(fewest)s of a group answered.",
                fewest=fewest,
            ),
        ),
    ]


def _rule_before(basis: Basis) -> list[Line]:
    limits, fewest = basis.about.limits, in_small_words(basis.fewest)
    return [
        _gap(),
        Line(
            _("Apart"),
            _(
                "A gap of %(gap)s or more that is unlikely to be chance:"
                " sharing the answers out at random would give it at most"
                " %(alpha)s of the time, counting all statements tested"
                " together.",
                gap=limits.gap,
                alpha=limits.alpha,
            ),
        ),
        Line(
            _("Alike"),
            _(
                "A gap of %(alike)s or less. “Unclear” is anything between. “Not "
                "enough” means fewer than %(fewest)s people in a group.",
                alike=limits.whole().alike,
                fewest=fewest,
            ),
        ),
    ]


def _late(late: int, fewest: int) -> str:
    """How many could rate who were no members when it opened."""
    if not late:
        return _("Nobody joined the series while the round was open.")
    if late < fewest:
        return _(
            "Fewer than %(fewest)s people joined the series while the round was open.",
            fewest=in_small_words(fewest),
        )
    return _("%(late)s people joined the series while the round was open.", late=late)


def _imported(basis: Basis) -> Line:
    return Line(
        _("From elsewhere"),
        _(
            "These answers were imported from %(where)s, where they were public. Nobody"
            " chose a group, so groups are found from the answers or from one statement.",
            where=basis.about.imported_from.capitalize(),
        ),
    )


def _within(said: object) -> str:
    words = str(said)
    return words[:1].lower() + words[1:]


def _day(iso: str) -> str:
    return in_words(date.fromisoformat(iso))


def _plainly(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
