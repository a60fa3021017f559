"""What happens to every form on its way in and out; and the pages of what is kept."""

from flask import Blueprint

from discussion.kept.views import once, own, signed_out, tokens, versions

blueprint = Blueprint("kept", __name__)
# In the order in which a form is asked: what was sent before, who sends it, what changed meanwhile.
once.install(blueprint)
signed_out.install(blueprint)
versions.install(blueprint)
own.install(blueprint)
tokens.install(blueprint)
