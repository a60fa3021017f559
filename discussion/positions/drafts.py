"""What somebody wants to say, before it is a row, and everything that is wrong with it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from discussion import text
from discussion.accounts.words import PHASES
from discussion.language import _
from discussion.positions import words


@dataclass(frozen=True)
class TagDraft:
    """A value of the series by its slug, or one that is missing, in the person's words."""

    value: str = ""
    proposed: str = ""
    gloss: str = ""


@dataclass(frozen=True)
class LinkDraft:
    """How an item of the library (by its public id) bears on the claim."""

    item_id: str
    stance: str = ""
    warrant: str = ""
    transfer: str = "unknown"
    transfer_note: str = ""
    locator: str = ""
    rebuttal: str = ""


@dataclass(frozen=True, kw_only=True)
class PositionDraft:
    """Everything the writing page asks for."""

    claim: str = ""
    reasoning: str = ""
    served: tuple[TagDraft, ...] = ()
    outweighed: tuple[TagDraft, ...] = ()
    links: tuple[LinkDraft, ...] = ()
    is_without_study: bool = False
    level: str = ""
    phases: tuple[str, ...] = ()
    setting: str = ""
    placements: Mapping[str, float] = field(default_factory=dict)  # scale slug → 0 … 1
    confidence: int = 0
    objection: str = ""
    change_mind: tuple[str, ...] = ()
    change_mind_text: str = ""
    interests: str = ""
    attribution: str = ""
    nobody_identified: bool = False
    language: str = ""  # as its writer says; empty: found from the letters
    change_reason: str = ""  # only for a revision


@dataclass(frozen=True)
class ResponseDraft:
    type: str = ""
    text: str = ""
    item_id: str = ""
    value: str = ""
    attribution: str = ""
    nobody_identified: bool = False
    language: str = ""


@dataclass(frozen=True)
class Problem:
    """One thing to correct: the id of the field, and a sentence.

    What is merely not there yet also has a name, for the list of what is still needed.
    """

    field: str
    sentence: str
    need: str = ""


@dataclass(frozen=True)
class Bounds:
    """What the thread and its series allow."""

    values: frozenset[str]  # slugs that may be chosen
    items: frozenset[str]  # public ids that may be cited
    scales: frozenset[str]
    loosest: str  # attribution
    most_links: int | None = None  # that the texts may hold; None for any number


class Invalid(Exception):
    """The draft cannot be published; nothing was changed."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.sentence for problem in problems))
        self.problems = problems


def problems_in(draft: PositionDraft, bounds: Bounds) -> list[Problem]:
    """Everything that stands between a draft and publishing, in the order of the page."""
    problems = [problem for rule in _WRITTEN_RULES for problem in rule(draft, bounds)]
    wrong = {problem.field for problem in problems}  # what is too long is not read for its links
    texts = [(field_id, typed) for field_id, typed in _texts(draft) if field_id not in wrong]
    return [*problems, *too_many_links(texts, bounds.most_links), *_named(draft, bounds)]


def problems_in_response(draft: ResponseDraft, bounds: Bounds) -> list[Problem]:
    """Everything that stands between a response and publishing."""
    return list(_response_problems(draft, bounds))


def warnings_in(draft: PositionDraft) -> list[text.Notice]:
    """What may identify somebody, in any of the fields that are published.

    What goes past the longest field is refused, so it is not read.
    """
    written = [
        draft.claim, draft.reasoning, draft.setting, draft.objection, draft.change_mind_text,
        *(tag.gloss for tag in (*draft.served, *draft.outweighed)),
        *(part for link in draft.links
          for part in (link.warrant, link.transfer_note, link.rebuttal)),
    ]  # fmt: skip
    return [notice for each in written for notice in text.identifying(each[: words.MAX_REASONING])]


def digest(notices: Iterable[text.Notice]) -> str:
    """Confirming holds for what was shown; something new is asked about again."""
    found = "\n".join(sorted({f"{notice.kind} {notice.found}" for notice in notices}))
    return sha256(found.encode(errors="replace")).hexdigest()[:12]


def problems_in_language(typed: str, field_id: str = "language") -> Iterator[Problem]:
    """What was typed as the language of a text."""
    if text.count(typed) > text.LONGEST_LANGUAGE or text.read_tag(typed) is None:
        yield Problem(
            field_id,
            _("We do not know this language. Write its name, as Welsh, or its tag, as cy."),
        )


def is_at_least_as_strict(attribution: str, as_: str) -> bool:
    order = list(words.ATTRIBUTIONS)
    return attribution in order and order.index(attribution) >= order.index(as_)


def strictest(*attributions: str) -> str:
    order = list(words.ATTRIBUTIONS)
    return max(attributions, key=order.index)


_Rule = Callable[[PositionDraft, Bounds], Iterator[Problem]]


def _long(field_id: str, typed: str, longest: int) -> Iterator[Problem]:
    over = text.count(typed) - longest
    if over > 0:
        yield Problem(
            field_id,
            _("Too long by %(over)s: at most %(longest)s characters.", over=over, longest=longest),
        )


def _claim(draft: PositionDraft, _bounds: Bounds) -> Iterator[Problem]:
    if not draft.claim.strip():
        yield Problem("claim", _("Say your claim in one sentence."), _("Your claim"))
    yield from _long("claim", draft.claim, words.MAX_CLAIM)


def _reasoning(draft: PositionDraft, _bounds: Bounds) -> Iterator[Problem]:
    yield from _long("reasoning", draft.reasoning, words.MAX_REASONING)
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
    yield from _long(f"{field_id}-proposed", tag.proposed, words.MAX_PROPOSED_VALUE)
    yield from _long(f"{field_id}-gloss", tag.gloss, words.MAX_GLOSS)


def _links(draft: PositionDraft, bounds: Bounds) -> Iterator[Problem]:
    if not draft.links and not draft.is_without_study:
        yield Problem(
            "links",
            _("Link a piece of evidence, or tick “values and professional judgement; no study”."),
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
    yield from _long(f"{field_id}-warrant", link.warrant, words.MAX_WARRANT)
    yield from _long(f"{field_id}-transfer_note", link.transfer_note, words.MAX_TRANSFER_NOTE)
    yield from _long(f"{field_id}-locator", link.locator, words.MAX_LOCATOR)
    yield from _long(f"{field_id}-rebuttal", link.rebuttal, words.MAX_REBUTTAL)


def _place(draft: PositionDraft, bounds: Bounds) -> Iterator[Problem]:
    if draft.level not in words.LEVELS:
        yield Problem("level", _("Choose the level your claim is about."), _("The level"))
    if any(phase not in PHASES for phase in draft.phases):
        yield Problem("phases", _("Choose phases from the list."))
    yield from _long("setting", draft.setting, words.MAX_SETTING)
    for slug, at in draft.placements.items():
        if slug not in bounds.scales or at not in words.PLACES:
            yield Problem(f"place-{slug}", _("Choose one of the five places on this scale."))


def _doubt(draft: PositionDraft, _bounds: Bounds) -> Iterator[Problem]:
    if draft.confidence not in words.CONFIDENCES:
        yield Problem("confidence", _("Say how confident you are."), _("How sure you are"))
    yield from _long("objection", draft.objection, words.MAX_OBJECTION)
    if not draft.change_mind:
        sentence = _("Say what would change your mind, or that nothing would.")
        yield Problem("change_mind", sentence, _("What would change your mind"))
    elif any(each not in words.CHANGE_MINDS for each in draft.change_mind):
        yield Problem("change_mind", _("Choose from the list what would change your mind."))
    elif len(draft.change_mind) > 1 and "nothing" in draft.change_mind:
        yield Problem("change_mind", _("“Nothing” cannot be combined with another answer."))
    yield from _long("change_mind_text", draft.change_mind_text, words.MAX_CHANGE_MIND)
    yield from _long("interests", draft.interests, words.MAX_INTERESTS)


def _named(draft: PositionDraft, bounds: Bounds) -> Iterator[Problem]:
    if draft.attribution not in words.ATTRIBUTIONS:
        yield Problem("attribution", _("Choose how you are named."), _("How you are named"))
    elif not is_at_least_as_strict(draft.attribution, bounds.loosest):
        yield Problem("attribution", _("This thread asks for a stricter way of being named."))
    if not draft.nobody_identified:
        yield Problem(
            "nobody_identified",
            _("Confirm that nothing here identifies a pupil, a family or a colleague."),
            _("Nobody identified"),
        )


def _response_problems(draft: ResponseDraft, bounds: Bounds) -> Iterator[Problem]:
    if draft.type not in words.RESPONSE_TYPES:
        yield Problem("type", _("Choose what kind of response this is."))
    if not draft.text.strip():
        yield Problem("text", _("Write your response."))
    yield from _long("text", draft.text, words.MAX_RESPONSE)
    yield from problems_in_language(draft.language)
    yield from too_many_links([("text", draft.text)], bounds.most_links)
    if draft.item_id and draft.item_id not in bounds.items:
        yield Problem("item_id", _("This item is not in the library. Pick it again."))
    if draft.value and draft.value not in bounds.values:
        yield Problem("value", _("This value is not in the series’ set. Choose another."))
    if not is_at_least_as_strict(draft.attribution, bounds.loosest):
        yield Problem("attribution", _("Choose how you are named, as strictly as the thread asks."))
    if not draft.nobody_identified:
        yield Problem(
            "nobody_identified",
            _("Confirm that nothing here identifies a pupil, a family or a colleague."),
        )


def _texts(draft: PositionDraft) -> Iterator[tuple[str, str]]:
    """Every text of a position with the id of its field, in the order of the page."""
    yield "claim", draft.claim
    yield "reasoning", draft.reasoning
    for name, tags in (("served", draft.served), ("outweighed", draft.outweighed)):
        for index, tag in enumerate(tags):
            yield f"{name}-{index}-proposed", tag.proposed
            yield f"{name}-{index}-gloss", tag.gloss
    for index, link in enumerate(draft.links):
        for part in ("warrant", "transfer_note", "locator", "rebuttal"):
            yield f"links-{index}-{part}", getattr(link, part)
    for part in ("setting", "objection", "change_mind_text", "interests"):
        yield part, getattr(draft, part)


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


_WRITTEN_RULES: tuple[_Rule, ...] = (_claim, _reasoning, _values, _links, _place, _doubt)
