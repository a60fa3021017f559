"""Why something is not decided; every room that decides raises the same."""


class AlreadyDecided(Exception):
    """Somebody else decided first, or it was changed meanwhile, or a source that it brings was."""


class NeedsReason(Exception):
    """Everything but an approval needs a reason from the series' list."""


class NeedsTwin(Exception):
    """What was "already said" needs the other position of this series that says it."""


class NeedsEdit(Exception):
    """Marks ask for an edit, so they go with no other decision."""


class TooLong(Exception):
    """The note to the author, or the facts relied on, are too long."""
