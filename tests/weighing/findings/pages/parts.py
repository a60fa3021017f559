"""Groups, cells and rows built by hand, from counts of answers."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from discussion.analysis.agreement import agreement
from discussion.analysis.relabelling import gap_between
from discussion.weighing.findings.shapes.ground import Reading
from discussion.weighing.findings.shapes.groups import Cell, Group, Link
from discussion.weighing.findings.shapes.rows import Dimension, KindRows, Row

URL = "/findings/compel-enrichment"
NOTHING = Reading("", ())
WORDS = {"apart": "Apart", "alike": "Alike", "unclear": "Unclear",
         "insufficient": "Not enough to say"}  # fmt: skip
KINDS = {
    "end": ("Ends", "what matters"),
    "fact": ("Facts", "what is so"),
    "means": ("Means", "what to do"),
    "": ("Not sorted yet", "imported"),
}

# code, kind, statement, leaders by point, teachers by point, state
ENRICHMENT = (
    ("E1", "end", "Equal access to enrichment matters for equity.",
     (0, 0, 0, 2, 16), (0, 0, 0, 2, 14), "alike"),
    ("E2", "end", "Pupils should be free to choose how they spend this time.",
     (2, 9, 5, 1, 1), (0, 0, 1, 4, 11), "apart"),
    ("F1", "fact", "Being required puts pupils off joining in later.",
     (1, 8, 7, 1, 0), (0, 6, 3, 5, 1), "alike"),
    ("F2", "fact", "Without a requirement, those with least will mostly not come.",
     (0, 0, 1, 7, 9), (0, 1, 3, 9, 3), "alike"),
    ("F3", "fact", "A place by default closes the gap as well as a requirement does.",
     (), (), "insufficient"),
    ("M1", "means", "Attendance should be compulsory.",
     (0, 0, 0, 8, 10), (11, 5, 0, 0, 0), "apart"),
    ("M2", "means", "Each pupil gets a place by default, with an easy opt-out.",
     (0, 1, 10, 7, 0), (0, 1, 3, 9, 3), "alike"),
    ("M3", "means", "Each school should decide this for itself.",
     (1, 4, 6, 5, 2), (0, 2, 3, 7, 4), "unclear"),
)  # fmt: skip


def make_group(key: str, name: str, size: int | None, **changes: object) -> Group:
    """A declared group, by its name in a sentence."""
    made = Group(
        key=key,
        name=name,
        counted_name=name,
        title=name[:1].upper() + name[1:],
        size=size,
        says=f"{size} {name}" if size else f"fewer than five {name}",
        is_inferred=False,
        url=f"{URL}?as={key}" if size else "",
        is_chosen=False,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


LEADERS = make_group("family:school_leadership", "school leaders", 18)
TEACHERS = make_group("role:sixth_form", "sixth-form teachers", 16)
EVERYBODY = make_group("everybody", "everybody", 34)


def make_cell(group: Group, counts: Sequence[int], why_not: str = "", dont_know: int = 0) -> Cell:
    """What a group answered; without counts it is not shown, and says why."""
    people = sum(counts)
    if not people:
        words, short = {
            "few": ("fewer than five", "fewer than 5"),
            "subtraction": ("not shown, since it would tell the others", "not shown"),
            "nobody": ("nobody", "nobody"),
        }[why_not or "few"]
        return Cell(group.key, None, None, None, None, None, None, (), (), None, None, None, None,
                    None, "", words, short, why_not or "few")  # fmt: skip
    points = len(counts)
    agrees = -(-points // 2)  # how many points are below the first that agrees, from 1
    agree = sum(counts[agrees:])
    disagree = sum(counts[: points - agrees])
    spread = [point for point, count in enumerate(counts, 1) for _each in range(count)]
    a = float(agreement(counts))
    says = f"{agree} of {people}"
    return Cell(
        group=group.key,
        raters=people,
        agree=agree,
        disagree=disagree,
        middle=people - agree - disagree,
        dont_know=dont_know,
        not_for_me=0,
        counts=tuple(counts),
        shares=tuple(count / people for count in counts),
        mean=sum(spread) / people,
        median=float(spread[people // 2]),
        lower=float(spread[people // 4]),
        upper=float(spread[3 * people // 4]),
        agreement=a,
        agreement_words="agreed among themselves" if a >= 0.5 else "mixed" if a > 0 else "split",
        words=says,
        short=says,
        why_not="",
    )


def make_row(
    code: str,
    kind: str,
    text: str,
    first: Sequence[int],
    second: Sequence[int],
    state: str,
    groups: Sequence[Group] = (LEADERS, TEACHERS),
) -> Row:
    """One statement between two groups; with no group, everybody answered as `first`."""
    both = tuple(map(sum, zip(first, second, strict=False))) or tuple(first)
    everybody = make_cell(EVERYBODY, both, dont_know=24 if not both else 0)
    cells = tuple(
        make_cell(group, counts, why_not)
        for group, counts, why_not in zip(
            groups, (first, second), ("few", "subtraction"), strict=False
        )
    )
    is_known = len(cells) == 2 and all(cell.counts for cell in cells)
    distance = float(gap_between(first, second)) if is_known else None
    means = [cell.mean or 0.0 for cell in cells]
    steps = abs(means[0] - means[1]) / (len(first) - 1) if is_known else 0
    return Row(
        code=code,
        kind=kind,
        text=text,
        sources=(Link("Position 2", "/threads/compel-enrichment#p2"),),
        cells=cells,
        everybody=everybody,
        chosen=None,
        dont_know="0" if both else "24",
        gap=distance,
        gap_words="none" if distance is None else f"{distance:.2f}",
        p=1 / 5000 if state == "apart" else None,
        p_words="1 in 5,000 drawn" if state == "apart" else "",
        p_kind="sampled",
        adjusted_p=4 / 5000 if state == "apart" else None,
        adjusted_p_words="4 in 5,000" if state == "apart" else "",
        state=state if groups else "",
        state_words=WORDS[state] if groups else "",
        is_one_sided=is_known and abs(steps - (distance or 0)) < 1e-9,
        is_left_out=False,
        opens=(
            "The gap is the share of the scale that answers would have to travel for the two groups to match.",  # noqa: E501
            f"Relabelling the same people at random gives {distance or 0:.2f} or more once in 5,000.",  # noqa: E501
        ),
    )


def make_kinds(rows: Sequence[Row]) -> tuple[KindRows, ...]:
    return tuple(
        KindRows(kind, *KINDS[kind], tuple(each))
        for kind, each in groupby(rows, key=lambda row: row.kind)
    )


def make_dimension(kind: str, state: str, says: str) -> Dimension:
    return Dimension(kind, KINDS[kind][0], state, WORDS[state], says,
                     ("E2 is apart by 0.55, at 4 in 5,000 after correction.",), 2, 2,
                     (), (), (), ())  # fmt: skip
