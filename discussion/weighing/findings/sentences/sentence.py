"""The finding in a sentence: between whom, what is known, and what to ask next."""

from collections.abc import Sequence
from dataclasses import replace

from discussion.language import _
from discussion.weighing.findings.content.compared import Compared
from discussion.weighing.findings.content.whole import Content
from discussion.weighing.findings.sentences.clauses.order import clauses_of
from discussion.weighing.findings.sentences.clauses.told import Told
from discussion.weighing.findings.sentences.groups import Labels, capital
from discussion.weighing.findings.sentences.numbers import in_small_words
from discussion.weighing.findings.sentences.quoting import how_many_answered
from discussion.weighing.findings.sentences.room import among, between_two, room_clauses
from discussion.weighing.findings.shapes.found import Clause, Sentence
from discussion.weighing.findings.words import PROMPTS

MOST_AT_HEAD = 3
NOT_ENOUGH = "not_enough_to_say"


def sentence_of(
    content: Content, found: Compared | None, labels: Labels, *, is_too_alike: bool = False
) -> Sentence:
    """What one comparison found; `found` is None where no two groups can be compared.

    `is_too_alike` where numbers are not shown since an earlier round's raters are nearly the same.
    """
    answered = how_many_answered(content.ratings.raters)
    verdict = found.verdict if found else NOT_ENOUGH
    if is_too_alike and verdict == NOT_ENOUGH:
        return _too_alike(verdict, answered)
    diagnosis = found.diagnosis if found else None
    clauses = clauses_of(Told(content, found, diagnosis, labels)) if found and diagnosis else ()
    of_room = () if any(each.is_told for each in clauses) else room_clauses(content)
    between = among(content, None if of_room or not found else found, labels)
    if not of_room and found is None:
        return _nobody(content, verdict, answered)
    if of_room and clauses and found:
        clauses = _of_two(clauses, between_two(content, found, labels))
    head = (*of_room, *clauses)[:MOST_AT_HEAD]
    heading = f"{between} {said_in_full(head)}"
    return Sentence(
        verdict=verdict,
        heading=heading,
        answered=answered,
        text=f"{heading} {answered}",
        prompt=str(PROMPTS[verdict]),
        among=between,
        clauses=head,
        short=f"{between} {said_in_full(head[:1])}",
    )


def _of_two(clauses: Sequence[Clause], between: str) -> tuple[Clause, ...]:
    """After what the room says: between whom the first of the others is."""
    first, *rest = clauses
    if first.state in ("missing", "unknown"):
        return tuple(clauses)
    lead = _("%(between)s, %(lead)s", between=between, lead=first.lead)
    return (replace(first, lead=lead), *rest)


def said_in_full(clauses: Sequence[Clause]) -> str:
    """The first goes on after the colon; each of the others is a sentence."""
    said = [_whole(each) for each in clauses]
    return " ".join([*said[:1], *(capital(each) for each in said[1:])])


def _whole(clause: Clause) -> str:
    if not clause.says:
        return f"{clause.lead}."
    if clause.state in ("insufficient", "unclear"):
        return _("%(lead)s, %(says)s.", lead=clause.lead, says=clause.says)
    return _("%(lead)s: %(says)s.", lead=clause.lead, says=clause.says)


def _too_alike(verdict: str, answered: str) -> Sentence:
    heading = _(
        "There are too few new answers for separate results. What the"
        " earlier round found still applies."
    )
    prompt = _(
        "Use what the earlier round found. A later round can add to it once"
        " five or more new people have answered."
    )
    return Sentence(verdict, heading, answered, f"{heading} {answered}", prompt, short=heading)


def _nobody(content: Content, verdict: str, answered: str) -> Sentence:
    heading = _(
        "Not enough to say what people disagree about: no two groups of at least %(fewest)s "
        "have answered.",
        fewest=in_small_words(content.ratings.round.min_group),
    )
    prompt = str(PROMPTS[verdict])
    return Sentence(verdict, heading, answered, f"{heading} {answered}", prompt, short=heading)
