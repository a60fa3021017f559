"""How the writer of a position would be shown, in each way that a thread may offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy.orm import Session

from discussion.debate.positions.drafts import is_at_least_as_strict, strictest
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.queries.card import Byline
from discussion.debate.positions.queries.naming import (
    coarse_date,
    find_letters,
    label_in_words,
    organisation_shown,
)
from discussion.debate.threads.models import Thread
from discussion.language import _, in_words
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.series.members.queries.cells import CONTRIBUTOR, Cells, count_cells, ladder_step
from discussion.series.series.words import ATTRIBUTIONS
from discussion.vocabulary import Vocabulary, of_series


@dataclass(frozen=True)
class Name:
    """A way of being named, and exactly what others will see."""

    attribution: str
    is_offered: bool
    says: str
    seen: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class NamedAs:
    """What is known of how the writer would be shown."""

    person: Person | None
    role: str
    phase: str
    step: int
    vocabulary: Vocabulary
    letters: Mapping[str, str]  # attribution → the letter they have here already
    loosest: str

    @classmethod
    def read(
        cls,
        session: Session,
        viewer: Viewer | None,
        thread: Thread,
        *,
        posting: tuple[str, str],
        kind: str,
        position: Position | Response | None,
    ) -> Self:
        vocabulary = of_series(thread.series.slug)
        loosest = strictest(thread.attribution, thread.series.attribution)
        if position is not None:
            loosest = strictest(loosest, position.attribution)
        if kind == "behalf" or viewer is None:
            loosest = "chatham_house" if kind == "behalf" else loosest
            return cls(None, "", "", CONTRIBUTOR, vocabulary, {}, loosest)
        own = viewer.belongings.get(thread.series_id)
        is_known = own is not None and own.posting_role
        given = viewer.posts_as if viewer.posts_as[0] else posting
        role, phase = (own.posting_role, own.posting_phase) if own and is_known else given
        if position is not None and position.first_published_at is not None:
            role, phase, step = position.label_role, position.label_phase, position.label_step
        else:
            cells = count_cells(session, thread.series)
            if own is None or not own.is_admitted:
                cells = _with_one_more(cells, role, phase)  # approval admits, and then counts
            step = ladder_step(cells, role, phase, thread.series.min_group)
        letters = {
            mode: letter
            for (_id, person, mode, strand), letter in find_letters(session, {thread.id}).items()
            if person == viewer.person_id and strand == _strand(position, mode, thread)
        }
        person = session.get_one(Person, viewer.person_id)
        return cls(person, role, phase, step, vocabulary, letters, loosest)

    def byline(self, attribution: str, now: datetime) -> Byline:
        """As the card would show it; letters are drawn when it is published."""
        when = coarse_date(now, attribution)
        letter = self.letters.get(attribution, "")
        if attribution == "named":
            detail = self._label(0) if self.role else ""
            who = self.person.display_name if self.person else _("Your name")
            where = organisation_shown(self.person) if self.person else ""
            return Byline(who, detail, where, "", when, attribution)
        if attribution == "role":
            label = self._label(self.step)
            return Byline(f"{label} · {letter}" if letter else label, "", "", "", when, attribution)
        return Byline(f"{_('Contributor')} {letter}".strip(), "", "", "", when, "chatham_house")

    def _label(self, step: int) -> str:
        return label_in_words(self.vocabulary, self.role, self.phase, step)

    def choices(self, now: datetime) -> tuple[Name, ...]:
        return tuple(
            Name(mode, self.is_offered(mode), self._says(mode, now), self._seen(mode, now))
            for mode in ATTRIBUTIONS
        )

    def is_offered(self, mode: str) -> bool:
        return is_at_least_as_strict(mode, self.loosest)

    def _says(self, mode: str, now: datetime) -> str:
        shown = self.byline(mode, now)
        if mode == "named":
            return _("“%(name)s”, with your posting role.", name=shown.name)
        if mode == "role" and not self.role:
            phase = self.vocabulary.sentences.phase
            return _(
                "Your role and %(phase)s, where at least five members share them.", phase=phase
            )
        name = shown.name if self.letters.get(mode) else _example(shown.name, mode)
        if mode == "chatham_house":
            return _("%(name)s. Nothing shows who you are or where you work.", name=name)
        if self.step == CONTRIBUTOR:
            return _(
                "%(name)s. Fewer than five members share your role, so it is left out.", name=name
            )
        return _("%(name)s. At least five members share this label.", name=name)

    def _seen(self, mode: str, now: datetime) -> tuple[tuple[str, str], ...]:
        by = self.byline(mode, now)
        where = ", ".join(part for part in (by.name, by.detail, by.organisation) if part)
        if mode != "named" and not self.letters.get(mode):
            where = _example(where, mode)
        dates = {
            "named": in_words(now, "d MMMM y, HH:mm"),
            "role": _("%(day)s, without a time", day=in_words(now)),
            "chatham_house": _("%(month)s, without a day", month=in_words(now, "MMMM y")),
        }
        is_named = mode == "named"
        return (
            (_("On the card"), where),
            (_("Date"), dates[mode]),
            (
                _("Order in lists"),
                _("As the reader chooses")
                if is_named
                else _("Shuffled for the thread, not by time"),
            ),
            (
                str(self.vocabulary.sentences.workplace_region_page),
                _("As your profile says") if is_named else _("Never shown"),
            ),
            (_("Search, feeds, exports, e-mail, page addresses"), _("The same as on the card")),
        )


def _example(where: str, mode: str) -> str:
    """With a letter as the lot may draw it."""
    if mode == "role":
        return _("For example, %(label)s · Z", label=where)
    return _("For example, %(label)s Z", label=where)


def _with_one_more(cells: Cells, role: str, phase: str) -> Cells:
    if role not in cells.vocabulary.roles:
        return cells
    posts = {**cells.posts, (role, phase): cells.posts.get((role, phase), 0) + 1}
    return Cells(posts, cells.vocabulary)


def names_note(thread: Thread, position: Position | Response | None) -> str:
    """Why not every way is offered, or what holds when revising."""
    if position is not None:
        return _("You can make this stricter, and never looser than it was.")
    loosest = strictest(thread.attribution, thread.series.attribution)
    return {
        "named": "",
        "role": _("This thread shows no names."),
        "chatham_house": _("This thread is held under the Chatham House Rule."),
    }[loosest]


def _strand(item: Position | Response | None, mode: str, thread: Thread) -> str:
    """As which voice it would be known: what is tightened stays apart from what was so before."""
    if item is None or mode == item.attribution:
        return item.strand if item is not None else ""
    return item.strand or f"{thread.id}.{item.attribution}"
