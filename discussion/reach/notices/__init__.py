"""Notices: what happened to what somebody wrote or follows, on the site and by mail.

A **notice** is a row for one person that names what happened by ids; its words are drawn whenever
it is read, by the rulebook of that moment, so that what is hidden or taken back since is not told.
A **letter** takes the notices that were due when it was put together; none is in two letters.
"""
