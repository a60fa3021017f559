"""Which licences a series may name, which states a package has, and how large its pieces are."""

from discussion.language import _l

# slug → (name, address); a series that names none gives none
LICENCES = {
    "CC-BY-4.0": (
        _l("Creative Commons Attribution 4.0"),
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    "CC-BY-SA-4.0": (
        _l("Creative Commons Attribution-ShareAlike 4.0"),
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    "CC-BY-NC-4.0": (
        _l("Creative Commons Attribution-NonCommercial 4.0"),
        "https://creativecommons.org/licenses/by-nc/4.0/",
    ),
    "OGL-UK-3.0": (
        _l("Open Government Licence 3.0"),
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
}
# How answers from elsewhere leave; what was answered here leaves in counts alone (decision 13).
RATINGS = {
    "counts": _l("In counts, as the findings show them"),
    "rows": _l("Imported answers row by row, without who gave them"),
}
COUNTS, ROWS = RATINGS

WAITING, MAKING, READY, GONE = "waiting", "making", "ready", "gone"
WHY_GONE = {
    "changed": _l("Something in it may not be shown any more."),
    "replaced": _l("A newer one took its place."),
    "failed": _l("It could not be made."),
}

PIECE = 256 * 1024  # bytes of a package that are kept, read and sent together
BATCH = 200  # positions that are read together
TELLS_EVERY = 2_000  # rows between two notes of how far it is
CHATHAM_HOUSE = "chatham_house"

READ_ME = (
    _l(
        "data/ holds the tables as CSV, jsonl/ the same as JSON Lines, and datapackage.json says"
        " what each column means. In CSV, a cell that a spreadsheet would take for a formula has"
        " an apostrophe before it; JSON Lines have the words exactly."
    ),
    _l(
        "People are named here as they chose to be, and no more of them is told: there are no ids"
        " of people. A letter in a byline is one voice within one thread. Dates are as coarse as"
        " bylines. Do not try to find out who somebody is."
    ),
    _l(
        "What is withdrawn, hidden or removed on the site later is taken out of the next package."
        " Take the newest, and delete older copies."
    ),
)
