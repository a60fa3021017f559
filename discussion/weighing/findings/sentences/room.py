"""What everybody together says, before any groups; and between whom a finding is."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from discussion.language import _, _l
from discussion.weighing.findings.computing.cells import size_of, tally_of
from discussion.weighing.findings.content.compared import Compared
from discussion.weighing.findings.content.whole import Content
from discussion.weighing.findings.sentences.clauses.told import first_of, some_in_all
from discussion.weighing.findings.sentences.groups import Labels, counted_name_of, name_of
from discussion.weighing.findings.sentences.numbers import in_small_words
from discussion.weighing.findings.sentences.quoting import quoted
from discussion.weighing.findings.shapes.found import Clause

PAIR = 2


def room_clauses(content: Content) -> tuple[Clause, ...]:
    """What everybody together says, before any groups: where they agree, where they are split."""
    texts = {each.code: each.text for each in content.ratings.statements}
    kinds = {each.code: each.kind for each in content.ratings.statements}
    agreed: list[tuple[Fraction, str, str]] = []  # how surely, code, what is said of it
    split: list[tuple[Fraction, str, str]] = []
    for code, each in (content.room or {}).items():
        tally = tally_of(content.ratings, code, content.ratings.room)
        if tally is None:
            continue
        if each.state == "consensus":
            some = tally.agrees if each.side > 0 else tally.disagrees
            says = (
                _l("%(some)s agree with %(text)s")
                if each.side > 0
                else _l("%(some)s disagree with %(text)s")
            )
            whole = some_in_all(some, tally.seen)
            said = str(says) % {"some": whole, "text": quoted(texts[code])}
            agreed.append((-Fraction(some, tally.seen), code, said))
        elif each.state == "split":
            said = _(
                "%(up)s agree and %(down)s disagree with %(text)s",
                up=tally.agrees,
                down=tally.disagrees,
                text=quoted(texts[code]),
            )
            width = Fraction(abs(tally.agrees - tally.disagrees), tally.seen)
            split.append((width, code, said))
    return tuple(
        _room_clause(state, rows, kinds)
        for state, rows in (("consensus", agreed), ("split", split))
        if rows
    )


def _room_clause(
    state: str, rows: Sequence[tuple[Fraction, str, str]], kinds: Mapping[str, str]
) -> Clause:
    """Of how many statements it holds; "they agree" alone is said only of all of them."""
    whole, some_only = (
        (
            _l("they agree on %(every)s statements"),
            _l("they agree on %(some)s of %(all)s statements"),
        )
        if state == "consensus"
        else (
            _l("they are split on %(every)s statements"),
            _l("they are split on %(some)s of %(all)s statements"),
        )
    )
    some, all_ = in_small_words(len(rows)), in_small_words(len(kinds))
    every = _("both") if len(kinds) == PAIR else _("all %(count)s", count=all_)
    told = {"some": some, "all": all_, "every": every}
    lead = str(whole if len(rows) == len(kinds) else some_only) % told
    if len(kinds) == 1:
        lead = _("they agree") if state == "consensus" else _("they are split")
    says = min(rows)[2] + (_(", for example") if len(rows) > 1 else "")
    codes = first_of(min(rows)[1], [code for _sureness, code, _says in rows])
    return Clause(tuple(dict.fromkeys(kinds[code] for code in codes)), state, lead, says, codes)


def among(content: Content, found: Compared | None, labels: Labels) -> str:
    """Between whom, with counts where they are shown: "Among 18 midwives and 16 …:"."""
    counted = content.ratings
    if found is None:
        return _("Among %(num)s people who answered:", num=counted.raters)
    if found.grouped_by:
        return _among_leans(content, found)
    first, second = (_counted(content, key, labels) for key in (found.a, found.b))
    return _("Among %(a)s and %(b)s:", a=first, b=second)


def between_two(content: Content, found: Compared, labels: Labels) -> str:
    """ "between 18 midwives and 16 nurses", inside a sentence about the room."""
    first, second = (_counted(content, key, labels) for key in (found.a, found.b))
    return _("between %(a)s and %(b)s", a=first, b=second)


def _among_leans(content: Content, found: Compared) -> str:
    """A statement's code says nothing away from its page."""
    yes, no = (size_of(content.ratings, key) for key in (found.a, found.b))
    code = found.grouped_by
    text = next(quoted(s.text) for s in content.ratings.statements if s.code == code)
    if not yes or not no:
        return _(
            "Among people who agree and who disagree with %(code)s, %(text)s:", code=code, text=text
        )
    return _(
        "Among %(yes)s people who agree and %(no)s who disagree with %(code)s, %(text)s:",
        yes=yes,
        no=no,
        code=code,
        text=text,
    )


def _counted(content: Content, key: str, labels: Labels) -> str:
    size = size_of(content.ratings, key)
    name = counted_name_of(key, labels) if size else name_of(key, labels)
    return _("%(num)s %(name)s", num=size, name=name) if size else name
