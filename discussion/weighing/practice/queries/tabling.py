"""A mirror as a table: what its page shows, a row a function, and never who said what."""

from discussion.language import _
from discussion.weighing.practice.shapes_mirror import BesidePart, MirrorPage

HEAD = (
    "part",
    "function",
    "group",
    "state",
    "we_say",
    "in_practice",
    "gap_in_steps",
    "not_ruled_out",
    "gave_both",
)
Row = tuple[str, ...]


def mirror_rows(page: MirrorPage) -> tuple[Row, ...]:
    """The rows of the file; the same words as on the page."""
    rows: list[Row] = [
        (
            "function",
            one.name,
            _("everybody"),
            one.state,
            one.professed,
            one.practised,
            one.gap_says,
            one.rules_out,
            one.gave_both,
        )
        for one in page.functions
    ]
    for name, part in (("roles", page.roles), ("units", page.units)):
        if part is not None:
            rows += _beside(name, part)
    if page.together:
        rows.append(("together", "", "", "", "", "", page.together, "", ""))
    rows += [
        ("vision", one.text, _("everybody"), "", "", one.middle, "", "", "") for one in page.visions
    ]
    return tuple(rows)


def _beside(name: str, part: BesidePart) -> list[Row]:
    return [
        (name, row.name, track.name, row.state, "", track.middle, row.most, "", "")
        for row in part.more
        for track in row.tracks
    ]
