"""Which tag of RIS, nbib and enw is which of ours, in the order in which they are asked."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Tags:
    """What the tags of one format mean."""

    type: str  # the tag that says what a thing is
    types: dict[str, str]
    fields: dict[str, str]
    roles: dict[str, str]
    of_type: dict[str, dict[str, str]] = field(default_factory=dict)  # where it is another
    ignored: frozenset[str] = frozenset()


RIS_TYPES = {
    "JOUR": "article", "EJOUR": "article", "MGZN": "article", "NEWS": "article",
    "JFULL": "article", "INPR": "article", "ABST": "article", "SER": "article",
    "CHAP": "chapter", "ECHAP": "chapter", "CONF": "chapter", "CPAPER": "chapter",
    "ENCYC": "chapter", "DICT": "chapter",
    "BOOK": "book", "EDBOOK": "book", "EBOOK": "book", "CLSWK": "book", "PAMP": "book",
    "THES": "thesis", "RPRT": "report", "GOVDOC": "report", "STAND": "report",
    "ELEC": "web", "BLOG": "web", "ICOMM": "web", "MULTI": "web",
}  # fmt: skip

RIS = Tags(
    type="TY",
    types=RIS_TYPES,
    fields={
        "TI": "title", "T1": "title", "CT": "title", "ST": "short title",
        "TT": "translated title",
        "PY": "date", "Y1": "date", "DA": "date", "Y2": "accessed",
        "JF": "journal", "JO": "journal", "T2": "journal", "JA": "journal", "J2": "journal",
        "J1": "journal", "BT": "book", "T3": "series",
        "VL": "volume", "IS": "number", "M1": "number", "SP": "first page", "BP": "first page",
        "EP": "last page",
        "C7": "article number", "AR": "article number",
        "PB": "publisher", "CY": "place", "PP": "place", "ET": "edition", "SN": "serial",
        "DO": "doi", "DI": "doi", "L3": "doi or file", "UR": "url", "LK": "url", "L1": "url",
        "L2": "url", "L4": "url",
        "N1": "note", "M2": "note", "RN": "reference", "M3": "sort", "LA": "language",
        "AB": "abstract", "N2": "abstract", "KW": "keywords", "AD": "affiliation",
        "AN": "number of record", "OP": "original", "RI": "reviewed", "NV": "volumes",
        "SE": "section", "DB": "database", "DP": "database",
    },
    roles={"AU": "author", "A1": "author", "A2": "editor", "ED": "editor", "A3": "series editor",
           "A4": "contributor", "TA": "translator"},
    of_type={
        "chapter": {"T2": "book", "JF": "book", "JO": "book", "BT": "book", "T3": "series",
                    "M1": "note", "IS": "number"},
        "book": {"BT": "title", "T2": "series", "M1": "note", "JF": "series", "JO": "series"},
        "thesis": {"T2": "series", "M1": "note"},
        "report": {"T2": "series", "M1": "number", "JF": "series"},
        "web": {"T2": "publisher", "M1": "note"},
        "other": {"T2": "book", "M1": "note", "BT": "book"},
    },
    ignored=frozenset({"ER", "TY", "ID", "LB", "CN", "UK", "U1", "U2", "U3", "U4", "U5"}),
)  # fmt: skip

NBIB = Tags(
    type="TY",
    types={},
    fields={
        "TI": "title", "BTI": "book", "CTI": "book", "TT": "translated title",
        "DP": "date", "JT": "journal", "TA": "journal abbreviated",
        "VI": "volume", "IP": "number", "PG": "pages", "PB": "publisher", "PL": "place",
        "EN": "edition", "ISBN": "isbn", "LID": "doi", "AID": "doi", "PMID": "pmid",
        "PMC": "pmcid", "LA": "language", "GN": "note", "AB": "abstract", "OT": "keywords",
        "MH": "keywords", "AD": "affiliation", "CON": "comment",
    },
    roles={"FAU": "author", "CN": "author", "FED": "editor", "AU": "author",
           "ED": "editor"},
    ignored=frozenset([
        "TY", "ER", "OWN", "STAT", "DCOM", "LR", "DA", "IS", "JID", "SB", "EDAT", "MHDA",
        "CRDT", "PHST", "PST", "SO", "PT", "DEP", "CI", "COIS", "AUID", "GR", "OTO", "RN",
        "NM", "SI", "IR", "FIR", "OAB", "OABL", "CTDT", "DRDT", "MID", "RF", "STY", "CDAT",
        "IRAD", "OCI", "SPIN", "ROF", "UOF", "CRF", "CRI",
    ]),
)  # fmt: skip

ENW = Tags(
    type="0",
    types={
        "JOURNAL ARTICLE": "article", "ELECTRONIC ARTICLE": "article",
        "MAGAZINE ARTICLE": "article", "NEWSPAPER ARTICLE": "article",
        "BOOK SECTION": "chapter", "ELECTRONIC BOOK SECTION": "chapter",
        "CONFERENCE PROCEEDINGS": "chapter", "CONFERENCE PAPER": "chapter",
        "ENCYCLOPEDIA": "chapter", "BOOK": "book", "EDITED BOOK": "book",
        "ELECTRONIC BOOK": "book", "THESIS": "thesis", "REPORT": "report",
        "GOVERNMENT DOCUMENT": "report", "WEB PAGE": "web", "BLOG": "web",
    },
    fields={
        "T": "title", "!": "short title", "Q": "translated title", "D": "date", "8": "date",
        "J": "journal", "B": "book", "S": "series", "V": "volume", "N": "number", "P": "pages",
        "I": "publisher", "C": "place", "7": "edition", "@": "serial", "R": "doi", "U": "url",
        ">": "url", "Z": "note", "O": "note", "9": "sort", "G": "language", "[": "accessed",
        "X": "abstract", "K": "keywords", "+": "affiliation", "M": "number of record",
        "&": "section", "6": "volumes", "(": "original", "*": "reviewed", "=": "date",
        "~": "database", "W": "database",
    },
    roles={"A": "author", "E": "editor", "Y": "series editor", "?": "contributor"},
    of_type={
        "article": {"B": "journal"},
        "book": {"B": "series"},
        "report": {"B": "series"},
        "thesis": {"B": "publisher"},
        "web": {"B": "publisher"},
    },
    ignored=frozenset({"0", "F", "L", "<", "TY", "ER"}),
)  # fmt: skip
