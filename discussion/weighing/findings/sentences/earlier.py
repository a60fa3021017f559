"""The finding in a sentence by the rule before: snapshots that were made by it keep their words."""

from collections.abc import Mapping

from discussion.language import _
from discussion.weighing.findings.content.compared import Compared, ComparedTags
from discussion.weighing.findings.sentences.groups import Labels, capital, lowered, name_of
from discussion.weighing.findings.sentences.quoting import how_many_answered, listed, quoted
from discussion.weighing.findings.shapes.found import Sentence
from discussion.weighing.findings.words import EARLIER_PROMPTS


def earlier_sentence_of(
    found: Compared | None,
    *,
    texts: Mapping[str, str],
    labels: Labels,
    answered: int,
    fewest: int,
    names_groups: bool,
    is_too_alike: bool = False,
) -> Sentence:
    """What one comparison found; `found` is None where no two groups can be compared.

    `is_too_alike` where numbers are not shown since an earlier round's raters are nearly the same.
    `names_groups` for comparisons other than the first: then it says between whom.
    """
    how_many = how_many_answered(answered)
    verdict = found.verdict if found else "not_enough_to_say"
    heading = _heading(found, texts, labels, fewest)
    prompt = str(EARLIER_PROMPTS[verdict])
    if is_too_alike and verdict == "not_enough_to_say":
        prompt = _(
            "Use what the earlier round found. A later round can add to it once"
            " five or more new people have answered."
        )
        heading = _(
            "There are too few new answers for separate results. What the"
            " earlier round found still applies."
        )
    if names_groups and found:
        heading = _(
            "%(a)s and %(b)s: %(finding)s",
            a=capital(name_of(found.a, labels)),
            b=name_of(found.b, labels),
            finding=_within(heading),
        )
    return Sentence(
        verdict=verdict,
        heading=heading,
        answered=how_many,
        text=f"{heading} {how_many}",
        prompt=prompt,
    )


def _heading(found: Compared | None, texts: Mapping[str, str], labels: Labels, fewest: int) -> str:
    if found is None:
        return _(
            "Not enough to say what people disagree about: no two groups of at least %(fewest)s "
            "have answered.",
            fewest=fewest,
        )
    given = _Given(found, texts, labels, fewest)
    return _SAYS[found.verdict](given)


class _Given:
    """One comparison and the words for its parts."""

    def __init__(
        self, found: Compared, texts: Mapping[str, str], labels: Labels, fewest: int
    ) -> None:
        self.found, self.labels, self.fewest = found, labels, fewest
        self._texts = texts

    def state(self, kind: str) -> str:
        return self.found.dimensions[kind].state

    def ends(self) -> str:
        """The values that part them where positions tell of them, else the statements."""
        return values_apart(self.found.tags, self.labels) or self.statements("end")

    def statements(self, kind: str) -> str:
        """The statements of a kind that part them, quoted; the widest gap first."""
        rows = self.found.statements
        codes = sorted(
            self.found.dimensions[kind].apart,
            key=lambda code: (-(rows[code].gap or 0), code),
        )
        return listed([quoted(self._texts[code]) for code in codes])

    def to_do(self) -> str:
        """ "on what to do, such as …": what both would do, else what neither would, if anything."""
        rows = self.found.statements
        codes = sorted(
            self.found.dimensions["means"].alike,
            key=lambda code: (rows[code].gap or 0, code),
        )
        for stance, says in (("agree", "%(text)s"), ("disagree", _("not %(text)s"))):
            for code in codes:
                if rows[code].consensus == stance:
                    return _(
                        "on what to do, such as %(means)s",
                        means=says % {"text": quoted(self._texts[code])},
                    )
        return _("on what to do")


def values_apart(tags: ComparedTags, labels: Labels) -> str:
    """ "Freedom to choose against equality"; empty unless each side has its value."""
    emphasis = tags.emphasis
    if emphasis is None or emphasis.gap is None:
        return ""
    weights = {value: b - a for value, a, b in emphasis.values}
    mine = [value for value in emphasis.distinctive if weights[value] < 0]
    theirs = [value for value in emphasis.distinctive if weights[value] > 0]
    if not mine or not theirs:
        return ""
    first, second = (lowered(labels.value(value)) for value in (theirs[0], mine[0]))
    return _("%(first)s against %(second)s", first=first, second=second)


def _agreement(given: _Given) -> str:
    return _("People agree here: on what matters, on the facts and %(to_do)s.", to_do=given.to_do())


def _different_reasons(given: _Given) -> str:
    said = given.ends() or _("which values count most")
    return _(
        "People mostly agree %(to_do)s, for different reasons: %(ends)s.",
        to_do=given.to_do(),
        ends=said,
    )


def _despite_facts(given: _Given) -> str:
    facts = given.statements("fact")
    if not facts:
        return _(
            "People agree on what matters and on what to do, although they read the same evidence "
            "differently."
        )
    return _(
        "People agree on what matters and on what to do, although they differ over a fact: "
        "whether %(facts)s.",
        facts=facts,
    )


def _about_ends(given: _Given) -> str:
    return _(
        "People who differ here mostly differ over ends: %(ends)s. On the facts they are alike.",
        ends=given.ends() or _("which values count most"),
    )


def _about_facts(given: _Given) -> str:
    return _(
        "People who differ here mostly differ over facts: %(facts)s. What matters to them is "
        "alike.",
        facts=_facts(given),
    )


def _about_both(given: _Given) -> str:
    return _(
        "People who differ here differ over ends, %(ends)s, and over facts: %(facts)s.",
        ends=given.ends() or _("which values count most"),
        facts=_facts(given),
    )


def _about_means(given: _Given) -> str:
    return _(
        "People who differ here share their ends and their facts, and differ over what to do: "
        "%(means)s.",
        means=given.statements("means"),
    )


def _partly_known(given: _Given) -> str:
    said = [
        _("People here differ over what to do: %(means)s.", means=given.statements("means")),
        _over_ends(given),
        _over_facts(given),
    ]
    return " ".join(said)


def _reasons_unknown(given: _Given) -> str:
    return _(
        "People mostly agree %(to_do)s; there is not enough to say whether for the same reasons.",
        to_do=given.to_do(),
    )


def _not_enough(given: _Given) -> str:
    return _(
        "Not enough to say what people disagree about. %(shortfall)s",
        shortfall=shortfall(given.found, given.labels, given.fewest),
    )


def shortfall(found: Compared, labels: Labels, fewest: int) -> str:
    """What would have to come in, in numbers, that says nothing of who has answered."""
    means = found.dimensions["means"]
    if means.state == "insufficient":
        return _(
            "At least %(fewest)s %(a)s and %(fewest)s %(b)s need to rate the same"
            " statement on what to do. They have not yet.",
            fewest=fewest,
            a=name_of(found.a, labels),
            b=name_of(found.b, labels),
        )
    return _(
        "On what to do, it is unclear whether %(a)s and %(b)s differ.",
        a=name_of(found.a, labels),
        b=name_of(found.b, labels),
    )


def _facts(given: _Given) -> str:
    facts = given.statements("fact")
    return (
        _("whether %(facts)s", facts=facts)
        if facts
        else _("they read the same evidence differently")
    )


def _over_ends(given: _Given) -> str:
    match given.state("end"):
        case "apart":
            return _(
                "Over ends they differ too: %(ends)s.",
                ends=given.ends() or _("which values count most"),
            )
        case "alike":
            return _("What matters to them is alike.")
        case "unclear":
            return _("Whether what matters to them differs is unclear.")
    return _("There is not enough to say whether what matters to them differs.")


def _over_facts(given: _Given) -> str:
    match given.state("fact"):
        case "apart":
            return _("Over facts they differ too: %(facts)s.", facts=_facts(given))
        case "alike":
            return _("On the facts they are alike.")
        case "unclear":
            return _("Whether they differ over facts is unclear.")
    return _("There is not enough to say whether they differ over facts.")


def _within(said: str) -> str:
    """A sentence after a colon."""
    return said[:1].lower() + said[1:]


_SAYS = {
    "agreement": _agreement,
    "agreement_for_different_reasons": _different_reasons,
    "agreement_despite_facts": _despite_facts,
    "about_ends": _about_ends,
    "about_facts": _about_facts,
    "about_ends_and_facts": _about_both,
    "about_means": _about_means,
    "partly_known": _partly_known,
    "agreement_reasons_unknown": _reasons_unknown,
    "not_enough_to_say": _not_enough,
}
