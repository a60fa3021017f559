"""Two texts of one are put together: no word of either is lost, and no break between paragraphs."""

from random import Random

from discussion.text import put_together

BEFORE = "Few schools stream.\n\nMany set. The argument goes on."


def test_a_paragraph_that_one_adds_stays_a_paragraph_beside_what_the_other_changed() -> None:
    theirs = f"{BEFORE}\n\nA second paragraph."
    mine = BEFORE.replace("Few", "Very few")
    assert put_together(BEFORE, mine, theirs) == theirs.replace("Few", "Very few")
    assert put_together(BEFORE, theirs, mine) == theirs.replace("Few", "Very few")


def test_a_break_that_one_puts_between_words_that_both_left_stands() -> None:
    theirs = BEFORE.replace("set. The", "set.\n\nThe")
    mine = BEFORE.replace("Few", "Very few")
    assert put_together(BEFORE, mine, theirs) == theirs.replace("Few", "Very few")


def test_where_both_changed_the_same_words_theirs_stand_and_mine_follow() -> None:
    mine, theirs = BEFORE.replace("Many", "Most"), BEFORE.replace("Many", "Some")
    assert put_together(BEFORE, mine, theirs) == BEFORE.replace("Many", "Some Most")


def test_no_word_that_either_wrote_is_lost() -> None:
    chance = Random(10)
    for _turn in range(300):
        before = [chance.choice(["a", "b", "c\n\n", "d\n"]) for _each in range(chance.randrange(9))]
        sides = []
        for who in ("mine", "theirs"):
            words = list(before)
            for n in range(chance.randrange(3)):
                at = chance.randrange(len(words) + 1)
                words[at : at + chance.randrange(3)] = [f"{who}{n}" + chance.choice(["", "\n\n"])]
            sides.append(" ".join(words))
        made = put_together(" ".join(before), *sides).split()
        for side in sides:
            new = {word for word in side.split() if word[:2] in ("mi", "th")}
            assert new <= set(made), (before, sides, made)
