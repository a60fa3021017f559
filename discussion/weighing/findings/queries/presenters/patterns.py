"""Blocks along a scale: whether answers have one peak, and which reasons both sides give."""

from fractions import Fraction

from discussion.language import _, _n
from discussion.weighing.findings.content.patterns import CountedPeaks
from discussion.weighing.findings.content.patterns import SharedReasons as Counted
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.sentences.groups import capital
from discussion.weighing.findings.sentences.numbers import in_small_words
from discussion.weighing.findings.sentences.quoting import all_of
from discussion.weighing.findings.shapes.patterns import Peaks, SharedReason, SharedReasons
from discussion.weighing.findings.shapes.provenance import Line

SURE = 0.02  # how often chance may give as much, where anything is concluded from it


def peaks(basis: Basis) -> tuple[Peaks, ...]:
    """By scale on which three or more statements on what to do lie."""
    return tuple(_peaks(basis, each) for each in basis.counted.peaks or ())


def _peaks(basis: Basis, found: CountedPeaks) -> Peaks:
    is_more = None if found.p is None else found.p <= SURE
    return Peaks(
        low=found.low,
        high=found.high,
        codes=found.codes,
        state=found.state,
        answered=found.people or None,
        yes=found.peaked if found.people else None,
        share=found.peaked / found.people if found.people else None,
        bar=None if found.chance is None else float(found.chance),
        is_more_than_chance=is_more,
        says=(*_follow(basis, found, is_more), _("Moderators put them in this order beforehand.")),
    )


def _follow(basis: Basis, found: CountedPeaks, is_more: bool | None) -> tuple[str, ...]:
    fewest = in_small_words(basis.fewest)
    scale = {"codes": all_of(list(found.codes)), "low": found.low, "high": found.high}
    if is_more:
        said = _(
            "People mostly answered %(codes)s as steps on one scale, from “%(low)s” to “%(high)s”.",
            **scale,
        )
    else:
        said = _(
            "Whether people see %(codes)s as steps on one scale, from “%(low)s” to “%(high)s”,"
            " cannot be told.",
            **scale,
        )
    if found.state == "few":
        return said, _("Fewer than %(fewest)s people rated all of them.", fewest=fewest)
    if found.chance is None:
        hidden = _(
            "Beside the earlier round, it would reveal the answers of fewer than %(fewest)s.",
            fewest=fewest,
        )
        return said, hidden
    counted = _n(
        "Of the %(num)s person who rated all of them, %(some)s (%(share)s) did so. If each had"
        " given the same answers in any order, about %(chance)s would.",
        "Of the %(num)s people who rated all of them, %(some)s (%(share)s) did so. If each had"
        " given the same answers in any order, about %(chance)s would.",
        found.people,
        some=found.peaked,
        share=_percent(Fraction(found.peaked, found.people)),
        chance=_percent(found.chance),
    )
    return (said, counted) if is_more else (said, counted, _("Chance alone often gives as many."))


def shared_reasons(basis: Basis) -> tuple[SharedReasons, ...]:
    """By scale of the thread on which enough positions stand."""
    return tuple(_shared(basis, each) for each in basis.content.reasons or ())


def _shared(basis: Basis, found: Counted) -> SharedReasons:
    at = found.positions
    where = _n(
        "%(count)s position takes a place between “%(low)s” and “%(high)s”: %(a)s nearer the"
        " first, %(middle)s in the middle, %(b)s nearer the second.",
        "%(count)s positions take a place between “%(low)s” and “%(high)s”: %(a)s nearer the"
        " first, %(middle)s in the middle, %(b)s nearer the second.",
        sum(at.values()),
        count=capital(in_small_words(sum(at.values()))),
        low=found.low,
        high=found.high,
        a=_none_or(at["low"]),
        middle=_none_or(at["middle"]),
        b=_none_or(at["high"]),
    )
    nothing = _("No value is given as a reason on both sides.")
    return SharedReasons(
        low=found.low,
        high=found.high,
        says=(where,) if found.reasons else (where, nothing),
        rows=tuple(
            SharedReason(
                label=basis.content.values[each.value],
                url=basis.known.values.get(each.value, ""),
                positions=each.positions,
                low=each.low,
                middle=each.middle,
                high=each.high,
                spread=each.spread,
            )
            for each in found.reasons
        ),
    )


def index_line(basis: Basis) -> Line | None:
    """The reason index beside chance, for the appendix; None where it is not known."""
    found = basis.counted.index
    if found is None or found.state == "insufficient":
        return None
    title = _("Reason index")
    if found.index is None or found.p is None:
        said = _(
            "Not shown: beside the earlier round, it would reveal the answers of fewer than"
            " %(fewest)s people.",
            fewest=in_small_words(basis.fewest),
        )
        return Line(title, said)
    whom = (
        _(
            "Of %(people)s people, chosen at random from those who rated everything",
            people=found.people,
        )
        if found.is_drawn
        else _("Of the %(people)s people who rated everything", people=found.people)
    )
    return Line(
        title,
        _(
            "Do people who think alike about ends and facts also want alike? %(whom)s it is"
            " %(index)s, where 1 is always. Sharing out what people want at random gives"
            " %(chance)s on average, and more than %(upper)s one time in 20. %(concluded)s",
            whom=whom,
            index=_signed(found.index),
            chance=_signed(found.chance),
            upper=_signed(found.upper),
            concluded=_("That is more than chance.")
            if found.p <= SURE
            else _("So it does not tell."),
        ),
    )


def _none_or(number: int) -> str:
    return in_small_words(number) if number else _("none")


def _percent(share: Fraction) -> str:
    return f"{round(share * 100)}%"


def _signed(value: float | None) -> str:
    return f"{value or 0.0:.2f}".replace("-", "−")
