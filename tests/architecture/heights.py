"""How high each drawer stands; a module may import what stands at its height or lower."""

from tests.architecture.reading import Module, short

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
    "subject": ASKS,
    "words": KNOWS_NOTHING,
}

# What has no such name says its height here: longest prefix first.
PLACES = {
    "": KNOWS_NOTHING,  # the version
    "__main__": WIRES,
    "app": WIRES,
    "wiring": WIRES,
    "cli": WIRES,
    "serving": WIRES,
    "demonstration": WIRES,
    "web": LISTENS,
    "api": SPEAKS,
    "feeds.atom": LISTENS,
    "feeds.ics": LISTENS,
    "pictures.drawing": LISTENS,
    "sharing.code": KNOWS_NOTHING,
    "sharing.linked": ASKS,
    "sharing.on_pages": ASKS,
    "mail": LISTENS,
    "mail.kinds": KNOWS_NOTHING,
    "mail.queue": CHANGES,
    "mail.reminding": CHANGES,
    "jobs.clockwork": SPEAKS,
    "jobs.metrics": SPEAKS,
    "jobs.waking": SPEAKS,
    "jobs.worker": SPEAKS,
    "jobs.registry": LISTENS,
    "jobs.claims": CHANGES,
    "jobs.queue": CHANGES,
    "jobs.standings": CHANGES,
    "migrations": DECIDES,
    "permissions": DECIDES,
    "permissions.may": KNOWS_NOTHING,
    "analysis": KNOWS_NOTHING,
    "clock": KNOWS_NOTHING,
    "config": KNOWS_NOTHING,
    "db": KNOWS_NOTHING,
    "decisions.targets": KNOWS_NOTHING,
    "language": KNOWS_NOTHING,
    "later": KNOWS_NOTHING,
    "paths": KNOWS_NOTHING,
    "polis": KNOWS_NOTHING,
    "problems": KNOWS_NOTHING,
    "records": KNOWS_NOTHING,
    "kept.tokens": KNOWS_NOTHING,
    "registers": KNOWS_NOTHING,
    "sealing": KNOWS_NOTHING,
    "stacking": KNOWS_NOTHING,
    "newest": KNOWS_NOTHING,
    "starting": KNOWS_NOTHING,
    "subjects": ASKS,
    "subjects.effects": CHANGES,
    "subjects.happenings": CHANGES,
    "subjects.texts": KNOWS_NOTHING,
    "text": KNOWS_NOTHING,
    "vocabulary": KNOWS_NOTHING,
    # Files of a room that are no drawer of their own.
    "audit.chain": KNOWS_NOTHING,
    "composing": LISTENS,  # how a text is opened, changed, kept and handed in, for views
    "evidence.checking": LISTENS,  # asks servers elsewhere, outside any transaction
    "evidence.citations": KNOWS_NOTHING,
    "evidence.completing": LISTENS,  # asks that server, likewise
    "evidence.crossref": LISTENS,  # asks a server elsewhere, before any transaction
    "evidence.addresses": KNOWS_NOTHING,
    "evidence.identifiers": KNOWS_NOTHING,
    "evidence.networks": KNOWS_NOTHING,
    "evidence.queue": CHANGES,
    "findings.computing": KNOWS_NOTHING,  # from numbers to findings
    "findings.content": KNOWS_NOTHING,  # what a snapshot says
    "findings.sentences": KNOWS_NOTHING,  # from findings to sentences
    "members.invitations": REMEMBERS,
    "moderation.letter_words": KNOWS_NOTHING,
    "notices.rated": LISTENS,  # asks with the key of raters, which the site has
    "packages.making": LISTENS,  # writes a file, beside any transaction
    "packages.tabular": KNOWS_NOTHING,
    "publications.datacite": LISTENS,  # tells a server elsewhere, outside any transaction
    "publications.files": KNOWS_NOTHING,  # from a frozen document to bytes
    "webhooks.signing": KNOWS_NOTHING,
    "webhooks.sending": LISTENS,  # tells a server elsewhere, outside any transaction
    "rights.archive": LISTENS,  # writes a file, beside any transaction
    "rights.folder": KNOWS_NOTHING,
    "rounds.fixed": KNOWS_NOTHING,
    "practice.keys": KNOWS_NOTHING,
    "practice.lines": KNOWS_NOTHING,
    "rounds.keys": KNOWS_NOTHING,
    "statements.wording": KNOWS_NOTHING,
    "series.exchange": LISTENS,  # a file is typed text, and its forms read it
    "series.lines": KNOWS_NOTHING,
}


def height_of(name: str) -> int | None:
    """The height of a module of ours by its name; None when nothing tells it."""
    if name.partition(".")[0] != "discussion":
        return None
    here = short(name)
    parts = here.split(".")
    if len(parts) >= 2 and here not in PLACES and (drawer := parts[1].split("_")[0]) in DRAWERS:
        return DRAWERS[drawer]  # forms_responding is a second part of forms
    for length in range(len(parts), 0, -1):
        place = ".".join(parts[:length])
        if place in PLACES:
            return PLACES[place]
    return None


def is_doorplate(module: Module) -> bool:
    """A wing's or room's own __init__, which only says what it means."""
    return module.path.name == "__init__.py" and "." not in module.short
