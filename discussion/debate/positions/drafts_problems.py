"""Everything that is wrong with what somebody wants to say, beside the field that it is about."""

from collections.abc import Callable, Iterable, Iterator

from discussion import text
from discussion.debate.positions import words
from discussion.debate.positions.drafts import (
    Bounds,
    LinkDraft,
    PositionDraft,
    TagDraft,
    is_at_least_as_strict,
    texts_in,
)
from discussion.debate.positions.drafts_fields import Field, in_page_order, texts_of
from discussion.language import _
from discussion.problems import Problem, too_long
from discussion.series.series.words import ATTRIBUTIONS
from discussion.vocabulary import Vocabulary


def problems_in(draft: PositionDraft, bounds: Bounds) -> list[Problem]:
    """Everything that stands between a draft and publishing, in the order of the page."""
    problems = [
        problem
        for one in in_page_order(PositionDraft)
        if one.at != "name"
        for problem in _of_field(one, draft, bounds)
    ]
    wrong = {problem.field for problem in problems}  # what is too long is not read for its links
    texts = [(id, typed) for id, _field, typed in texts_in(draft) if id not in wrong]
    return [*problems, *too_many_links(texts, bounds.most_links), *_named(draft, bounds)]


def problems_in_posting(role: str, phase: str, vocabulary: Vocabulary) -> list[Problem]:
    """What is wrong with the role and phase in which somebody wants to post."""
    problems = []
    if role not in vocabulary.roles:
        sentence = _("Choose the role in which you post here.")
        problems.append(Problem("posting_role", sentence, _("Your role")))
    if phase and phase not in vocabulary.phases:
        sentence = _("Choose your %(phase)s from the list.", phase=vocabulary.sentences.phase)
        problems.append(Problem("posting_phase", sentence))
    return problems


def problems_in_consent(note: str) -> list[Problem]:
    """What is wrong with the record of a consent."""
    if not note.strip():
        sentence = _("Say how and when the person gave their consent.")
        return [Problem("consent_note", sentence, _("How the person gave their consent"))]
    return list(too_long("consent_note", note, words.MAX_CONSENT_NOTE))


def problems_in_language(typed: str, field_id: str = "language") -> Iterator[Problem]:
    """What was typed as the language of a text."""
    if text.count(typed) > text.LONGEST_LANGUAGE or text.read_tag(typed) is None:
        yield Problem(
            field_id,
            _("We do not know this language. Write its name, as Welsh, or its tag, as cy."),
        )


def too_many_links(texts: Iterable[tuple[str, str]], most: int | None) -> Iterator[Problem]:
    """One problem, beside the first field that goes over; `most` is None for any number."""
    if most is None:
        return
    counted = [(field_id, text.count_links(typed)) for field_id, typed in texts if typed]
    total = sum(number for _field, number in counted)
    so_far = 0
    for field_id, number in counted:
        so_far += number
        if so_far > most:
            yield Problem(
                field_id,
                _(
                    "New members can use at most %(most)s links; this has %(links)s."
                    " Take some out, or cite sources from the library instead.",
                    most=most,
                    links=total,
                ),
            )
            return


_Rule = Callable[[PositionDraft, Bounds], Iterator[Problem]]


def _of_field(one: Field, draft: PositionDraft, bounds: Bounds) -> Iterator[Problem]:
    """What one line of the table asks: its own rule, and no more characters than it may have."""
    if rule := _RULES.get(one.name):
        yield from rule(draft, bounds)
    if one.longest:
        yield from too_long(one.name, getattr(draft, one.name), one.longest)


def _texts_of_row(field_id: str, row: TagDraft | LinkDraft) -> Iterator[Problem]:
    for part in texts_of(type(row)):
        yield from too_long(f"{field_id}-{part.typed}", getattr(row, part.name), part.longest)


def _claim(draft: PositionDraft, _bounds: Bounds) -> Iterator[Problem]:
    if not draft.claim.strip():
        yield Problem("claim", _("Say your claim in one sentence."), _("Your claim"))


def _language(draft: PositionDraft, _bounds: Bounds) -> Iterator[Problem]:
    yield from problems_in_language(draft.language)


def _values(draft: PositionDraft, bounds: Bounds) -> Iterator[Problem]:
    if not draft.served:
        sentence = _("Choose at least one value that your claim serves.")
        yield Problem("served", sentence, _("A value it serves"))
    if len(draft.served) > words.MAX_SERVED:
        yield Problem("served", _("Choose at most three values that your claim serves."))
    if len(draft.outweighed) > words.MAX_OUTWEIGHED:
        yield Problem("outweighed", _("Choose at most two values that your claim outweighs."))
    seen: set[str] = set()
    for name, tags in (("served", draft.served), ("outweighed", draft.outweighed)):
        for index, tag in enumerate(tags):
            yield from _tag(f"{name}-{index}", tag, bounds, seen)


def _tag(field_id: str, tag: TagDraft, bounds: Bounds, seen: set[str]) -> Iterator[Problem]:
    if bool(tag.value) == bool(tag.proposed.strip()):
        yield Problem(field_id, _("Choose a value, or propose one that is missing."))
    elif tag.value and tag.value not in bounds.values:
        yield Problem(field_id, _("This value is not in the series’ set. Choose another."))
    chosen = tag.value or text.fold(tag.proposed)
    if chosen in seen:
        yield Problem(field_id, _("Use each value once: either served or outweighed."))
    seen.add(chosen)
    yield from _texts_of_row(field_id, tag)


def _links(draft: PositionDraft, bounds: Bounds) -> Iterator[Problem]:
    if not draft.links and not draft.is_without_study:
        yield Problem(
            "links",
            _("Add a source, or tick “values and professional judgement; no study”."),
            _("Your evidence"),
        )
    if draft.links and draft.is_without_study:
        yield Problem(
            "is_without_study",
            _("You have linked evidence, so untick “no study”, or take the evidence away."),
        )
    if len(draft.links) > words.MAX_LINKS:
        yield Problem("links", _("Link at most twelve pieces of evidence."))
    seen: set[tuple[str, str]] = set()
    for index, link in enumerate(draft.links):
        if (link.item_id, link.stance) in seen:
            yield Problem(
                f"links-{index}", _("You have already linked this item with this stance.")
            )
        seen.add((link.item_id, link.stance))
        yield from _link(f"links-{index}", link, bounds)


def _link(field_id: str, link: LinkDraft, bounds: Bounds) -> Iterator[Problem]:
    if link.item_id not in bounds.items:
        yield Problem(field_id, _("This item is not in the library. Pick it again."))
    if link.stance not in words.STANCES:
        yield Problem(
            f"{field_id}-stance",
            _("Say whether this supports your claim, qualifies or contradicts it."),
        )
    if link.stance in ("supports", "qualifies", "contradicts") and not link.warrant.strip():
        yield Problem(f"{field_id}-warrant", _("Say why this matters for your claim."))
    if link.stance == "contradicts" and not link.rebuttal.strip():
        yield Problem(
            f"{field_id}-rebuttal",
            _("This source contradicts your claim. Say why you still make the claim."),
        )
    if link.transfer not in words.TRANSFERS:
        yield Problem(f"{field_id}-transfer", _("Say whether it fits your setting."))
    yield from _texts_of_row(field_id, link)


def _level(draft: PositionDraft, bounds: Bounds) -> Iterator[Problem]:
    if draft.level not in bounds.vocabulary.levels:
        yield Problem("level", _("Choose the level your claim is about."), _("The level"))


def _phases(draft: PositionDraft, bounds: Bounds) -> Iterator[Problem]:
    if not bounds.vocabulary.phases.keys() >= set(draft.phases):
        phases = bounds.vocabulary.sentences.phases
        yield Problem("phases", _("Choose %(phases)s from the list.", phases=phases))


def _placements(draft: PositionDraft, bounds: Bounds) -> Iterator[Problem]:
    for slug, at in draft.placements.items():
        if slug not in bounds.scales or at not in words.PLACES:
            yield Problem(f"place-{slug}", _("Choose one of the five places on this scale."))


def _confidence(draft: PositionDraft, _bounds: Bounds) -> Iterator[Problem]:
    if draft.confidence not in words.CONFIDENCES:
        yield Problem("confidence", _("Say how confident you are."), _("How sure you are"))


def _change_mind(draft: PositionDraft, _bounds: Bounds) -> Iterator[Problem]:
    if not draft.change_mind:
        sentence = _("Say what would change your mind, or that nothing would.")
        yield Problem("change_mind", sentence, _("What would change your mind"))
    elif any(each not in words.CHANGE_MINDS for each in draft.change_mind):
        yield Problem("change_mind", _("Choose from the list what would change your mind."))
    elif len(draft.change_mind) > 1 and "nothing" in draft.change_mind:
        yield Problem("change_mind", _("“Nothing” cannot be combined with another answer."))


def _named(draft: PositionDraft, bounds: Bounds) -> Iterator[Problem]:
    if draft.attribution not in ATTRIBUTIONS:
        yield Problem("attribution", _("Choose how you are named."), _("How you are named"))
    elif not is_at_least_as_strict(draft.attribution, bounds.loosest):
        yield Problem("attribution", _("This thread asks for a stricter way of being named."))
    if not draft.nobody_identified:
        yield Problem(
            "nobody_identified",
            str(bounds.vocabulary.sentences.confirm_nobody),
            _("Nobody identified"),
        )


_RULES: dict[str, _Rule] = {
    "claim": _claim,
    "language": _language,
    "served": _values,
    "links": _links,
    "level": _level,
    "phases": _phases,
    "placements": _placements,
    "confidence": _confidence,
    "change_mind": _change_mind,
}
