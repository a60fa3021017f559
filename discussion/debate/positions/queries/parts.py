"""What may be said of private answers: nothing while a thread is open, then only safe groups."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Part, PartCounts, Position
from discussion.debate.positions.queries.shapes import PartAnswer, PartCount, PartsShown
from discussion.debate.positions.words import PART_OVER
from discussion.language import _, _n
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed

LEAST = 5  # whatever a series says
# The groupings of the stances, the finest first; the first that is safe is shown.
GROUPINGS: tuple[Mapping[str, tuple[str, ...]], ...] = (
    {"agree": ("5", "4"), "between": ("3",), "disagree": ("2", "1"), "dont_know": ("dont_know",)},
    {"agree": ("5", "4"), "part": ("3", "2", "1"), "dont_know": ("dont_know",)},
    {"agree": ("5", "4"), "rest": ("3", "2", "1", "dont_know")},
)
PARTING = ("between", "disagree", "part")  # the groups that were asked over what

Counts = Mapping[str, Mapping[str, int]]
Cells = dict[str, int]


def own_part(session: Session, viewer: Viewer | None, position: Position) -> PartAnswer | None:
    """The viewer's own answer, which nobody else sees; None for who may neither answer nor did."""
    if viewer is None or not allowed(viewer, May.TAKE_BACK_PART, position):
        return None
    part = session.scalar(
        select(Part)
        .where(Part.position_id == position.id)
        .where(Part.person_id == viewer.person_id)
    )
    if part is None:
        return PartAnswer("", (), "") if allowed(viewer, May.PART, position) else None
    return PartAnswer(part.stance, tuple(part.over), part.reasonable)


def shown_parts(session: Session, viewer: Viewer | None, position: Position) -> PartsShown | None:
    """The frozen counts, once the thread has moved on and enough admitted people answered.

    The rule is one for every number on the page: **a group is shown only if it has nobody or at
    least `min_group` (never under five) people, and so has every group that is left when it is
    subtracted.** The stances are shown in the finest of three groupings whose groups all keep to
    it; otherwise only how many answered. What people part over, and whether they hold the position
    reasonable, is asked of those who do not agree: each of these counts is shown only if their
    number can be seen, and the count and the rest of them both keep to the rule.

    A thread that was reopened is counted again, and so is a position that was moved, when the
    thread in which it stands now moves on. Since two counts can be subtracted too, a later one is
    shown only where every number that can be made of it differs by none or by enough from that of
    every one that was shown before.
    """
    if not allowed(viewer, May.SEE_PART_COUNTS, position):
        return None
    rows = session.scalars(
        select(PartCounts)
        .where(PartCounts.position_id == position.id)
        .order_by(PartCounts.frozen_at, PartCounts.id)
    ).all()
    return shown_of(rows, max(position.thread.series.min_group, LEAST))


def shown_of(rows: Iterable[PartCounts], least: int) -> PartsShown | None:
    """What may be told of the counts of one position, the earliest first."""
    counts = _latest_safe([row.counts for row in rows if row.people >= least], least)
    return parts_of(counts, least) if counts else None


def parts_of(counts: Counts, least: int) -> PartsShown:
    """One frozen count as it may be shown."""
    stances = counts.get("stance", {})
    people = sum(stances.values())
    cells = _finest_safe(stances, least)
    parting = sum(cells.get(group, 0) for group in PARTING)
    has_parting = any(group in cells for group in PARTING) and parting >= least
    over = _over(counts, parting, least) if has_parting else ()
    reasonable = _reasonable(counts, parting, least) if has_parting else ""
    return PartsShown(
        said=" ".join(filter(None, (_said(cells, people), reasonable))),
        people=people,
        stances=tuple(PartCount(_labels()[group], n) for group, n in cells.items()),
        over=over,
        note=_note(cells, least),
    )


def _latest_safe(counted: Sequence[Counts], least: int) -> Counts:
    """The last of those that were shown one after another, the first of them being the first."""
    shown: list[Mapping[str, int]] = []
    latest: Counts = {}
    for counts in counted:
        numbers = _numbers(counts)
        if all(_differ_safely(before, numbers, least) for before in shown):
            shown.append(numbers)
            latest = counts
    return latest


def _numbers(counts: Counts) -> Mapping[str, int]:
    """Every answer, every group of every grouping, and what is left of those who were asked."""
    stances = counts.get("stance", {})
    made = {"people": sum(stances.values())}
    for grouping in GROUPINGS:
        for members in grouping.values():
            made["+".join(members)] = sum(stances.get(stance, 0) for stance in members)
    made |= dict(stances)
    parting = made["3+2+1"]
    for asked in ("over", "reasonable"):
        for slug, n in counts.get(asked, {}).items():
            made[f"{asked} {slug}"] = n
            made[f"{asked} not {slug}"] = parting - n
    return made


def _differ_safely(before: Mapping[str, int], after: Mapping[str, int], least: int) -> bool:
    return all(
        _is_safe(abs(before.get(name, 0) - after.get(name, 0)), least) for name in {*before, *after}
    )


def _finest_safe(stances: Mapping[str, int], least: int) -> Cells:
    for grouping in GROUPINGS:
        cells = {
            group: sum(stances.get(stance, 0) for stance in members)
            for group, members in grouping.items()
        }
        if all(_is_safe(n, least) for n in cells.values()):
            return cells
    return {}


def _is_safe(n: int, least: int) -> bool:
    return n == 0 or n >= least


def _over(counts: Counts, parting: int, least: int) -> tuple[PartCount, ...]:
    said = counts.get("over", {})
    return tuple(
        PartCount(str(label), said[slug])
        for slug, label in PART_OVER.items()
        if said.get(slug) and _is_safe(said[slug], least) and _is_safe(parting - said[slug], least)
    )


def _reasonable(counts: Counts, parting: int, least: int) -> str:
    n = counts.get("reasonable", {}).get("yes", 0)
    if not n or not _is_safe(n, least) or not _is_safe(parting - n, least):
        return ""
    return _(
        "Of the %(parting)s who do not agree, %(n)s still find it a reasonable position.",
        parting=parting,
        n=n,
    )


def _said(cells: Cells, people: int) -> str:
    answered = _n("%(num)s person answered", "%(num)s people answered", people)
    if not cells:
        return answered + "."
    largest = max(cells, key=lambda group: cells[group])
    if cells[largest] == people:
        return {
            "agree": _("%(answered)s, and all of them agree.", answered=answered),
            "between": _("%(answered)s, and all of them are in between.", answered=answered),
            "disagree": _("%(answered)s, and all of them disagree.", answered=answered),
            "part": _("%(answered)s, and none of them fully agrees.", answered=answered),
            "dont_know": _("%(answered)s, and none of them knows.", answered=answered),
            "rest": _("%(answered)s, and none of them agrees.", answered=answered),
        }[largest]
    agree = cells["agree"]
    if not agree:
        return _("%(answered)s; nobody agrees.", answered=answered)
    return _("%(answered)s; %(agree)s of them agree.", answered=answered, agree=agree)


def _labels() -> dict[str, str]:
    return {
        "agree": _("Agree or mostly agree"),
        "between": _("In between"),
        "disagree": _("Disagree or mostly disagree"),
        "part": _("In between, or disagree"),
        "rest": _("In between, disagree, or don’t know"),
        "dont_know": _("Don’t know"),
    }


def _note(cells: Cells, least: int) -> str:
    frozen = _("Counted when the thread moved on, and not changed since.")
    if len(cells) == len(GROUPINGS[0]):
        return frozen
    return " ".join(
        (
            frozen,
            _(
                "Groups of fewer than %(least)s are combined or left out, so that nobody"
                " can be recognised.",
                least=least,
            ),
        )
    )
