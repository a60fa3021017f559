"""Pages of accounts: coming in, mailed links, one's own profile, and people."""

from flask import Blueprint

from discussion.people.accounts.views import confirming, entering, keeping, links, moving, people

blueprint = Blueprint("accounts", __name__)
for part in (confirming, entering, links, moving, keeping, people):
    part.install(blueprint)
