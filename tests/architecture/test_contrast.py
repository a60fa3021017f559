"""Colours: every word is readable on every ground, in both themes, and they live in one file."""

import re
from itertools import product
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static" / "css"
GROUNDS = ("paper", "surface")
TEXTS = ("ink", "quiet", "route", "route-deep", "signal")
FAMILIES = ("purpose", "shares", "counts", "run", "other")
MARKS = ("field", "route", "signal", *FAMILIES)
THEMES = ("light", "dark")


@pytest.mark.parametrize(("theme", "text", "ground"), list(product(THEMES, TEXTS, GROUNDS)))
def test_text_is_readable_on_its_ground(theme: str, text: str, ground: str) -> None:
    assert _contrast(theme, text, ground) >= 4.5


@pytest.mark.parametrize(("theme", "family"), list(product(THEMES, FAMILIES)))
def test_words_and_numerals_are_readable_inside_a_chip_and_a_mark(theme: str, family: str) -> None:
    assert _contrast(theme, "on-family", family) >= 4.5


@pytest.mark.parametrize(("theme", "ground"), list(product(THEMES, ("route", "route-deep"))))
def test_a_button_is_readable(theme: str, ground: str) -> None:
    assert _contrast(theme, "on-route", ground) >= 4.5


@pytest.mark.parametrize(("theme", "mark", "ground"), list(product(THEMES, MARKS, GROUNDS)))
def test_a_mark_stands_out_from_its_ground(theme: str, mark: str, ground: str) -> None:
    assert _contrast(theme, mark, ground) >= 3


def test_older_browsers_get_the_light_theme_unchanged() -> None:
    tokens = (CSS / "tokens.css").read_text()
    plain = dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", tokens))

    assert plain == {name: pair[0] for name, pair in _pairs().items()}


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(CSS.glob("*.css")) if path.stem != "tokens"],
    ids=lambda p: p.stem,
)
def test_raw_colours_and_lengths_live_in_the_tokens_only(path: Path) -> None:
    rules = re.sub(
        r"/\*.*?\*/|@(?:media|font-face)[^{]*\{?|unicode-range:[^;]*",
        "",
        path.read_text(),
        flags=re.S,
    )

    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b(?![^{}]*\{)|\b(?:rgb|hsl|oklch)a?\(", rules) == []
    assert re.findall(r"(?<![\w-])\d*\.?\d+(?:px|rem|pt)\b", rules) == []


def _contrast(theme: str, one: str, other: str) -> float:
    """The ratio of WCAG 2.2, between 1 and 21."""
    lighter, darker = sorted((_luminance(theme, one), _luminance(theme, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(theme: str, name: str) -> float:
    colour = _pairs()[name][THEMES.index(theme)]
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _pairs() -> dict[str, tuple[str, str]]:
    tokens = (CSS / "tokens.css").read_text()
    found = re.findall(r"--([\w-]+): light-dark\((#[0-9A-F]{6}), (#[0-9A-F]{6})\);", tokens)
    return {name: (light, dark) for name, light, dark in found}
