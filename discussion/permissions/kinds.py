"""Kinds of viewers: who may do the same in a series is shown the same there, but for their own.

What is drawn once for all of a kind is drawn for its stand-in, which is nobody: whatever a page
asks of its viewer, it learns nothing that two people of a kind do not share.
"""

from dataclasses import fields

from discussion.permissions.facts import Belonging, Viewer

NOBODY = -1  # the number of no person
Kind = tuple[object, ...]


def stand_in(viewer: Viewer | None, series_id: int, *, reaches_out: bool = False) -> Viewer | None:
    """Somebody who may do in this series what the viewer may, and who is nobody.

    With `reaches_out` in every series: for a page that names what stands in others.
    """
    if viewer is None:
        return None
    here = set(viewer.belongings) if reaches_out else {series_id}
    belongings = {
        id: Belonging(own.role, own.is_admitted)
        for id, own in viewer.belongings.items()
        if id in here
    }
    return Viewer(
        person_id=NOBODY,
        public_id="",
        name="",
        is_confirmed=viewer.is_confirmed,
        is_administrator=viewer.is_administrator,
        belongings=belongings,
        removed_from=viewer.removed_from & {series_id},
        paused_in=viewer.paused_in & {series_id},
        # An address lets somebody into a series; whoever belongs to it needs none.
        domain="" if series_id in viewer.belongings else viewer.domain,
    )


def kind_of(viewer: Viewer | None) -> Kind:
    """Everything that rules can ask of a viewer, to compare and to keep things under."""
    if viewer is None:
        return ()
    known = (getattr(viewer, one.name) for one in fields(viewer) if one.name != "belongings")
    return (*known, *sorted(viewer.belongings.items(), key=lambda one: one[0]))
