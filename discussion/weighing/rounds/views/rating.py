"""Rating the statements of an open round, and reading one's own answers."""

from collections.abc import Sequence

from flask import Response, flash, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid
from discussion.web.doorway import acting, session, viewer
from discussion.web.faces import answer, wants_fragment
from discussion.web.headers import private
from discussion.web.site import raters_secret
from discussion.weighing.rounds.forms_rating import RatingForm
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.operations import rating as do
from discussion.weighing.rounds.queries.choosing import askable
from discussion.weighing.rounds.queries.rating import (
    count_own,
    own_page,
    rate_page,
    read_trail,
    signed_out_page,
)
from discussion.weighing.rounds.queries.reading import was_open_to
from discussion.weighing.rounds.queries.shapes import RatePage
from discussion.weighing.rounds.views import blueprint
from discussion.weighing.rounds.views.redirects import round_here


@blueprint.get("/rounds/<slug>/<int:number>/rate")
def rate(slug: str, number: int) -> AnyResponse:
    """The statement needed most, the one asked for, or all of them."""
    round = round_here(slug, number)
    actor = acting(May.RATE)
    if was_open_to(actor, round, clock.now()):
        return redirect(paths.own_ratings(round.thread.slug, number), 303)
    require(actor, May.RATE, round)
    page = _page(round)
    if page is None:
        return redirect(paths.own_ratings(round.thread.slug, number), 303)
    return _show(page, RatingForm())


@blueprint.post("/rounds/<slug>/<int:number>/rate")
def send_rating(slug: str, number: int) -> AnyResponse:
    """Keep what was answered, and go on to the next statement."""
    round = round_here(slug, number)
    sent = request.form
    is_all, code = bool(sent.get("all")), sent.get("statement", "")
    codes = [row.code for row in askable(round) if is_all or row.code == code]
    form = RatingForm() if sent.get("do") == "skip" else RatingForm.sent(sent, codes, is_all=is_all)
    if viewer() is None and form.drafts and round.state == "open":
        return _ask_to_sign_in(round, form, codes)
    actor = acting(May.RATE)
    if was_open_to(actor, round, clock.now()):
        return _too_late(round, form)
    require(actor, May.RATE, round)
    unkept = "" if sent.get("do") in ("skip", "take-back") else _withheld_meanwhile(round)
    try:
        if sent.get("do") == "take-back":
            do.take_rating_back(
                session(), actor, round, code, secret=raters_secret(), now=clock.now()
            )
            flash(_("Your answer is taken back."), "done")
        else:
            do.rate(session(), actor, round, form.drafts, secret=raters_secret(), now=clock.now())
    except Invalid as error:
        form.say(*error.problems)
        return _refuse(round, form)
    except do.RoundClosed:
        return _too_late(round, form)
    if wants_fragment():
        return private(make_response(unkept, 409)) if unkept else _saved(round)
    if unkept:
        flash(unkept, "note")
    return redirect(_next(round, code, is_all=is_all), 303)


@blueprint.get("/rounds/<slug>/<int:number>/mine")
def mine(slug: str, number: int) -> AnyResponse:
    """All that one answered, for oneself alone."""
    round = round_here(slug, number)
    actor = acting(May.RATE)
    is_over = was_open_to(actor, round, clock.now())
    if not is_over:
        require(actor, May.RATE, round)
    page = own_page(session(), actor, round, raters_secret(), is_over=is_over)
    return private(
        answer(
            "rounds/mine.html",
            page,
            series=(page.about.series_slug, page.about.series_title),
        )
    )


def _page(
    round: Round, *, is_all: bool = False, code: str = "", trail: str = ""
) -> RatePage | None:
    return rate_page(
        session(),
        acting(May.RATE),
        round,
        raters_secret(),
        code=code or request.args.get("statement", ""),
        trail=trail or request.args.get("trail", ""),
        is_all=is_all or bool(request.args.get("all")),
    )


def _show(page: RatePage, form: RatingForm, *, status: int = 200) -> Response:
    shown = form.shown(page)
    return private(
        answer(
            "rounds/rate.html",
            shown,
            form=form,
            status=status,
            series=(page.about.series_slug, page.about.series_title),
        )
    )


def _refuse(round: Round, form: RatingForm) -> AnyResponse:
    """The page again, with everything that was chosen and typed."""
    if wants_fragment():
        return private(make_response(form.problems()[0][1], 422))
    sent = request.form
    page = _page(
        round,
        is_all=bool(sent.get("all")),
        code=sent.get("statement", ""),
        trail=sent.get("trail", ""),
    )
    assert page is not None
    return _show(page, form, status=422)


def _withheld_meanwhile(round: Round) -> str:
    """What to say of answers to words that were withheld while they were being answered."""
    sent = request.form
    codes = [
        row.code
        for row in round.statements
        if row.version.is_withheld and sent.get(f"{row.code}-value")
    ]
    if not codes:
        return ""
    return _(
        "Moderators hid the words of %(codes)s while you were answering. Your last"
        " answers to them were not kept.",
        codes=", ".join(codes),
    )


def _ask_to_sign_in(round: Round, form: RatingForm, codes: Sequence[str]) -> AnyResponse:
    """What came from somebody signed out, back in their hands: a private answer is not stored."""
    if wants_fragment():
        said = _(
            "You are signed out, so this was not saved. What you chose is still"
            " here. Use another tab to sign in, then press the button below."
        )
        return private(make_response(said, 401))
    page = signed_out_page(round, form.drafts, form.fields(request.form, codes))
    return private(
        answer(
            "rounds/signed_out.html",
            page,
            status=401,
            series=(page.about.series_slug, page.about.series_title),
        )
    )


def _too_late(round: Round, form: RatingForm) -> AnyResponse:
    """What was saved before, and what was typed just now, to be copied."""
    page = own_page(session(), acting(May.RATE), round, raters_secret(), is_over=True)
    if wants_fragment():
        said = _(
            "The round has closed, so this answer was not saved. What you saved before is kept."
        )
        return private(make_response(said, 409))
    return private(
        answer(
            "rounds/too_late.html",
            page,
            form=form,
            status=409,
            series=(page.about.series_slug, page.about.series_title),
        )
    )


def _saved(round: Round) -> AnyResponse:
    """For the script: that it is saved, and how many of how many."""
    actor = viewer()
    assert actor is not None
    answered = count_own(session(), actor.public_id, round, raters_secret())
    page = {"answered": answered, "statements": len(askable(round))}
    body = render_template("rounds/_saved.html", page=page)
    return private(make_response(body))


def _next(round: Round, code: str, *, is_all: bool) -> str:
    slug, number = round.thread.slug, round.number
    known = {row.code: row for row in askable(round)}
    trail = read_trail(f"{request.form.get('trail', '')}.{code}", known)
    if request.form.get("do") == "take-back":
        return paths.rate(slug, number, statement=code, trail=".".join(trail[:-1]))
    if is_all or request.form.get("do") == "list":
        return paths.own_ratings(slug, number)
    return paths.rate(slug, number, trail=".".join(trail))
