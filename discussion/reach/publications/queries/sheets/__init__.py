"""What a thread came to, for paper and for spreadsheets: findings, and the outcome.

Both are made of what their page shows to the same reader, so nothing is here that is hidden there.
"""
