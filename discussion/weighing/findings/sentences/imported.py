"""The finding in a sentence for answers from elsewhere, whose statements nobody has sorted."""

from collections.abc import Mapping

from discussion.language import _, _n
from discussion.weighing.findings.content.counted import Counted, JudgedGroups, PolisConsensus
from discussion.weighing.findings.sentences.quoting import listed, quoted
from discussion.weighing.findings.shapes.found import Sentence


def imported_sentence(counted: Counted, texts: Mapping[str, str]) -> Sentence:
    """How many groups people fall into, and what all of them agree with or reject."""
    how_many = _n("%(num)s person answered.", "%(num)s answered.", counted.raters)
    heading = f"{_groups(counted)} {_agreed(counted, texts)}"
    return Sentence(
        verdict="",
        heading=heading,
        answered=how_many,
        text=f"{heading} {how_many}",
        prompt=_("Sort the statements into ends, facts and means, to see what parts the groups."),
        short=heading,
    )


def _groups(counted: Counted) -> str:
    judged = counted.inferred
    if isinstance(judged, JudgedGroups) and judged.state == "stable":
        return _n(
            "People fall into %(num)s group by how they answer.",
            "People fall into %(num)s groups by how they answer.",
            judged.k,
        ) + (_(" How many groups there are is not sure.") if judged.as_good else "")
    return _("There are no stable groups.")


def _agreed(counted: Counted, texts: Mapping[str, str]) -> str:
    consensus = counted.polis.consensus if counted.polis else PolisConsensus((), ())
    agree, disagree = (
        listed([quoted(texts[code]) for code in codes])
        for codes in (consensus.agree, consensus.disagree)
    )
    if agree:
        return _("Most agree: %(statements)s.", statements=agree)
    if disagree:
        return _("Most disagree with %(statements)s.", statements=disagree)
    return _("Nothing is agreed by most for certain.")
