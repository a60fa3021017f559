"""What changed between two texts: readable, escaped, and quick for any text."""

from time import perf_counter

from hypothesis import given, settings
from hypothesis import strategies as st

from discussion.text import marked_diff

WORDS = st.lists(st.sampled_from(["a", "b", "<i>", "&", "the", "\n\n"]), max_size=30)


def test_words_that_went_and_came_are_marked_and_the_rest_is_as_it_was() -> None:
    marked = marked_diff("Every pupil should attend.", "Every pupil may attend.")

    assert marked == "Every pupil <del>should</del> <ins>may</ins> attend."


def test_what_people_wrote_is_escaped_wherever_it_stands() -> None:
    marked = marked_diff("<b>same</b> <i>old</i> end", "<b>same</b> <script>new</script> end")

    assert "<b>" not in marked
    assert "<script>" not in marked
    assert "&lt;script&gt;" in marked


@given(WORDS, WORDS)
@settings(max_examples=200, deadline=None)
def test_without_what_went_it_is_the_new_text(before: list[str], after: list[str]) -> None:
    import re
    from html import unescape

    marked = str(marked_diff(" ".join(before), " ".join(after)))
    kept = unescape(re.sub(r"<del>.*?</del>|</?ins>", "", marked, flags=re.S))

    assert kept.split() == " ".join(after).split()


def test_texts_that_repeat_themselves_take_no_longer_than_a_moment() -> None:
    before = " ".join(f"x z{n}" for n in range(1200))
    after = " ".join(f"x y{n}" for n in range(1200))

    start = perf_counter()
    marked_diff(before, after)
    marked_diff("a b " * 1500, "b a " * 1500)

    assert perf_counter() - start < 2
