"""Saying privately where one parts from a position, and taking that back."""

from dataclasses import replace

from flask import flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.debate.positions.operations.parting import answer_part, take_back_part
from discussion.debate.positions.queries.page import find_position
from discussion.debate.positions.views import blueprint
from discussion.language import _
from discussion.permissions.may import May
from discussion.problems import Invalid
from discussion.web.doorway import acting, session, viewer
from discussion.web.errors import or_404


@blueprint.post("/positions/<public_id>/part")
def part(public_id: str) -> AnyResponse:
    """Keep one's private answer, or take it back; who is signed out signs in and comes back."""
    back = f"{paths.position(public_id)}#part"
    if viewer() is None:
        return redirect(paths.sign_in(back), 303)
    position = or_404(find_position(session(), viewer(), public_id))
    if request.form.get("do") == "take-back":
        take_back_part(session(), acting(May.POST), position)
        flash(_("Your answer is taken back."), "done")
        return redirect(back, 303)
    try:
        answer_part(
            session(),
            acting(May.POST),
            position,
            stance=request.form.get("stance", ""),
            over=request.form.getlist("over"),
            reasonable=request.form.get("reasonable", ""),
            now=clock.now(),
        )
    except Invalid as invalid:
        return _part_again(public_id, invalid)
    flash(_("Your answer is kept. Only you can see it."), "kept")
    return redirect(back, 303)


def _part_again(public_id: str, invalid: Invalid) -> AnyResponse:
    from discussion.debate.positions.queries.shapes import PartAnswer
    from discussion.debate.positions.views.reading import find_page, show

    page = or_404(find_page(public_id))
    given = PartAnswer(
        request.form.get("stance", ""),
        tuple(request.form.getlist("over")),
        request.form.get("reasonable", ""),
    )
    sentences = [problem.sentence for problem in invalid.problems]
    return show(replace(page, parts=given, part_problems=tuple(sentences)), status=422)
