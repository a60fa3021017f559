"""How people were admitted to a series, and the limits of invitations."""

MAX_INVITATION_DAYS = 90


MAX_INVITATION_USES = 200


MAX_INVITED = 200  # people at once


# How somebody was admitted: let in, or with what they wrote in a series open to all.
BY_WRITING = "wrote"


HOW = ("invited", "domain", "approved", BY_WRITING)
