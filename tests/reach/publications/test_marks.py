"""How a section is written: lines, sentences, marks."""

import pytest

from discussion.reach.publications.drafts_marks import (
    lines_of,
    marks_in,
    parts_of,
    quotations_in,
    without,
)
from discussion.reach.publications.drafts_reading import reading_age


def test_a_sentence_keeps_its_words_and_says_what_it_rests_on() -> None:
    (line,) = lines_of("A visit names its reason [O] [P1]. How often stayed apart [P1, P4].")
    assert [(one.text, one.marks) for one in line.sentences] == [
        ("A visit names its reason.", ("O", "P1")),
        ("How often stayed apart.", ("P1", "P4")),
    ]


def test_a_mark_after_the_stop_belongs_to_the_sentence_before_it() -> None:
    (line,) = lines_of("It stops. [O] Nobody objects.")
    assert [one.marks for one in line.sentences] == [("O",), ()]


def test_an_abbreviation_ends_no_sentence() -> None:
    (line,) = lines_of("Some wards, e.g. Dr. A. Shah’s, stopped [P2].")
    assert [one.marks for one in line.sentences] == [("P2",)]


def test_lines_are_headings_items_quotations_or_text() -> None:
    source = "### How often\n- One [P1].\n> 2P4: “We knew.”\nText.\n\n> no mark here"
    assert [one.kind for one in lines_of(source)] == ["heading", "item", "quote", "text", "text"]
    assert [(one.text, one.marks) for one in quotations_in(source)] == [("We knew.", ("2P4",))]
    assert marks_in(source) == ("P1", "2P4")


def test_what_rests_on_a_mark_goes_and_nothing_else() -> None:
    source = "One stays [P1]. Two goes [P4]. Both go [P1, P4].\n> P4: Gone.\n- Item [P4].\nEditor."
    assert without(source, frozenset({"P4"})) == "One stays [P1].\nEditor."


def test_a_heading_has_words() -> None:
    assert [line.kind for line in lines_of("# #\n### How often\n###")] == [
        "text",
        "heading",
        "text",
    ]


def test_parts_of_a_quotation_stand_between_ellipses() -> None:
    assert parts_of("“One. … Three. ... Five.”") == ("One.", "Three.", "Five.")


@pytest.mark.parametrize("words", ["", "Too short.", "Слова " * 40])
def test_no_reading_age_is_made_up(words: str) -> None:
    assert reading_age(words) is None


def test_longer_words_and_sentences_read_older() -> None:
    plain = "We went to the ward. We saw the nurse. She was glad. We sat down. " * 4
    hard = "Organisational accountability necessitates proportionate administration " * 8
    assert (reading_age(plain) or 99) < 9 < 18 < (reading_age(hard) or 0)
