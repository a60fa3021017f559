"""What showing one comparison of a snapshot begins with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from discussion.analysis.spread import counted_spread
from discussion.language import _
from discussion.vocabulary import Vocabulary
from discussion.weighing.findings.computing.cells import (
    cell_of,
    rating_counts,
    size_of,
    tally_in,
)
from discussion.weighing.findings.computing.comparing import agreement_in
from discussion.weighing.findings.computing.groups import parts_of
from discussion.weighing.findings.content.compared import Compared
from discussion.weighing.findings.content.counted import (
    Counted,
    CountedRound,
    CountedStatement,
    NoNumbers,
    Numbers,
)
from discussion.weighing.findings.content.whole import Content
from discussion.weighing.findings.sentences.groups import Labels, counted_name_of, name_of, title_of
from discussion.weighing.findings.sentences.numbers import floating, in_small_words
from discussion.weighing.findings.shapes.groups import Cell, Group, Link
from discussion.weighing.findings.words import MINDS, WHY_NOT


@dataclass(frozen=True)
class Known:
    """What ids in a snapshot lead to for this reader; what they may not read is not in it."""

    items: Mapping[str, Link] = field(default_factory=dict)
    positions: Mapping[str, Link] = field(default_factory=dict)
    cited: Mapping[str, int] = field(default_factory=dict)  # position → items that it cites
    values: Mapping[str, str] = field(default_factory=dict)  # slug → address
    threads: Mapping[str, Link] = field(default_factory=dict)  # slug, perhaps a former one
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # code → asked to see
    scope: str = ""  # the page's own address, before any query


@dataclass(frozen=True)
class Basis:
    """One comparison of one snapshot, and the group that the page is read for."""

    content: Content
    key: str  # of the comparison; empty where no two groups can be compared
    lens: str  # key of a group; empty
    known: Known
    vocabulary: Vocabulary

    @property
    def counted(self) -> Counted:
        """What the round was counted to."""
        return self.content.ratings

    @property
    def about(self) -> CountedRound:
        """The round as it was when it closed."""
        return self.counted.round

    @property
    def found(self) -> Compared | None:
        """The comparison; None where no two groups can be compared."""
        return self.content.found.comparisons.get(self.key)

    @property
    def labels(self) -> Labels:
        """What values and groups are called."""
        return Labels(self.content.values, self.vocabulary)

    @property
    def fewest(self) -> int:
        """How many people the smallest group has that may be shown."""
        return self.about.min_group

    @property
    def room(self) -> str:
        """The key of who stands for the room."""
        return self.counted.room

    @cached_property
    def statements(self) -> dict[str, CountedStatement]:
        """By code, in the order of the round."""
        return {each.code: each for each in self.counted.statements}

    @cached_property
    def texts(self) -> dict[str, str]:
        """Wordings by code."""
        return {code: each.text for code, each in self.statements.items()}

    @cached_property
    def _cells(self) -> dict[tuple[str, str], Cell]:
        """Those that were asked for, by code and group."""
        return {}

    @property
    def two(self) -> tuple[str, ...]:
        """The keys of the two groups; () where none are compared."""
        return (self.found.a, self.found.b) if self.found else ()

    @property
    def moved(self) -> Mapping[str, str]:
        """By code, of what cannot be shown apart from an earlier round: a word, of words.MOVED."""
        return self.counted.moved or {}

    def name(self, key: str) -> str:
        """What a group is called in a sentence."""
        return name_of(key, self.labels)

    def counted_name(self, key: str) -> str:
        """What it is called after a number."""
        return counted_name_of(key, self.labels)

    def group(self, key: str) -> Group:
        """A group as pages name it; without its size where that is not shown."""
        size = size_of(self.counted, key) or None
        name, counted = self.name(key), self.counted_name(key)
        return Group(
            key=key,
            name=name,
            counted_name=counted,
            title=title_of(key, self.labels),
            size=size,
            says=_("%(num)s %(name)s", num=size, name=counted)
            if size
            else _(
                "fewer than %(fewest)s %(name)s", fewest=in_small_words(self.fewest), name=counted
            ),
            is_inferred=key.startswith("inferred:"),
            url=f"{self.known.scope}?{urlencode({'as': key})}" if parts_of(key) else "",
            is_chosen=bool(self.lens) and key == self.lens,
        )

    def cell(self, code: str, key: str) -> Cell:
        """What a group said to a statement; its words where it is not shown."""
        found = self._cells.get((code, key))
        if found is None:
            found = self._cells[code, key] = self.told(key, cell_of(self.counted, code, key))
        return found

    def told(self, key: str, cell: Numbers | NoNumbers) -> Cell:
        """The same of a cell that is at hand, whoever they are."""
        counts = rating_counts(cell)
        tally = tally_in(cell, self.about.points)
        if isinstance(cell, NoNumbers) or counts is None or tally is None:
            return self._empty(key, cell)
        total = cell.raters
        spread = counted_spread(counts)
        agreement, mind = agreement_in(counts)
        return Cell(
            group=key,
            raters=total,
            agree=tally.agrees,
            disagree=tally.disagrees,
            middle=tally.passes,
            dont_know=cell.dont_know,
            not_for_me=cell.not_for_me,
            counts=counts,
            shares=tuple(number / total for number in counts),
            mean=sum(point * number for point, number in enumerate(counts, start=1)) / total,
            median=floating(spread.median),
            lower=floating(spread.lower),
            upper=floating(spread.upper),
            agreement=float(agreement),
            agreement_words=str(MINDS[mind]),
            words=_("%(agree)s of %(all)s", agree=tally.agrees, all=total),
            short=_("%(agree)s of %(all)s", agree=tally.agrees, all=total),
            why_not="",
        )

    def _empty(self, key: str, cell: Numbers | NoNumbers) -> Cell:
        why = cell.why if isinstance(cell, NoNumbers) else "few"
        fewest = in_small_words(self.fewest)
        words = {
            "subtraction": _(
                "not shown, because it would reveal the answers of fewer than %(fewest)s",
                fewest=fewest,
            ),
            "across": _("too few new answers"),
        }.get(why) or _("fewer than %(fewest)s", fewest=fewest)
        return Cell(
            group=key,
            raters=None,
            agree=None,
            disagree=None,
            middle=None,
            dont_know=cell.dont_know,
            not_for_me=cell.not_for_me,
            counts=(),
            shares=(),
            mean=None,
            median=None,
            lower=None,
            upper=None,
            agreement=None,
            agreement_words="",
            words=words,
            short=str(WHY_NOT[why]) % {"fewest": self.fewest},
            why_not=why,
        )
