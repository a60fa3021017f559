"""Duties: the records that the law asks of a service like this one, kept with their versions.

An illegal-content risk assessment, a children's access assessment, the accountable person, the
complaints procedure: prompts for the host to complete, stamped with the version of the code of
practice that they follow, and not legal advice. Each has a day on which it is reviewed.
"""
