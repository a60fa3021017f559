"""Phrases are found however they are typed, and nothing of them is left to read."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussion import text

GAP = "[name removed]"
NAME = ("Jane Smith",)
TYPED = (
    "Jane Smith", "JANE  SMITH", "Jané Smíth", "Ｊａｎｅ Smith", "Jane\nSmith", "Jane\u00a0Smith",
    "Ja\u00adne Smi\u200bth", "Jane-Smith", "J\u0061\u0301ne Smith",
)  # fmt: skip
IN_MARKDOWN = (
    "**Jane** Smith", "Jane **Smith**", "*Jane Smith*", "Ja*n*e Smith", "_Jane_ Smith",
    "[Jane](https://a.example) Smith", "Jane [Smith](https://a.example 'x')", "Jane[^1] Smith",
    "J&#97;ne&nbsp;Smith", "Jane\\\nSmith", "Jane\\ Smith", "> Jane\n> Smith", "# Jane Smith",
    "https://a.example/jane-smith", "[a](https://a.example/jane%20smith)", "`Jane Smith`",
    "[a](https://a.example 'Jane Smith')", "Jane Smith: https://a.example", "Jane Smith(see)",
    "[Jane Smith]: https://a.example\n\n[Jane Smith]",
)  # fmt: skip
OTHERS = ("Annex", "Jane Smithson", "Mary-Janet Smith", "Jane, Smith", "Jane and Smith", "")


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("is_markdown", [False, True])
def test_a_phrase_is_found_however_it_is_typed(typed: str, is_markdown: bool) -> None:
    source = f"I asked {typed}’s class."
    taken, places = text.take_out(source, NAME, GAP, is_markdown=is_markdown)
    written = text.escaped(GAP) if is_markdown else GAP
    assert (taken, places) == (f"I asked {written}’s class.", 1)


@pytest.mark.parametrize("source", IN_MARKDOWN)
def test_marks_do_not_hide_it_and_what_is_left_reads_well(source: str) -> None:
    taken, places = text.take_out(source, NAME, GAP, is_markdown=True)
    html = str(text.render(taken))
    assert places
    assert "smith" not in f"{taken}{html}".lower()
    assert "name removed" in taken
    assert "**" not in html


@pytest.mark.parametrize("source", OTHERS)
def test_only_whole_phrases_count(source: str) -> None:
    assert text.take_out(source, (*NAME, "Ann"), GAP, is_markdown=True) == (source, 0)


def test_several_phrases_become_one_gap_where_they_overlap_and_gaps_are_not_looked_into() -> None:
    phrases = ("Jane", "Jane Smith", "name")
    spare = (GAP, text.escaped(GAP))
    source = f"Jane Smith, {text.escaped(GAP)}, Jane."
    taken, places = text.take_out(source, phrases, GAP, is_markdown=True, spare=spare)
    assert (taken.count("removed"), places) == (3, 2)


_PIECES = ["Jane", "Smith", "jane", " ", "\n", "**", "*", "_", "[", "](u)", "]", "\\", "&nbsp;",
           "&#74;", "`", "> ", "\u00ad", "a", ".", "(", ")", "#", "~~"]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=24).map("".join))
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_nothing_of_it_is_left_to_read(source: str) -> None:
    taken, _places = text.take_out(source, NAME, GAP, is_markdown=True)
    assert not text.find_phrases(text.plain(taken), NAME, is_markdown=False, spare=(GAP,))
    assert not text.find_phrases(taken, NAME, is_markdown=False, spare=(GAP, text.escaped(GAP)))


@pytest.mark.parametrize("piece", ["](", "[", "*_", "\n>", "&#", "\\", " ", "a-", "jane "])
def test_the_time_grows_in_line_with_the_length(piece: str) -> None:
    began = perf_counter()
    text.find_phrases(piece * (18_000 // len(piece)), NAME, is_markdown=True)
    assert perf_counter() - began < 1


@pytest.mark.parametrize(("phrase", "enough"), [("J", False), ("*_ ", False), ("Jo", True)])
def test_a_phrase_has_at_least_two_letters(phrase: str, enough: bool) -> None:
    assert text.has_letters(phrase) == enough
