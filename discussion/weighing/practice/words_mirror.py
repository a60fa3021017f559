"""How a mirror says things: steps as a person reads them, and the sentences around them."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from discussion.analysis.practice import SHOWN, STEP, Gap, Middle, State
from discussion.analysis.practice_groups import Beside
from discussion.language import Phrase, _, _l, _n
from discussion.vocabulary.practice import PracticeWords

MIDDLE = Fraction(1, 2)
STATE_WORDS: Mapping[State, tuple[Phrase, Phrase]] = {
    "out_of_step": (_l("Out of step"), _l("what we do is not what we say")),
    "cannot_tell": (_l("Cannot tell"), _l("a full step can neither be shown nor ruled out")),
    "in_step": (_l("In step"), _l("we do what we say")),
    "not_enough": (_l("Not enough to say"), _l("fewer than ten gave both answers")),
}
BESIDE_WORDS: Mapping[Beside, Phrase] = {
    "apart": _l("Apart"),
    "alike": _l("Alike"),
    "cannot_tell": _l("Cannot tell"),
}
_SIDES: Mapping[tuple[str, str], Phrase] = {
    ("local", "central"): _l(
        "We say that %(units)s decide %(function)s. In practice, the %(organisation)s does."
    ),
    ("central", "local"): _l(
        "We say that the %(organisation)s decides %(function)s. In practice, %(units)s do."
    ),
    ("local", "middle"): _l(
        "We say that %(units)s decide %(function)s. In practice, it is decided together."
    ),
    ("central", "middle"): _l(
        "We say that the %(organisation)s decides %(function)s. In practice, it is decided"
        " together."
    ),
    ("middle", "central"): _l(
        "We say that %(function)s is decided together. In practice, the %(organisation)s decides."
    ),
    ("middle", "local"): _l(
        "We say that %(function)s is decided together. In practice, %(units)s decide."
    ),
}


def side(share: Fraction) -> str:
    """Who decides, by a middle answer: local, middle, central."""
    return "middle" if share == MIDDLE else "central" if share > MIDDLE else "local"


def within(name: str) -> str:
    """A function's name within a sentence: small, unless it begins with an abbreviation."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def mismatch(name: str, middle: Middle, gap: Fraction, words: PracticeWords) -> str:
    """Who is said to decide, and who does."""
    given = {
        "function": within(name),
        "units": words.units,
        "organisation": words.organisation,
    }
    sides = side(middle.professed_median), side(middle.practised_median)
    if sides in _SIDES:
        return str(_SIDES[sides]) % given
    if gap > 0:
        return _(
            "%(function)s: in practice it is decided nearer to the %(organisation)s than we say.",
            **(given | {"function": name}),
        )
    return _(
        "%(function)s: in practice it is decided nearer to the %(units)s than we say.",
        **(given | {"function": name}),
    )


def steps(gap: Fraction | float) -> str:
    """A gap without its direction, to a tenth of a step."""
    return f"{abs(float(gap)):.1f}"


def at_most(bound: float) -> str:
    """A bound from above, rounded outwards, and never onto the line that it is below."""
    up = ceil(round(abs(bound) * 10, 6)) / 10
    if abs(bound) < STEP <= up:
        return _("just under 1")
    return f"{min(up, 4.0):.1f}"


def at_least(bound: float) -> str:
    """A bound from below, rounded outwards, and never onto the line that it is above."""
    down = floor(round(abs(bound) * 10, 6)) / 10
    if down < SHOWN < abs(bound):
        return _("three quarters of a step")
    return _("%(number)s steps", number=f"{down:.1f}")


def direction(gap: Fraction, words: PracticeWords) -> str:
    """A gap and where it leads."""
    said = steps(gap)
    if said == "0.0":
        return _("no gap")
    if gap > 0:
        return _("%(steps)s more central", steps=said)
    return _("%(steps)s more local", steps=said)


def ruled_out(gap: Gap) -> str:
    """The range in which a gap lies, for as far as it is known."""
    if gap.low is None or gap.high is None or gap.gap is None:
        return ""
    if gap.low > 0:
        return _("%(low)s to %(high)s more central", low=_low(gap.low), high=at_most(gap.high))
    if gap.high < 0:
        return _("%(low)s to %(high)s more local", low=_low(gap.high), high=at_most(gap.low))
    return _("up to %(most)s either way", most=at_most(gap.most))


def _low(bound: float) -> str:
    down = floor(round(abs(bound) * 10, 6)) / 10
    return f"{down:.1f}"


def stop_words(share: Fraction, stops: Sequence[str]) -> str:
    """A middle answer in the words of the scale; stops from the most local."""
    place = share * (len(stops) - 1)
    low = int(place)
    if place == low:
        return str(stops[low])
    return _("between “%(one)s” and “%(other)s”", one=stops[low + 1], other=stops[low])


def names(given: Sequence[str]) -> str:
    """Several names in a row."""
    if len(given) < 2:
        return "".join(given)
    return _("%(names)s and %(last)s", names=", ".join(given[:-1]), last=given[-1])


def title(gaps: Sequence[Gap], called: Mapping[str, str], words: PracticeWords) -> str:
    """What a mirror says first."""
    out = [each for each in gaps if each.state == "out_of_step"]
    if out and out[0].middle is not None and out[0].gap is not None:
        return mismatch(called[out[0].function], out[0].middle, out[0].gap, words)
    same = sum(each.state == "in_step" for each in gaps)
    if same:
        return _n(
            "We do as we say in %(num)s of %(of)s functions",
            "We do as we say in %(num)s of %(of)s functions",
            same,
            of=len(gaps),
        )
    return _("Too few of us answered to say whether we do as we say")


def lede(gaps: Sequence[Gap]) -> str:
    """How many functions are in which state."""
    number = {state: sum(each.state == state for each in gaps) for state in STATE_WORDS}
    said = []
    out = [each for each in gaps if each.state == "out_of_step"]
    if out and out[0].gap is not None:
        said.append(
            _n(
                "That is the one of %(of)s functions in which what we do is out of step with what"
                " we say: by %(steps)s steps on a scale that has four.",
                "That is the widest of %(num)s gaps in %(of)s functions: %(steps)s steps on a scale"
                " that has four.",
                len(out),
                of=len(gaps),
                steps=steps(out[0].gap),
            )
        )
        if number["in_step"]:
            said.append(
                _n("In %(num)s we do as we say.", "In %(num)s we do as we say.", number["in_step"])
            )
    else:
        said.append(_("In no function was a gap of a step or more shown."))
    if number["cannot_tell"]:
        said.append(
            _n("In %(num)s we cannot tell.", "In %(num)s we cannot tell.", number["cannot_tell"])
        )
    if number["not_enough"]:
        said.append(
            _n(
                "On %(num)s too few know, or answered.",
                "On %(num)s too few know, or answered.",
                number["not_enough"],
            )
        )
    return " ".join(said)


def together(coherence: Fraction | None, drift: Fraction | None, functions: int) -> str:
    """C and drift in one line."""
    if coherence is None or drift is None:
        return _(
            "Coherence and drift are given from three functions on that ten people or more answered"
            " in full."
        )
    if drift == 0:
        leans = _("taken together, practice is as central as what is said")
    elif drift > 0:
        leans = _("taken together, practice is more central than what is said")
    else:
        leans = _("taken together, practice is more local than what is said")
    return _n(
        "Over %(num)s function, by the middle answers: coherence %(coherence)s of 1; drift"
        " %(drift)s, %(leans)s.",
        "Over %(num)s functions, by the middle answers: coherence %(coherence)s of 1; drift"
        " %(drift)s, %(leans)s.",
        functions,
        coherence=_decimals(coherence),
        drift=_signed(drift),
        leans=leans,
    )


def _decimals(share: Fraction) -> str:
    """Two decimals, or three where two would not be the whole of it."""
    short = f"{float(share):.2f}"
    return short if Fraction(short) == share else f"{float(share):.3f}"


def _signed(share: Fraction) -> str:
    said = _decimals(abs(share))
    return said if share == 0 else f"+{said}" if share > 0 else f"\N{MINUS SIGN}{said}"
