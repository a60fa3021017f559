"""Blocks about what is reasonable, what changed, and what to ask next; and how it was got."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from discussion.language import _, _n, in_words
from discussion.weighing.findings.content.counted import (
    CountedLegitimacy,
    JudgedGroups,
    Unsaid,
)
from discussion.weighing.findings.content.whole import ChangedStatement, HiddenChange
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.queries.presenters.ground import bar_in_words, bar_of, too_alike
from discussion.weighing.findings.sentences.groups import title_of
from discussion.weighing.findings.sentences.numbers import in_small_words
from discussion.weighing.findings.sentences.sentence import quoted
from discussion.weighing.findings.shapes.found import Sentence
from discussion.weighing.findings.shapes.ground import Crux, Unknown
from discussion.weighing.findings.shapes.provenance import Line, Provenance, Representative
from discussion.weighing.findings.shapes.reasonable import (
    Change,
    Legitimacy,
    Meta,
    Moved,
)
from discussion.weighing.findings.shapes.rows import Row
from discussion.weighing.findings.words import BECAUSE
from discussion.weighing.rounds.words import FEEDBACK, STOP_RULES, WHO_MAY_RATE

CLOSE = Fraction(1, 20)


def meta(basis: Basis) -> Meta:
    """Not mine, but reasonable; those who do not hold a statement were asked, and they alone."""
    bar = bar_of(basis)
    rows = [
        _legitimacy(basis, code, found, bar)
        for code, found in basis.counted.legitimacy.items()
        if found.answered
    ]
    rows.sort(key=lambda row: (-(row.share or 0), row.code))
    disputed = [row for row in rows if row.is_disputed]
    says = tuple(_respected(basis, disputed))
    return Meta(
        normative=_of_kind(disputed, "end"),
        epistemic=_of_kind(disputed, "fact"),
        preference_range=_of_kind(disputed, "means"),
        rows=tuple(rows),
        says=says,
    )


def change(basis: Basis) -> Change | None:
    """What moved since the round before, all raters of each together."""
    found = basis.content.change
    if found is None:
        return None
    rows = tuple(
        Moved(
            code=each.code,
            text=basis.texts[each.code],
            before=float(each.before),
            after=float(each.after),
            has_settled=each.has_settled,
            says=_moved(each),
        )
        for each in found.rows
    )
    settled = sum(row.has_settled for row in rows)
    rule = basis.about.stop_rule.kind
    says = (
        [
            _n(
                "On %(settled)s of %(num)s statement, answers have stopped changing since round "
                "%(before)s.",
                "On %(settled)s of %(num)s statements, answers have stopped changing since "
                "round %(before)s.",
                len(rows),
                settled=settled,
                before=found.before,
            )
        ]
        if rows
        else []
    )
    says += _hidden(found.hidden or ())
    if found.is_stable:
        says.append(_("That is at least four in five, so answers are stable now."))
    if rule == "stable" and (rules := _rules(basis.about.again, found.is_stable)):
        says.append(rules)
    return Change(
        before=found.before,
        is_stable=found.is_stable,
        stop_rule=str(STOP_RULES.get(rule, "")),
        rows=rows,
        says=tuple(says),
    )


def _hidden(found: Sequence[HiddenChange]) -> list[str]:
    """Statements whose numbers would tell of a few beside an earlier round's, in words."""
    if not found:
        return []
    said = [
        _(
            "Too few new answers for separate results: %(codes)s.",
            codes=", ".join(each.code for each in found),
        )
    ]
    for moved, words in (
        ("most", _("Of those who answered in both rounds, most moved on %(codes)s.")),
        ("some", _("Of those who answered in both rounds, at most some moved on %(codes)s.")),
    ):
        if codes := [each.code for each in found if each.moved == moved]:
            said.append(words % {"codes": ", ".join(codes)})
    return said


def _rules(again: bool | Unsaid | None, is_stable: bool) -> str:
    """What was decided when the round closed; nothing where it closed with the thread's stage."""
    if again:
        return _("The rule set before the round says that another round follows.")
    if is_stable:
        return _("The rule set before the round says that no further round is needed.")
    if again is not False:
        return ""
    return _("The rule set before the round says that this was the last round.")


def ask_next(
    basis: Basis,
    sentence: Sentence,
    rows: Sequence[Row],
    cruxes: Sequence[Crux],
    unknown: Sequence[Unknown],
) -> tuple[str, ...]:
    """What a moderator could ask, the verdict's own prompt first."""
    said = [sentence.prompt]
    said += [
        _(
            "Look for evidence on %(code)s, %(text)s: people on both sides say that it "
            "could change their position.",
            code=each.code,
            text=quoted(each.text),
        )
        for each in cruxes[:2]
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
    if overlap and overlap.is_reading_other_things:
        said.append(_("Ask each side to read a source from the other side and say what it shows."))
    return tuple(said)


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
    return _(
        "These groups were found from the answers. Nobody chose a group, and nobody"
        " stays in one. The count was repeated many times with half of the people,"
        " and gave nearly the same groups (%(stability)s, where 1 is always the"
        " same).",
        stability=f"{judged.stability:.2f}",
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


def _lines(basis: Basis) -> list[Line]:
    limits, fewest = basis.about.limits, in_small_words(basis.fewest)
    out = basis.counted.answered - basis.counted.raters
    who = str(WHO_MAY_RATE.get(basis.about.who_may_rate, ""))
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
        Line(
            _("Gap"),
            _(
                "How far along the scale one group’s answers would have to move"
                " to match the other’s."
            ),
        ),
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
                alike=limits.alike,
                fewest=fewest,
            ),
        ),
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
    if basis.about.imported_from:
        return [_imported(basis), *lines[3:6]]
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


def _legitimacy(basis: Basis, code: str, found: CountedLegitimacy, bar: Fraction) -> Legitimacy:
    share = found.share
    return Legitimacy(
        code=code,
        kind=basis.statements[code].kind,
        text=basis.texts[code],
        holders=found.holders,
        non_holders=found.non_holders,
        answered=found.answered,
        yes=found.yes,
        share=None if share is None else float(share),
        bar=float(bar),
        is_disputed=found.is_disputed,
        is_respected=share is not None and share >= bar,
        says=_(
            "%(yes)s of %(all)s who do not share it find it reasonable",
            yes=found.yes,
            all=found.answered,
        ),
        against_bar="" if share is None else _against(share, bar),
    )


def _against(share: Fraction, bar: Fraction) -> str:
    """Where a share lies beside the mark that was set before the round."""
    mark = round(bar * 100)
    if share >= bar:
        return _("at or above the %(mark)s%% mark", mark=mark)
    if bar - share <= CLOSE:
        return _("just below the %(mark)s%% mark", mark=mark)
    return _("below the %(mark)s%% mark", mark=mark)


def _of_kind(rows: Sequence[Legitimacy], kind: str) -> float | None:
    own = [row for row in rows if row.kind == kind]
    return sum(row.is_respected for row in own) / len(own) if own else None


def _respected(basis: Basis, disputed: Sequence[Legitimacy]) -> list[str]:
    if not disputed and (alike := too_alike(basis)):
        return [alike.said]
    if not disputed:
        return [_("Nothing is disputed by enough people on both sides for this question.")]
    respected = [row.code for row in disputed if row.is_respected]
    not_yet = [row.code for row in disputed if not row.is_respected]
    bar = bar_in_words(basis)
    said = []
    if respected:
        said.append(
            _(
                "At least %(bar)s of those who do not share %(codes)s find it reasonable.",
                bar=bar,
                codes=", ".join(respected),
            )
        )
    if not_yet:
        said.append(_("Fewer people say this of %(codes)s so far.", codes=", ".join(not_yet)))
    return said


def _moved(found: ChangedStatement) -> str:
    if found.before == found.after:
        return _("The middle answer stays at %(after)s.", after=_point(found.after))
    return _(
        "The middle answer moved from %(before)s to %(after)s.",
        before=_point(found.before),
        after=_point(found.after),
    )


def _point(said: Fraction) -> str:
    return f"{float(said):g}"


def _within(said: object) -> str:
    words = str(said)
    return words[:1].lower() + words[1:]


def _day(iso: str) -> str:
    return in_words(date.fromisoformat(iso))


def _plainly(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
