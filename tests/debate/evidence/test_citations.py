"""BibTeX, RIS and Harvard text, in and out."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussion import text
from discussion.debate.evidence.citations import MAX_ENTRIES, bibtex, harvard, read, ris
from discussion.debate.evidence.drafts import ItemDraft

BIBTEX = r"""
@article{stukas,
  title = {The {E}ffects of \enquote{mandatory volunteerism} \& intentions: 50% more},
  author = {Stukas, A. A. and Mary van Snyder and {Department for Education and Skills}
            and La{\v z}eti{\'c}, Predrag},
  year = 1999, journal = "Psychological Science", volume = {10}, number = {1}, pages = {59--64},
  doi = {https://doi.org/10.1111/1467-9280.00107}, url = {https://example.org/a\_b%20c}
}
"""
RIS = """TY  - JOUR
AU  - Donnelly, Michael
AU  - Lažetić, P.
PY  - 2019/05/01
TI  - An unequal playing field
JO  - Journal of Things
VL  - 3
IS  - 2
SP  - 10
EP  - 20
DO  - 10.1000/ABC
UR  - https://example.org/field/
ER  -
"""
HOSTILE = {
    "open braces": "@article{x, title={" + "{" * 50_000,
    "nested": "@article{x, title={" + "{" * 20_000 + "}" * 20_000 + "}}",
    "at signs": "@" * 100_000,
    "quotes": '@a{x, t="' + '"' * 90_000,
    "commas": "@a{x" + "," * 90_000,
    "same fields": "@a{x" + ",title={b}" * 9_000 + "}",
    "concatenation": "@a{x, title=" + "a # " * 20_000 + "b}",
    "nested macros": "@a{x, title={" + r"\textbf{" * 9_000 + "}" * 9_000 + "}}",
    "dollars": "@a{x, title={" + "$" * 90_000 + "}}",
    "backslashes": "@a{x, title={" + "\\\\" * 45_000 + "}}",
    "names": "@a{x, title={t}, author={" + "{a and " * 10_000 + "}}",
    "and and and": "@a{x, title={t}, author={" + " and" * 20_000 + "}}",
    "empty RIS": "TY  -\nER  -",
    "RIS without an end": "TY  - JOUR\nTI  - a",
    "RIS with tags in the middle": "TY  - JOUR\nTI  - a\nTY  - BOOK\nER  - ",
    "RIS of one long line": "TY  - JOUR\nTI  - " + "a" * 99_000,
    "RIS of many tags": "TY  - JOUR\n" + "AU  - A, b\n" * 9_000,
    "a surrogate": "@a{x, title={\ud800}}",
    "nothing": "",
    "abbreviations of abbreviations": "@string{a={xxxxxxxxxx}}\n"
    + "".join(f"@string{{{'a' * (n + 1)}={'#'.join(['a' * n] * 10)}}}\n" for n in range(1, 12))
    + "@a{x, title=aaaaaaaaaaaa}",
    "deep JSON": "[" * 50_000,
    "beginnings of JSON": "[{\n" * 25_000,
    "entries that refer to each other": "@a{a,title={A},xref={b}}\n@a{b,title={B},xref={a}}",
    "a list of commas": "TY  - JOUR\nTI  - T\nAU  - " + "a, " * 30_000,
    "DOIs": "10.1000/a " * 9_000,
    "a typed reference without an end": "Marlow, A. (2019) " + "x. " * 30_000 + "10.1000/1",
    "lines of enw": "%0 Book\n" + "%T a\n" * 15_000,
    "signs of tags": "TY  - JOUR\nTI  - " + "<i " * 30_000,
    "prose": "See my paper, please.",
    "control characters": "@a{x, title={\x00\x1b[31m}}",
}


def test_a_bibtex_entry_is_read_with_its_accents_names_and_journal() -> None:
    (draft,) = read(BIBTEX).drafts
    assert draft.title.startswith("The Effects of")
    assert draft.title.endswith("& intentions: 50% more")
    assert draft.authors == (
        "Stukas, A. A.",
        "van Snyder, Mary",
        "Department for Education and Skills",
        "Lažetić, Predrag",
    )
    assert (draft.year, draft.publisher) == (1999, "Psychological Science 10(1), 59–64")
    assert draft.doi == "10.1111/1467-9280.00107"
    assert draft.url == "https://example.org/a_b%20c"


def test_a_ris_record_is_read_with_its_journal_and_pages() -> None:
    (draft,) = read(RIS).drafts
    assert draft.authors == ("Donnelly, Michael", "Lažetić, P.")
    assert (draft.year, draft.publisher) == (2019, "Journal of Things 3(2), 10–20")
    assert (draft.doi, draft.url) == ("10.1000/abc", "https://example.org/field/")


def test_an_entry_that_cannot_be_read_is_named_and_the_others_are_kept() -> None:
    reading = read("@article{a, title={One}}\n@book{b, title={open\n@misc{c, title={Three}}")
    assert [draft.title for draft in reading.drafts] == ["One", "Three"]
    assert [entry.number for entry in reading.entries if entry.problem] == [2]


def test_two_entries_with_one_key_are_two_entries_or_a_problem_said() -> None:
    reading = read("@article{a, title={One}}\n@article{a, title={Two}}")
    assert len(reading.entries) == 2


def test_an_entry_without_a_title_is_a_problem_said() -> None:
    assert read("TY  - JOUR\nAU  - A, B\nER  - \n").entries[0].problem


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_citations_never_raise_and_never_take_long(source: str) -> None:
    began = time.monotonic()
    reading = read(source)
    assert time.monotonic() - began < 3
    assert reading.problem or reading.entries
    assert all(entry.draft or entry.problem for entry in reading.entries)


def test_too_many_entries_and_too_many_bytes_are_refused() -> None:
    assert "50" in read("@a{x, title={t}}\n" * (MAX_ENTRIES + 1)).problem
    assert len(read("@a{x, title={t}}\n" * MAX_ENTRIES).entries) == MAX_ENTRIES
    assert "100" in read("@a{x, title={" + "é" * 60_000 + "}}").problem


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_no_text_makes_reading_raise(source: str) -> None:
    read(source)
    read("@misc{x, title = {" + source)
    read("TY  - " + source + "\nTI  - " + source + "\nER  - ")


# What a reader could take for something else than words.
ODD = st.sampled_from([
    "&amp;", "<i>", "</i>", "et al.", " and ", ";", "Jr", "$5", "{", "\\", "%", "#", "--", "``",
    "doi:10.1000/x", "https://example.org/z", "1999", "~", "\u00c3\u00a9",
])  # fmt: skip
LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z"))
WORDS = st.lists(st.text(LETTERS | st.just(" "), max_size=9) | ODD, max_size=6).map(
    lambda parts: text.line("".join(parts))
)
NAMES = st.tuples(WORDS, WORDS).map(
    lambda parts: text.line(", ".join(part.replace(",", "") for part in parts).strip(", "))
)
DRAFTS = st.builds(
    ItemDraft,
    title=WORDS.filter(bool),
    authors=st.lists(NAMES.filter(bool), max_size=4).map(tuple),
    year=st.none() | st.integers(1500, 2027),
    publisher=WORDS,
    doi=st.sampled_from(["", "10.1000/a_b", "10.1002/(sici)1097<1::aid-x>3.0.co;2-d"]),
    url=st.sampled_from(["", "https://example.org/a_b?c=d%20e&f=~g", "https://example.org/%7Bx"]),
    citation=WORDS,
    accessed_on=st.none() | st.dates(date(1995, 1, 1), date(2024, 12, 31)),
    language=st.sampled_from(["en-GB", "en-US", "de", "cy"]),
)


@settings(max_examples=150, deadline=None)
@given(DRAFTS)
def test_what_is_written_is_read_back_the_same(draft: ItemDraft) -> None:
    for written in (bibtex(draft), ris(draft)):
        (entry,) = read(written).entries
        assert entry.draft == draft
        assert not entry.account.cut


def test_harvard_names_everybody_and_leads_to_the_doi() -> None:
    draft = ItemDraft(
        title="Does it work?",
        authors=("Stukas, A. A.", "Snyder, M.", "Clary, E. G."),
        year=1999,
        publisher="Psychological Science 10(1), 59–64",
        doi="10.1111/1467-9280.00107",
        url="https://example.org",
    )
    assert harvard(draft) == (
        "Stukas, A. A., Snyder, M. and Clary, E. G. (1999) Does it work? Psychological Science "
        "10(1), 59–64. Available at: https://doi.org/10.1111/1467-9280.00107."
    )


def test_harvard_of_practice_leads_to_the_item_itself() -> None:
    draft = ItemDraft(title="How we moved the bus")
    assert harvard(draft, "https://x.org/i") == (
        "How we moved the bus (no date). Available at: https://x.org/i."
    )
