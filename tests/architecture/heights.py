"""How high each drawer stands; a module may import what stands at its height or lower."""

from tests.architecture.reading import Module

WIRES, SPEAKS, LISTENS, CHANGES, ASKS, DECIDES, REMEMBERS, KNOWS_NOTHING = 7, 6, 5, 4, 3, 2, 1, 0

# A file or folder of this name stands at this height, in whatever room.
DRAWERS = {
    "views": SPEAKS,
    "tasks": SPEAKS,
    "forms": LISTENS,
    "operations": CHANGES,
    "queries": ASKS,
    "models": REMEMBERS,
    "drafts": KNOWS_NOTHING,
    "shapes": KNOWS_NOTHING,
    "words": KNOWS_NOTHING,
}

# What has no such name says its height here: longest prefix first.
PLACES = {
    "discussion": KNOWS_NOTHING,  # the version
    "discussion.__main__": WIRES,
    "discussion.app": WIRES,
    "discussion.cli": WIRES,
    "discussion.serving": WIRES,
    "discussion.demonstration": WIRES,
    "discussion.web": LISTENS,
    "discussion.api": SPEAKS,
    "discussion.feeds": SPEAKS,
    "discussion.mail": LISTENS,
    "discussion.mail.queue": CHANGES,
    "discussion.mail.reminding": CHANGES,
    "discussion.jobs.clockwork": SPEAKS,
    "discussion.jobs.worker": SPEAKS,
    "discussion.jobs.registry": LISTENS,
    "discussion.jobs.claims": CHANGES,
    "discussion.jobs.queue": CHANGES,
    "discussion.jobs.standings": CHANGES,
    "discussion.migrations": DECIDES,
    "discussion.permissions": DECIDES,
    "discussion.permissions.may": KNOWS_NOTHING,
    "discussion.analysis": KNOWS_NOTHING,
    "discussion.clock": KNOWS_NOTHING,
    "discussion.config": KNOWS_NOTHING,
    "discussion.db": KNOWS_NOTHING,
    "discussion.language": KNOWS_NOTHING,
    "discussion.paths": KNOWS_NOTHING,
    "discussion.polis": KNOWS_NOTHING,
    "discussion.text": KNOWS_NOTHING,
    # Files of a room that are no drawer of their own.
    "discussion.audit.chain": KNOWS_NOTHING,
    "discussion.evidence.checking": LISTENS,  # asks servers elsewhere, outside any transaction
    "discussion.evidence.citations": KNOWS_NOTHING,
    "discussion.evidence.completing": LISTENS,  # asks that server, likewise
    "discussion.evidence.crossref": LISTENS,  # asks a server elsewhere, before any transaction
    "discussion.evidence.addresses": KNOWS_NOTHING,
    "discussion.evidence.identifiers": KNOWS_NOTHING,
    "discussion.evidence.networks": KNOWS_NOTHING,
    "discussion.evidence.queue": CHANGES,
    "discussion.findings.computing": KNOWS_NOTHING,  # from numbers to findings
    "discussion.findings.saying": KNOWS_NOTHING,  # from findings to sentences
    "discussion.moderation.letter_words": KNOWS_NOTHING,
    "discussion.moderation.targets": KNOWS_NOTHING,
    "discussion.redactions.sealing": KNOWS_NOTHING,
    "discussion.rights.archive": LISTENS,  # writes a file, beside any transaction
    "discussion.rights.folder": KNOWS_NOTHING,
    "discussion.rounds.keys": KNOWS_NOTHING,
    "discussion.rounds.wording": KNOWS_NOTHING,
    "discussion.series.exchange": LISTENS,  # a file is typed text, and its forms read it
    "discussion.series.invitations": REMEMBERS,
    "discussion.series.lines": KNOWS_NOTHING,
}


def height_of(name: str) -> int | None:
    """The height of a module by its name; None when nothing tells it."""
    parts = name.split(".")
    if len(parts) >= 3 and name not in PLACES and (drawer := parts[2].split("_")[0]) in DRAWERS:
        return DRAWERS[drawer]  # forms_responding is a second part of forms
    for length in range(len(parts), 1, -1):
        place = ".".join(parts[:length])
        if place in PLACES:
            return PLACES[place]
    return PLACES["discussion"] if len(parts) == 1 else None


def is_doorplate(module: Module) -> bool:
    """A room's own __init__, which only says what the room means."""
    return module.path.name == "__init__.py" and module.name.count(".") == 1
