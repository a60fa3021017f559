"""What people would need to know: questions of information, gathered from what others wrote.

Nothing of it is written by the site. Every question leads to what it came from, and is shown to
whoever may read any of that.
"""
