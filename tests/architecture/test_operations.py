"""Promise 4: one rulebook. What changes anything asks it first."""

import ast
from collections.abc import Iterator

from tests.architecture.reading import Module, imports, modules, short

FIRST = (
    "Promise 4: the first line of an operation, one that takes an `actor`, is "
    "`require(actor, May.X, subject)`. If it truly needs none, list it with its reason in"
)
DOORS = (
    "Promise 4: a view, a task or a form calls operations that take an `actor` and so ask the "
    "rulebook. If this one truly changes nothing, list it with its reason in"
)
ROLES = "Promise 4: pages get booleans (page.can_respond), never roles; ask allowed(…) instead of"
HERE = "tests/architecture/test_operations.py:"

# Operations that take an actor and do not begin by asking, each with its reason.
WITHOUT_ASKING = {
    "accounts.operations.moving.second_change": "asks one right or the other",
    "accounts.operations.moving.may_second": "answers, and changes nothing",
    "evidence.operations.chaining.chain": "written by operations that asked",
    "moderation.operations.taking.take_next": "calls take, which asks",
    "decisions.operations.claiming.give_back": "lets go of what the actor took alone",
    "decisions.operations.claiming.check_claim": "reads, for operations that asked",
    "moderation.operations.looking.record_refused_look": "written since it was refused",
    "series.operations.record.record": "written by operations that asked",
    "publications.operations.composing.note": "written by operations that asked",
    "needed.operations.stepping.note": "written by operations that asked",
    "responses.operations.handing_in.find_response_needs": "reads what is needed",
    "positions.operations.publishing.find_bounds": "reads what the actor may choose",
    "positions.operations.publishing.problems_in_first": "reads what is wrong",
    "positions.operations.publishing.problems_in_revision": "reads what is wrong",
    "responses.operations.responding.problems_in_responding": "reads what is wrong",
    "positions.operations.writing.find_needs": "reads what is needed",
    "positions.operations.joining.join_as": "calls choose_post, which asks",
    "positions.operations.joining.join_if_new": "calls walk_in, which asks",
    "threads.operations.record.record": "written by operations that asked",
    "threads.operations.record.tell_proposer": "written by operations that asked",
    "members.operations.inviting.join_by_invitation": "the invitation is the right",
    "members.operations.inviting.come_in": "by an invitation, or join_series, which asks",
}

# What views may take from operations though it takes no actor, each with its reason.
_READS = "reads, and changes nothing"
_ARITHMETIC = "computes with what it is given, before any transaction"
NOT_AN_OPERATION = {
    "kept.operations.keep_form": "keeps what anybody typed, for themselves",
    "kept.operations.note_sent": "notes what was allowed and done",
    "kept.operations.forget_sent": "notes it anew",
    "accounts.operations.attempts.count_attempt": "counts everybody, allowed or not",
    "practice.operations.forgetting.take_back": "whoever holds the link of an invitation asks",
    "practice.operations.inviting.join": "whoever has a code asks; the owner of the address gets",
    "accounts.operations.attempts.forgive": "called once the password was right",
    "accounts.operations.devices.device_key": _ARITHMETIC,
    "accounts.operations.devices.is_known_device": _READS,
    "accounts.operations.devices.know_device": "called once the password was right",
    "accounts.operations.devices.new_device_secret": _ARITHMETIC,
    "accounts.operations.judging.is_guessable": _ARITHMETIC,
    "accounts.operations.links.find_link": _READS,
    "accounts.operations.passwords.hash_password": _ARITHMETIC,
    "accounts.operations.passwords.is_outdated": _ARITHMETIC,
    "accounts.operations.passwords.is_password": _ARITHMETIC,
    "accounts.operations.links.link_token": _ARITHMETIC,
    "accounts.operations.sessions.begin_session": "called once the password was right",
    "accounts.operations.sessions.sign_out": "ends the session that is in hand",
    "accounts.operations.sessions.tell_new_device": "writes to its owner",
    "mail.operations.note_bounce": "counts only with the sign of a letter of ours",
    "composing.operations.own.as_ready": _ARITHMETIC,
    "composing.operations.own.is_ready": _ARITHMETIC,
    "composing.operations.own.find_draft": _READS,
    "composing.operations.own.is_about": _READS,
    "composing.operations.own.locked": _READS,
    "composing.operations.own.set_aside": "called by claiming, which asked",
    "composing.operations.signed_out.find_by_token": "the token is the right; reads",
    "composing.operations.signed_out.hashed": _ARITHMETIC,
    "composing.operations.signed_out.find_signed_out": "the token is the right; reads",
    "composing.operations.signed_out.list_by_token": "the token is the right; reads",
    "positions.operations.publishing.find_own": _READS,
    "threads.operations.warning.turn_warnings_off": "the token is the right",
    "notices.operations.choosing.stop": "the token is the right",
}


def test_every_operation_asks_first() -> None:
    wrong = [
        f"{module.place}:{function.lineno} {function.name}"
        for module, function in _public_functions()
        if _takes(function, "actor")
        and not _asks_first(function)
        and f"{module.short}.{function.name}" not in WITHOUT_ASKING
    ]
    assert not wrong, "\n".join([f"{FIRST} {HERE}", *wrong])


def test_views_call_only_operations_that_ask() -> None:
    unasked = {
        (module.name, function.name): function
        for module, function in _public_functions()
        if not _takes(function, "actor")
    }
    wrong = []
    for module in modules():
        if "views" not in module.name.split("."):
            continue
        for each in imports(module):
            for name in each.names:
                listed = f"{short(each.target)}.{name}" in NOT_AN_OPERATION
                if (each.target, name) in unasked and not listed:
                    wrong.append(f"{each}: {name}")
    assert not wrong, "\n".join([f"{DOORS} {HERE}", *wrong])


def test_roles_are_weighed_in_the_rulebook_alone() -> None:
    names = {"is_moderator_of", "is_convener_of", "is_administrator"}
    wrong = [
        f"{module.place}:{node.lineno} {node.func.id}"
        for module in modules()
        if module.room not in ("permissions",)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]
    assert not wrong, "\n".join([ROLES, *wrong])


def test_nothing_is_excused_that_is_gone() -> None:
    there = {f"{module.short}.{function.name}" for module, function in _public_functions()}
    assert not (set(WITHOUT_ASKING) | set(NOT_AN_OPERATION)) - there


def _public_functions() -> Iterator[tuple[Module, ast.FunctionDef]]:
    for module in modules():
        if module.short.split(".")[1:2] == ["operations"]:
            for node in module.tree.body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield module, node


def _takes(function: ast.FunctionDef, name: str) -> bool:
    arguments = function.args
    return any(
        argument.arg == name
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    )


def _asks_first(function: ast.FunctionDef) -> bool:
    """Before asking, an operation may find what it asks about: one assignment, and no more."""
    body = function.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    if len(body) > 1 and isinstance(body[0], ast.Assign):
        body = body[1:]
    return bool(body) and ast.unparse(body[0]).startswith("require(actor, ")
