"""References as people have them: what each comes to, and what is told of it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from discussion.debate.evidence.citations import Reading, read
from discussion.debate.evidence.identifiers import dois_in, normalise_doi
from tests.debate.evidence.references import DOI, DOIS, READ, TOLD


def _told(reading: Reading) -> str:
    accounts = [entry.account for entry in reading.entries]
    lines = [line for one in accounts for line in (*one.cut, *one.left)]
    return "\n".join([*(note for one in accounts for note in one.notes),
                      *(line.value for line in (*lines, *reading.left))])  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_a_reference_is_read_as_it_is_meant(name: str) -> None:
    source, expected = READ[name]
    drafts = read(source).drafts
    wanted = expected if isinstance(expected, list) else [expected]
    assert len(drafts) == len(wanted)
    for draft, fields in zip(drafts, wanted, strict=True):
        assert {key: getattr(draft, key) for key in fields} == fields


@pytest.mark.parametrize("name", TOLD)
def test_what_was_cut_changed_or_left_is_told(name: str) -> None:
    source, words = TOLD[name]
    assert words in _told(read(source))


TAGGED = [name for name in READ if name.startswith(("RIS", "two records of RIS", "nbib", "enw"))]
SHORT = {  # those in which no word is long
    "RIS with a book's title in BT",
    "RIS with a DOI in N1",
    "RIS with a DOI in M3",
    "RIS with a DOI in L3",
    "RIS with a DOI in its address",
    "RIS with HTML",
    "RIS that a browser indented",
    "RIS in lower case",
    "RIS with spaces that do not break",
    "RIS with long dashes and tabs",
    "RIS with old line ends",
    "RIS with tags before the first",
    "RIS with a date, an article's number and a file",
    "RIS in one line",
    "RIS with dashes in its abstract",
}


@pytest.mark.parametrize("name", TAGGED)
def test_no_word_of_a_reference_is_lost_in_silence(name: str) -> None:
    """Every long word that was pasted stands in a draft, or in what is told of it."""
    source, _expected = READ[name]
    reading = read(source)
    shown = " ".join([_told(reading), *(line.value for entry in reading.entries
                                        for line in entry.account.read)]).casefold()  # fmt: skip
    values = [row.partition("- ")[2] or row[3:] for row in source.splitlines()[1:]]
    typed = " ".join(values).split()
    long = [word for word in typed if word.isascii() and word.isalpha() and len(word) > 4]
    assert bool(long) != (name in SHORT)
    assert [word for word in long if word.casefold() not in shown] == []


@pytest.mark.parametrize("typed", DOIS)
def test_a_doi_is_one_however_it_was_copied(typed: str) -> None:
    assert normalise_doi(typed) == DOI


@pytest.mark.parametrize(
    ("typed", "doi"),
    [
        ("10.1002/(SICI)1097&lt;1::AID-X&gt;3.0.CO;2-D", "10.1002/(sici)1097<1::aid-x>3.0.co;2-d"),
        ("<10.1002/(SICI)1097<1::AID-X>3.0.CO;2-D>", "10.1002/(sici)1097<1::aid-x>3.0.co;2-d"),
        ("(10.1016/S0140-6736(05)66778-4)", "10.1016/s0140-6736(05)66778-4"),
        ("10.1007/s10964–007–9207–1", "10.1007/s10964-007-9207-1"),
        (r"10.1000/a\_b", "10.1000/a_b"),
        ("10.1000/a b", ""),
        ("10.1000/456#789", "10.1000/456#789"),
        ("110.1002/x", ""),
        ("version 3.10.1000/x", ""),
        ("10.1000/", ""),
        ("https://example.org/a", ""),
    ],
)
def test_brackets_dashes_and_signs_of_a_doi_are_told_from_what_stands_around_it(
    typed: str, doi: str
) -> None:
    assert normalise_doi(typed) == doi


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60).map("10.1000/{}".format))
@example("10.1000/#.")
def test_a_doi_that_was_read_is_read_the_same_again(typed: str) -> None:
    assert normalise_doi(normalise_doi(typed)) == normalise_doi(typed)


def test_every_doi_in_a_text_is_found_and_each_once() -> None:
    typed = "See 10.1000/A, (doi: 10.1000/b) and https://doi.org/10.1000/a again."
    assert dois_in(typed) == ("10.1000/a", "10.1000/b")


def test_what_cannot_be_told_apart_is_refused_and_not_mixed() -> None:
    reading = read("@article{a, title={open, year={2016}, author={B}}\n@book{b, title={T}}")
    assert [entry.draft and entry.draft.title for entry in reading.entries] == [None, "T"]
    assert "title" in reading.entries[0].problem


@pytest.mark.parametrize("source", ["See my paper, please.", "[{", "@", "TY", "%", "{}", "[]"])
def test_what_is_no_reference_is_told_with_what_could_be_pasted(source: str) -> None:
    reading = read(source)
    assert not reading.entries
    assert "by hand" in reading.problem


def test_abbreviations_and_comments_are_not_counted_as_entries() -> None:
    strings = "".join(f"@string{{j{n} = {{Journal {n}}}}}\n" for n in range(60))
    (draft,) = read(strings + "@article{a, title={T}, journal=j59}").drafts
    assert draft.publisher == "Journal 59"
