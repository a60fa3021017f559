"""A document as plain text that reads aloud well: no tables drawn with signs."""

from collections.abc import Iterator, Sequence
from textwrap import fill

from discussion.language import _
from discussion.reach.publications.shapes import Block, Cite, Document, Said, Stand

WIDTH = 78


def as_text(document: Document) -> bytes:
    """UTF-8, with a blank line between parts."""
    return ("\n".join(_lines(document)).strip() + "\n").encode()


def _lines(document: Document) -> Iterator[str]:
    yield from (document.title.upper(), "")
    yield _(
        "Briefing, version %(version)s, %(day)s", version=document.version, day=document.made_on
    )
    yield f"{document.series}. {document.url}"
    if document.note:
        yield _("Corrected: %(note)s", note=document.note)
    if document.is_demonstration:
        yield _("A demonstration: authors are invented; references are real.")
    for section in document.sections:
        yield from _headed(section.title)
        for block in section.blocks:
            yield from (fill(_of_block(block), WIDTH), "")
    yield from _headed(_("Every position"))
    for road in document.roads:
        said = f"{road.stand.number}. {road.claim} ({road.name}; {road.place or road.level})"
        yield fill(said, WIDTH)
        if road.mind:
            yield fill(_("   What would change their mind: “%(words)s”", words=road.mind), WIDTH)
    yield from _headed(_("What is served, and what is given up for it"))
    for value in document.values:
        served, costs = _numbers(value.served), _numbers(value.outweighed)
        yield _("%(value)s: served by %(served)s; at a cost to it %(costs)s",
                value=value.label, served=served, costs=costs)  # fmt: skip
    if document.sources:
        yield from _headed(_("What each source is made to carry"))
    for row in document.sources:
        yield fill(
            _(
                "[%(number)s] %(title)s: supports %(supports)s; qualifies %(qualifies)s; "
                "contradicts %(contradicts)s",
                number=row.number,
                title=row.title,
                supports=_numbers(row.supports),
                qualifies=_numbers(row.qualifies),
                contradicts=_numbers(row.contradicts),
            ),
            WIDTH,
        )
    yield from _headed(_("Who took part"))
    for who in document.who:
        yield _("%(label)s: %(positions)s wrote a position, %(responses)s only answered",
                label=who.label, positions=who.positions, responses=who.responses)  # fmt: skip
    yield from _headed(_("Method"))
    for said in document.method:
        yield fill(said, WIDTH)
    if document.references:
        yield from _headed(_("References"))
    for one in document.references:
        about = ". ".join(filter(None, (one.kind, one.strength, one.link)))
        yield fill(f"[{one.number}] {one.text} {about}.", WIDTH)
    yield from _headed(_("How to cite this"))
    yield document.cite_as


def _headed(title: str) -> tuple[str, ...]:
    return "", title, "-" * len(title), ""


def _of_block(block: Block) -> str:
    if block.quoted is not None:
        quoted = block.quoted
        return f"“{quoted.words}” ({quoted.name}, {quoted.detail})"
    said = " ".join(_of_sentence(one) for one in block.sentences)
    return f"- {said}" if block.kind == "item" else said


def _of_sentence(said: Said) -> str:
    words = _("Editor: %(words)s", words=said.text) if said.is_editors else said.text
    marks = " ".join(of_cite(one) for one in said.cites)
    return f"{words} {marks}".strip()


def of_cite(cite: Cite) -> str:
    """[3] for a reference, (position 4) for a position, [Outcome] for the outcome."""
    if cite.kind == "reference":
        return f"[{cite.number}]"
    return f"({cite.says[:1].lower()}{cite.says[1:]})" if cite.number else f"[{cite.says}]"


def _numbers(stands: Sequence[Stand]) -> str:
    return ", ".join(str(one.number) for one in stands) or _("none")
