"""Where positions stand: the thread's map, and the pairs worth reading together."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from discussion import paths
from discussion.analysis.density import contours
from discussion.analysis.nudging import Gap, nudge, nudge_along
from discussion.analysis.pairs import Pair as Found
from discussion.analysis.pairs import Placed, find_pairs, footpath
from discussion.debate.positions.queries.card import Chip
from discussion.debate.positions.queries.gists import Standing
from discussion.debate.threads.queries.choosing import Chosen
from discussion.debate.threads.queries.shapes import Cluster, Map, Marker, Pair, Scale
from discussion.debate.threads.words import CLUSTERED, CLUSTERED_NARROW
from discussion.series.series.models import Scale as ScaleRow

# The ends of a scale stand this far inside the plate, in percent; a strip has no second direction.
INSET_X, INSET_Y = 9.0, 12.0
MIDDLE = 50.0
RIM = 100.0
NOT_PLACED = "x"
GAP = Gap(7.5, 8.0)
GAP_OF_MANY = Gap(5.5, 6.0)  # past a dozen the marks are drawn smaller
GAP_ON_A_STRIP = Gap(7.5, 26.0)
MANY = 12
MOST_KEPT = 64  # maps of threads


def make_map(cards: Sequence[Standing], scales: Sequence[ScaleRow]) -> Map:
    """The published positions on the thread's scales.

    With two scales or more the first runs down the plate, its low end at the top, and the second
    across it. With one there is a strip: it runs across, and marks at one place stand above one
    another.
    """
    return _drawn(tuple(cards), tuple(_scale(row) for row in scales[:2]))


@lru_cache(maxsize=MOST_KEPT)  # it follows from what is given alone, as the two below do
def _drawn(cards: tuple[Standing, ...], shown: tuple[Scale, ...]) -> Map:
    across = shown[-1] if shown else None
    up = shown[0] if len(shown) == 2 else None
    marks = _marks(cards, across, up)
    placed = {mark.id for mark in marks}
    return Map(
        across=across,
        up=up,
        marks=marks,
        unplaced=tuple(_mark(card) for card in by_number(cards) if card.id not in placed),
        contours=_contours(cards, across, up) if up else (),
    )


def cells_of(cards: Sequence[Standing], scales: Sequence[ScaleRow]) -> dict[str, str]:
    """Each position by its id → its place on the map: its nearest steps, the first scale first.

    "2-0" is the middle of the first scale and the beginning of the second; "2-x" is placed on the
    first alone. What is placed on none has no place.
    """
    slugs = [row.slug for row in scales[:2]]
    found = {}
    for card in cards:
        at = {place.scale: place.at for place in card.places}
        steps = [str(round(at[slug] * 4)) if slug in at else NOT_PLACED for slug in slugs]
        if any(step != NOT_PLACED for step in steps):
            found[card.id] = "-".join(steps)
    return found


def cluster(
    on_map: Map, cards: Sequence[Standing], cells: Mapping[str, str], chosen: Chosen
) -> Map:
    """The map with its marks put together by place, where there are too many to tell apart."""
    if len(on_map.marks) <= CLUSTERED_NARROW:
        return on_map
    together: dict[str, list[Standing]] = {}
    for card in cards:
        if card.id in cells:
            together.setdefault(cells[card.id], []).append(card)
    made = [_cluster(at, own, on_map, chosen) for at, own in together.items()]
    made.sort(key=lambda one: (-one.count, one.at))
    return replace(on_map, clusters=tuple(made), is_clustered=len(on_map.marks) > CLUSTERED)


def _cluster(at: str, cards: Sequence[Standing], on_map: Map, chosen: Chosen) -> Cluster:
    xs = [x for card in cards if (x := _x(card, on_map.across)) is not None]
    ys = [y for card in cards if (y := _y(card, on_map.up)) is not None]
    first = Counter(card.served[0].label for card in cards if card.served)
    families = Counter(card.family for card in cards)
    return Cluster(
        at=at,
        x=round(sum(xs) / len(xs), 1) if xs else RIM,
        y=round(sum(ys) / len(ys), 1) if ys else RIM if on_map.up else MIDDLE,
        count=len(cards),
        family=min(families, key=lambda family: (-families[family], family)),
        words=Counter(card.place_words for card in cards).most_common(1)[0][0],
        value=min(first, key=lambda label: (-first[label], label)) if first else "",
        url=chosen.url(at=at),
        is_open=at == chosen.at,
    )


def lead_to_cards(on_map: Map, on_page: Collection[str]) -> Map:
    """The map with marks that lead to the cards on this page, the others to their own pages."""

    def led(marks: Sequence[Marker]) -> tuple[Marker, ...]:
        return tuple(
            replace(mark, url=f"#p-{mark.id}") if mark.id in on_page else mark for mark in marks
        )

    return replace(on_map, marks=led(on_map.marks), unplaced=led(on_map.unplaced))


def make_pairs(cards: Sequence[Standing], on_map: Map) -> tuple[Pair, ...]:
    """Pairs of published positions, as `discussion.analysis.pairs` defines them."""
    by_id = {card.id: card for card in cards}
    drawn = {mark.id: mark for mark in on_map.marks}
    marks = drawn | {mark.id: mark for mark in on_map.unplaced}
    return tuple(
        Pair(
            kind=pair.kind,
            first=marks[first],
            second=marks[second],
            shared=_shared(pair.kind, by_id[first]),
            path=_path(drawn.get(first), drawn.get(second)),
        )
        for pair in _found_pairs(tuple(cards))
        for first, second in [_by_number(by_id[pair.first], by_id[pair.second])]
    )


@lru_cache(maxsize=MOST_KEPT)
def _found_pairs(cards: tuple[Standing, ...]) -> tuple[Found, ...]:
    return find_pairs([placed_of(card) for card in cards])


def placed_of(card: Standing) -> Placed:
    """A card as arithmetic takes it: values in their order, and scale slug → place, 0 … 1."""
    return Placed(
        key=card.id,
        served=tuple(value_key(chip) for chip in card.served),
        outweighed=tuple(value_key(chip) for chip in card.outweighed),
        places={place.scale: place.at for place in card.places},
    )


def value_key(chip: Chip) -> str:
    """A value by its slug, or one that is only proposed by its words."""
    return chip.slug or f"proposed: {chip.label}"


def by_number(cards: Sequence[Standing]) -> list[Standing]:
    """Cards in the order of their numbers."""
    return sorted(cards, key=lambda card: card.number)


def _marks(cards: Sequence[Standing], across: Scale | None, up: Scale | None) -> tuple[Marker, ...]:
    points: dict[str, tuple[float, float]] = {}
    on_the_rim: dict[str, dict[str, float]] = {"across": {}, "down": {}}
    for card in cards:
        x, y = _x(card, across), _y(card, up)
        if x is not None and (y is not None or up is None):
            points[card.id] = (x, MIDDLE if y is None else y)
        elif y is not None:
            on_the_rim["across"][card.id] = y
        elif x is not None:
            on_the_rim["down"][card.id] = x
    gap = GAP_ON_A_STRIP if up is None else GAP_OF_MANY if len(cards) > MANY else GAP
    moved = nudge(points, gap)
    rows = nudge_along(on_the_rim["across"], gap.height)
    columns = nudge_along(on_the_rim["down"], gap.width)
    return tuple(
        mark
        for card in by_number(cards)
        for mark in [_placed_mark(card, moved, rows, columns)]
        if mark is not None
    )


def _placed_mark(
    card: Standing,
    points: Mapping[str, tuple[float, float]],
    rows: Mapping[str, float],
    columns: Mapping[str, float],
) -> Marker | None:
    if card.id in points:
        return _mark(card, *points[card.id])
    if card.id in rows:
        return _mark(card, RIM, rows[card.id], "across")
    if card.id in columns:
        return _mark(card, columns[card.id], RIM, "down")
    return None


def _mark(card: Standing, x: float = 0.0, y: float = 0.0, is_line: str = "") -> Marker:
    return Marker(
        number=card.number,
        id=card.id,
        family=card.family,
        x=x,
        y=y,
        is_line=is_line,
        words=card.place_words,
        value=card.served[0].label if card.served else "",
        url=paths.position(card.id),
    )


def _contours(cards: Sequence[Standing], across: Scale | None, up: Scale | None) -> tuple[str, ...]:
    """The density of the positions placed on both scales, where they say they stand."""
    points = [(_x(card, across), _y(card, up)) for card in cards]
    return contours([(x, y) for x, y in points if x is not None and y is not None])


def _x(card: Standing, scale: Scale | None) -> float | None:
    return _along(card, scale, INSET_X)


def _y(card: Standing, scale: Scale | None) -> float | None:
    return _along(card, scale, INSET_Y)


def _along(card: Standing, scale: Scale | None, inset: float) -> float | None:
    if scale is None:
        return None
    at = next((place.at for place in card.places if place.scale == scale.slug), None)
    return None if at is None else round(inset + at * (100 - 2 * inset), 1)


def _scale(row: ScaleRow) -> Scale:
    given = [*row.steps, "", "", "", "", ""][:5] if row.steps else [row.low, "", "", "", row.high]
    steps = (given[0], given[1], given[2], given[3], given[4])
    return Scale(row.slug, row.low, row.high, row.definition, steps)


def _by_number(one: Standing, other: Standing) -> tuple[str, str]:
    first, second = sorted((one, other), key=lambda card: card.number)
    return first.id, second.id


def _shared(kind: str, card: Standing) -> str:
    return card.place_words if kind == "same_strategy" else card.served[0].label


def _path(first: Marker | None, second: Marker | None) -> str:
    if first is None or second is None:
        return ""
    return footpath((first.x, first.y), (second.x, second.y))
