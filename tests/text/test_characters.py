"""Characters put in order, counted, folded and cut."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussion.text import count, excerpt, fold, is_question, line, normal, paragraphs, slugify
from discussion.text.characters import MOST_MARKS

# Also lone surrogates, which st.text() leaves out.
ANY = st.text(alphabet=st.characters(codec=None, categories=None))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("", ""),
        ("  a\t b\r\nc\u00a0\u2003d  ", "a b c d"),
        ("e\u0301", "é"),
        ("a\x00b\x07c\x9fd", "abcd"),
        ("a\u202eb\u2066c\u2069\ufeff", "abc"),
        ("a\ud800b", "a\ufffdb"),
        ("a\u2028b\x0bc", "a b c"),
        ("\u200b\u2060", ""),
        ("🏴󠁧󠁢󠁷󠁬󠁳󠁿", "🏴󠁧󠁢󠁷󠁬󠁳󠁿"),
        ("\u200fשלום", "\u200fשלום"),
    ],
)
def test_a_line_is_one_line_in_one_form(source: str, text: str) -> None:
    assert line(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("  a  \r\n\r\n\r\n\r\n b\rc\x00 ", "a\n\n b\nc"),
        ("\n\n", ""),
        ("a\u2029b", "a\nb"),
    ],
)
def test_paragraphs_keep_their_line_breaks(source: str, text: str) -> None:
    assert paragraphs(source) == text


@given(ANY)
def test_a_line_made_again_is_the_same(source: str) -> None:
    assert line(line(source)) == line(source)


@given(ANY)
def test_a_line_has_no_breaks_controls_or_double_spaces(source: str) -> None:
    text = line(source)
    assert "  " not in text
    assert not [sign for sign in text if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}]
    text.encode()


@given(ANY)
def test_paragraphs_made_again_are_the_same(source: str) -> None:
    assert paragraphs(paragraphs(source)) == paragraphs(source)


@given(ANY)
def test_folded_text_folds_no_further(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_every_character_folds_once_and_for_all() -> None:
    signs = (chr(code) for code in range(sys.maxunicode + 1))
    assert [sign for sign in signs if fold(fold(sign)) != fold(sign)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("É", "e"), ("STRASSE", "straße"), ("ﬁne", "FINE"), ("İ", "i"), ("Σίσυφος", "ΣΙΣΥΦΟΣ")],
)
def test_accents_case_and_ligatures_do_not_part_equal_words(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_different_words_stay_different() -> None:
    assert len({fold(word) for word in ("pupil", "pupils", "好", "お", "и", "n")}) == 6


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("What is fair?", "what-is-fair"),
        ("Łódź & Ærø: don’t “Stop”", "lodz-aero-dont-stop"),
        ("  --  ", ""),
        ("日本", ""),
        ("a" * 80, "a" * 60),
        ("word " * 20, "-".join(["word"] * 12)),
    ],
)
def test_a_slug_is_made_of_plain_words(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(ANY, st.integers(1, 80))
def test_a_slug_is_short_ascii_and_stable(text: str, longest: int) -> None:
    slug = slugify(text, longest=longest)
    assert len(slug) <= longest
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug.strip("-") == slug
    assert slugify(slug, longest=longest) == slug


@pytest.mark.parametrize(
    ("text", "length", "cut"),
    [
        ("short", 5, "short"),
        ("The quick brown fox", 12, "The quick…"),
        ("The quick, brown fox", 12, "The quick…"),
        ("one\n\ntwo three", 8, "one two…"),
        ("unbrokenword", 5, "unbr…"),
        ("日本語の文章です", 4, "日本語…"),
        ("abcq\u0323\u0302x", 6, "abc…"),
        ("ab", 1, "…"),
    ],
)
def test_an_excerpt_is_cut_at_a_word(text: str, length: int, cut: str) -> None:
    assert excerpt(text, length) == cut


@given(ANY, st.integers(1, 40))
def test_an_excerpt_is_never_longer_than_asked(text: str, length: int) -> None:
    assert len(excerpt(text, length)) <= length


def test_an_excerpt_of_no_length_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        excerpt("a", 0)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("a\r\nb", 3),
        ("a\rb", 3),
        ("e\u0301", 1),
        ("👩‍🏫", 3),
        ("\x00\u202ea", 1),
        (" a ", 3),
    ],
)
def test_characters_are_counted_as_limits_count_them(text: str, number: int) -> None:
    assert count(text) == number


@given(ANY)
def test_a_line_break_counts_one_however_it_was_sent(text: str) -> None:
    assert count(text.replace("\r", "")) == count(text.replace("\r", "").replace("\n", "\r\n"))


@pytest.mark.parametrize(
    "marks", ["\u0301\u0316", "\u0f73\u0316", "\uff9e\u0316", "\u0301", "\u0f81"]
)
def test_marks_beyond_what_any_language_writes_over_a_letter_go(marks: str) -> None:
    """Putting a run of marks in order takes the square of its length."""
    text = normal("e" + marks * 60_000 + "f")

    assert text[-1] == "f"
    assert len(text) <= 2 + MOST_MARKS
    assert normal(text) == text


def test_marks_of_languages_stay() -> None:
    hebrew = "\u05d1\u05bc\u05b0\u05bd\u05e8\u05b5\u05d0\u05e9\u05c1\u05b4\u0596\u05d9\u05ea"
    assert sorted(normal(hebrew)) == sorted(hebrew)
    assert normal("\u6f22\u5b57" * 100) == "\u6f22\u5b57" * 100


@pytest.mark.parametrize("asked", ["Why?", "Why? ", "ما العدل؟", "何が公平か？"])
def test_a_question_ends_with_the_mark_of_its_own_script(asked: str) -> None:
    assert is_question(normal(asked))
    assert not is_question(asked.rstrip()[:-1])
