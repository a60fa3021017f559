"""Cells of a table that no spreadsheet runs, whatever people wrote into them."""

# A cell that begins so is a formula, or becomes one, in one spreadsheet or another.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def inert(words: str) -> str:
    """The words as a cell that no spreadsheet takes for a formula: an apostrophe before them."""
    return f"'{words}" if words.lstrip(" \ufeff").startswith(BEGINS_A_FORMULA) else words
