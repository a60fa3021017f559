"""Of what the database keeps a state."""

# site: what is everywhere; series: what its pages and those of its threads share; within: anything
# that stands in a series but responses, which most of its pages do not tell; replies: these;
# thread: anything that stands in a thread; person: somebody's own.
SCOPES = ("site", "series", "within", "replies", "thread", "person")
WHOLE_SITE = 0  # the subject of the one state of the site
