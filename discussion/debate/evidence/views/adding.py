"""Adding an item, four ways on one page: by its address, by a citation, by hand, or by telling."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit, urlunsplit

from flask import Response, flash, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.debate.evidence import citations, crossref
from discussion.debate.evidence.addresses import normalise_url, tells_sender
from discussion.debate.evidence.completing import completed
from discussion.debate.evidence.drafts import ItemDraft, tidy
from discussion.debate.evidence.forms import (
    TOLD_PREFIX,
    AddForms,
    FindForm,
    HandForm,
    ItemForm,
    PasteForm,
    ToldForm,
)
from discussion.debate.evidence.identifiers import dois_in, normalise_doi
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.operations import AlreadyThere, add_item
from discussion.debate.evidence.queries.finding import find_same
from discussion.debate.evidence.queries.library import found_of
from discussion.debate.evidence.queries.shapes import AddPage, EntryLine
from discussion.debate.evidence.views import blueprint
from discussion.debate.evidence.words import LIMITS
from discussion.language import _, _l
from discussion.permissions.may import May
from discussion.permissions.rules import allowed, require
from discussion.problems import Problem
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series
from discussion.web import doorway
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer, wants_fragment
from discussion.web.forms import safe_next
from discussion.web.site import site

MOST_AROUND = 4  # words beside a DOI: "DOI of the paper:"
SENDER_GONE = _l("What only said who sent the address (utm_…) is left out of it.")
WAYS = ("find", "paste", "hand", "tell")


@dataclass
class Turn:
    """What one press of a button leads to, before it becomes a page."""

    forms: AddForms
    way: str
    status: int = 200
    problem: str = ""
    notice: str = ""
    reading: citations.Reading | None = None  # of what was pasted
    entry: citations.Entry | None = None  # the one that was chosen of it
    draft: ItemDraft | None = None  # looked up or read, to be compared with the library
    existing: EvidenceItem | None = None


@blueprint.get("/evidence/<slug>/add")
def add(slug: str) -> Response:
    series = or_404(find_series(session(), viewer(), slug))
    require(viewer(), May.ADD_ITEM, series)
    way = request.args.get("way", "")
    return _page(series, Turn(_empty(), way if way in WAYS else ""))


@blueprint.post("/evidence/<slug>/add")
def add_one(slug: str) -> AnyResponse:
    # Looking up is slow: ask for the right first.
    with doorway.separate_session(writes=False) as reading:
        require(viewer(), May.ADD_ITEM, or_404(find_series(reading, viewer(), slug)))
    way = request.form.get("way", "hand")
    if way == "find":
        turn = _look_up()
    elif way == "paste":
        turn = _read()
    else:
        turn = Turn(_empty(), "tell" if way == "tell" else "hand")
    series = or_404(find_series(session(), viewer(), slug))
    if way in ("find", "paste"):
        return _page(series, _compared(series, turn))
    return _keep(series, turn)


def _empty() -> AddForms:
    return AddForms(FindForm(), PasteForm(), HandForm(), ToldForm(prefix=TOLD_PREFIX))


# --- by address


def _look_up() -> Turn:
    turn = Turn(replace(_empty(), find=FindForm.posted()), "find")
    if not turn.forms.find.validate():
        return replace(turn, status=422)
    where = turn.forms.find.data["where"]
    doi, url = normalise_doi(where), normalise_url(where)
    is_sentence = len(where.split()) > MOST_AROUND  # a whole reference, with a DOI in it
    doi = doi or next(iter(dois_in(where)), "")
    if not doi and not url:
        sentence = _("This is neither a DOI nor a web address. Copy it whole, or type it in below.")
        turn.forms.find["where"].errors = [sentence]
        return replace(turn, status=422)
    if not doi:
        said = f"{SENDER_GONE} " if tells_sender(where) else ""
        notice = said + _("The address is kept. Now say what it is.")
        return _filled(turn, ItemDraft(url=url), notice)
    looked = crossref.look_up(site().settings, doi)
    typed = ItemDraft(doi=doi, url=url, citation=where[: LIMITS["citation"]] if is_sentence else "")
    if isinstance(looked, crossref.LookupProblem):
        kept = _filled(turn, tidy(typed), "")
        return replace(kept, problem=looked.sentence, status=422)
    looked = replace(looked, citation=typed.citation)
    return _filled(turn, looked, _("Found. Look it over, and say what kind of evidence it is."))


def _filled(turn: Turn, draft: ItemDraft, notice: str) -> Turn:
    hand = HandForm.of_draft(draft)
    assert isinstance(hand, HandForm)
    return replace(
        turn, forms=replace(turn.forms, hand=hand), way="hand", notice=notice, draft=draft
    )


# --- by citation


def _read() -> Turn:
    turn = Turn(replace(_empty(), paste=PasteForm.posted()), "paste")
    if not turn.forms.paste.validate():
        return replace(turn, status=422)
    turn, entry = _entry_of(turn)
    if turn.status != 200 or entry is None or entry.draft is None:
        return turn
    entry = completed(site().settings, entry)
    assert entry.draft is not None
    told = replace(turn, entry=entry)
    notice = _("Read. Look it over, and say what kind of evidence it is.")
    filled = _filled(told, entry.draft, notice)
    filled.forms.hand["language"].data = entry.account.language
    return filled


def _entry_of(turn: Turn) -> tuple[Turn, citations.Entry | None]:
    """What was pasted, and the entry that was chosen of it, if there is only one or it was said."""
    pasted = turn.forms.paste
    reading = citations.read(pasted.data["source"] or "")
    if reading.problem:
        pasted["source"].errors = [reading.problem]
        return replace(turn, status=422), None
    chosen = pasted.data["entry"] or ("1" if len(reading.entries) == 1 else "")
    turn = replace(turn, reading=reading)
    for entry in reading.entries:
        if str(entry.number) == chosen and entry.draft is not None:
            return turn, entry
    if len(reading.entries) == 1:
        pasted["source"].errors = [reading.entries[0].problem]
        return replace(turn, status=422, entry=reading.entries[0]), None
    return replace(turn, notice=_("Choose which entry to add.")), None


def _lines(series: Series, reading: citations.Reading | None) -> tuple[EntryLine, ...]:
    return tuple(_line(series, entry) for entry in reading.entries) if reading else ()


def _line(series: Series, entry: citations.Entry) -> EntryLine:
    draft, account = entry.draft, entry.account
    if draft is None:
        return EntryLine(entry.number, "", "", entry.problem, account.format)
    who = "; ".join(draft.authors[:3]) + ("…" if len(draft.authors) > 3 else "")
    same = find_same(session(), series.id, draft.doi, draft.url)
    return EntryLine(
        number=entry.number,
        title=draft.title or draft.citation[:120],
        who=f"{who} {draft.year or ''}".strip(),
        problem="",
        format=account.format,
        notes=len(account.notes) + len(account.cut),
        is_there=same is not None and allowed(viewer(), May.READ_ITEM, same),
    )


def _along(turn: Turn) -> Turn:
    """A form that comes back after reading still has beside it what was read, and the others."""
    pasted = PasteForm.posted()
    if not pasted.data["source"]:
        return turn
    again, entry = _entry_of(replace(turn, forms=replace(turn.forms, paste=pasted)))
    pasted["source"].errors = []
    return replace(turn, forms=again.forms, reading=again.reading, entry=entry)


# --- by hand, or told


def _keep(series: Series, turn: Turn) -> AnyResponse:
    form: ItemForm
    if turn.way == "tell":
        form = turn.forms.told = ToldForm.posted(prefix=TOLD_PREFIX)
    else:
        form = turn.forms.hand = HandForm.posted()
    draft = form.check(ItemDraft(language=series.language), this_year=clock.now().year)
    if draft is None:
        return _page(series, replace(_along(turn), status=422))
    try:
        item = add_item(session(), viewer(), series, draft, now=clock.now())
    except AlreadyThere as there:
        form.say(Problem("doi" if draft.doi else "url", _("The library has this already.")))
        return _page(series, replace(_along(turn), status=422, existing=there.item))
    return _done(series, item)


def _done(series: Series, item: EvidenceItem) -> AnyResponse:
    if wants_fragment():
        page = {"items": (found_of(item, series),), "query": "", "add_url": ""}
        return make_response(render_template("evidence/_found.html", page=page))
    flash(
        _("Added to the library.")
        if item.is_listed
        else _("Added. Others see it once a moderator has approved something that cites it."),
        "done",
    )
    if tells_sender(request.form.get("url", "")) and item.url:
        flash(str(SENDER_GONE), "done")
    own = paths.item(series.slug, item.public_id)
    next_path = safe_next(request.values.get("next"), "")
    return redirect(with_item(next_path, item.public_id) if next_path else own, 303)


def with_item(path: str, public_id: str) -> str:
    """A path on this site with ?item=<id>, whatever it had."""
    parts = urlsplit(path)
    query = f"{parts.query}&item={public_id}" if parts.query else f"item={public_id}"
    return urlunsplit(parts._replace(query=query))


# --- the page


def _compared(series: Series, turn: Turn) -> Turn:
    """Say at once that the library has it, before anything more is typed."""
    if turn.draft is None:
        return turn
    draft = tidy(turn.draft)
    same = find_same(session(), series.id, draft.doi, draft.url)
    return replace(turn, existing=same, notice="" if same else turn.notice)


def _page(series: Series, turn: Turn) -> Response:
    existing = turn.existing
    is_visible = existing is not None and allowed(viewer(), May.READ_ITEM, existing)
    shown = found_of(existing, series) if existing is not None and is_visible else None
    next_path = safe_next(request.values.get("next"), "")
    page = AddPage(
        series_slug=series.slug,
        series_title=series.title,
        library_url=paths.library(series.slug),
        add_url=paths.library(series.slug) + "/add",
        next_url=next_path,
        existing=shown,
        existing_use_url=with_item(next_path, shown.id) if shown and next_path else "",
        is_existing_hidden=existing is not None and not is_visible,
        is_existing_taken_out=existing is not None and existing.is_hidden,
        problem=turn.problem,
        notice=turn.notice,
        entries=_lines(series, turn.reading),
        account=turn.entry.account if turn.entry else None,
        left=turn.reading.left if turn.reading else (),
        source=turn.forms.paste["source"].data or "" if turn.reading else "",
        chosen=str(turn.entry.number) if turn.entry else "",
        way=turn.way,
    )
    if wants_fragment():
        body = render_template("evidence/_add.html", page=page, form=turn.forms)
        return make_response(body, turn.status)
    return answer(
        "evidence/add.html",
        page,
        form=turn.forms,
        status=turn.status,
        series=(series.slug, series.title),
    )
