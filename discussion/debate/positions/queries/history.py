"""The versions of a position, and in words what changed from one to the next."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from discussion import paths, text
from discussion.debate.positions import words
from discussion.debate.positions.drafts import PositionDraft
from discussion.debate.positions.drafts_fields import Field, Told, fields_of, in_page_order
from discussion.debate.positions.models import Position, Revision
from discussion.debate.positions.queries.card import Card, Chip, Link
from discussion.debate.positions.queries.cards import Around, revealed_card
from discussion.debate.positions.queries.naming import coarse_date
from discussion.debate.positions.queries.shapes import Change, Version
from discussion.language import _
from discussion.vocabulary import Vocabulary, of_series

CHANGED = "changed-h"  # where the page says what changed


@dataclass(frozen=True)
class _Shown:
    """A version as it was kept, and as its readers see it today."""

    row: Revision
    card: Card


def list_versions(position: Position, shown: Revision | None) -> tuple[Version, ...]:
    """The versions as the page lists them, newest first, dated as the attribution allows."""
    return tuple(
        _version(position, revision, shown) for revision in reversed(position.shown_revisions)
    )


def version_date(position: Position, revision: Revision) -> str:
    """When a version became live: by name to the minute, by role the day, else the month."""
    at = revision.live_at or position.first_published_at
    return coarse_date(at, position.attribution) if at else ""


def list_changes(
    position: Position, revision: Revision, around: Around, *, since: Revision | None = None
) -> tuple[Change, ...]:
    """What this version changed against the one before, or `since`; nothing for the first."""
    before = since or _before(position, revision)
    if before is None:
        return ()
    then, now = (_Shown(one, revealed_card(position, one, around)) for one in (before, revision))
    known = of_series(position.thread.series.slug)
    return (*_text_changes(before, revision, known), *_other_changes(then, now, known))


def reason_in_words(revision: Revision) -> str:
    """Why a version was made, as its writer chose; empty for a first one."""
    return str(words.KEPT_REASONS.get(revision.change_reason, ""))


def _version(position: Position, revision: Revision, shown: Revision | None) -> Version:
    number = revision.version or 0
    url = paths.version(position.public_id, number)
    return Version(
        number=number,
        url=url,
        diff_url=f"{url}#{CHANGED}" if _before(position, revision) else "",
        date=version_date(position, revision),
        reason=revision.change_reason,
        is_live=revision.id == position.live_revision_id,
        is_shown=shown is not None and revision.id == shown.id,
    )


def _before(position: Position, revision: Revision) -> Revision | None:
    earlier = [
        one for one in position.shown_revisions if (one.version or 0) < (revision.version or 0)
    ]
    return earlier[-1] if earlier else None


def _text_changes(then: Revision, now: Revision, known: Vocabulary) -> Iterator[Change]:
    """What somebody wrote in their own words, with what they chose beside it."""
    for label, lines in _together(fields_of(PositionDraft)):
        before, after = (". ".join(_in_words(lines, one, known)).strip() for one in (then, now))
        if _is_written(lines) and before != after:
            yield Change(label, text.marked_diff(before, after))


def _other_changes(then: _Shown, now: _Shown, known: Vocabulary) -> Iterator[Change]:
    """Choices rather than texts: said in sentences."""
    for label, lines in _together(in_page_order(PositionDraft)):
        if _is_written(lines):
            continue
        if tell := _TOLD.get(lines[0].name):
            said = tell(then.card, now.card)
        else:
            chosen = (
                "; ".join(filter(None, _in_words(lines, one.row, known))) for one in (then, now)
            )
            said = _swapped(*chosen)
        if joined := " ".join(said):
            yield Change(label, text.marked_diff(joined, joined))


def _together(lines: Sequence[Field]) -> list[tuple[str, list[Field]]]:
    """Lines of the table that are told, by what readers call them."""
    found: dict[str, list[Field]] = {}
    for one in lines:
        if one.how.told is not Told.NOT:
            found.setdefault(str(one.label), []).append(one)
    return list(found.items())


def _is_written(lines: Sequence[Field]) -> bool:
    return any(one.how.told is Told.AS_TEXT for one in lines)


def _in_words(lines: Sequence[Field], row: Revision, known: Vocabulary) -> list[str]:
    return [
        one.in_words(one.of_row(getattr(row, one.name)), known)
        for one in lines
        if one.how.told is not Told.AS_ROWS
    ]


def _chips(then: Sequence[Chip], now: Sequence[Chip], *, is_ranked: bool) -> list[str]:
    before, after = ({one.slug or one.label: one for one in chips} for chips in (then, now))
    said = [
        _("Took away %(value)s.", value=one.label)
        for key, one in before.items()
        if key not in after
    ]
    for key, one in after.items():
        was = before.get(key)
        if was is None:
            said.append(_("Added %(value)s.", value=one.label))
        elif is_ranked and was.rank != one.rank:
            said.append(
                _(
                    "%(value)s moved from place %(before)s to place %(after)s.",
                    value=one.label,
                    before=was.rank,
                    after=one.rank,
                )
            )
        if one.gloss != (was.gloss if was else ""):
            said.append(_gloss(one))
    return said


def _gloss(chip: Chip) -> str:
    if not chip.gloss:
        return _("What %(value)s means here was taken away.", value=chip.label)
    return _("%(value)s now means here: “%(gloss)s”", value=chip.label, gloss=chip.gloss)


def _links(then: Sequence[Link], now: Sequence[Link]) -> list[str]:
    before, after = ({(one.item_url, one.stance): one for one in links} for links in (then, now))
    stances_before = {one.item_url: one for one in then}
    stances_after = {url for url, _stance in after}
    said = [
        _("Took away “%(title)s”.", title=one.title)
        for (url, _stance), one in before.items()
        if url not in stances_after
    ]
    for key, one in after.items():
        was = before.get(key) or stances_before.get(one.item_url)
        said.extend(_link(was, one))
    return said


def _link(was: Link | None, now: Link) -> Iterator[str]:
    stance = str(words.STANCES[now.stance]).lower()
    if was is None:
        yield _("Added “%(title)s” (%(stance)s).", title=now.title, stance=stance)
        return
    if was.stance != now.stance:
        yield _("“%(title)s” is now given as: %(stance)s.", title=now.title, stance=stance)
    told = (
        (_("why it matters for the claim"), was.warrant, now.warrant),
        (_("why I still make the claim"), was.rebuttal, now.rebuttal),
        (_("how well it fits the setting"), _travels(was), _travels(now)),
        (_("where to find it in the source"), was.locator, now.locator),
    )
    for what, before, after in told:
        if before != after and after:
            yield _("“%(title)s”, %(what)s: “%(after)s”", title=now.title, what=what, after=after)
        elif before != after:
            yield _("“%(title)s”: took away %(what)s.", title=now.title, what=what)


def _travels(link: Link) -> str:
    setting = str(words.TRANSFERS.get(link.transfer, ""))
    return f"{setting}. {link.transfer_note}" if link.transfer_note else setting


def _study(then: Card, now: Card) -> Iterator[str]:
    if now.is_without_study and not then.is_without_study:
        yield _("Now rests on values and professional judgement, without a study.")


def _swapped(before: str, after: str) -> Iterator[str]:
    if before == after:
        return
    if before and after:
        yield _("Was “%(before)s”, is “%(after)s”.", before=before, after=after)
    else:
        yield _("Is now “%(after)s”.", after=after) if after else _("Taken away.")


_TOLD: Mapping[str, Callable[[Card, Card], Iterable[str]]] = {
    "served": lambda then, now: _chips(then.served, now.served, is_ranked=True),
    "outweighed": lambda then, now: _chips(then.outweighed, now.outweighed, is_ranked=False),
    "links": lambda then, now: [*_links(then.links, now.links), *_study(then, now)],
    "placements": lambda then, now: _swapped(then.place_words, now.place_words),
}
