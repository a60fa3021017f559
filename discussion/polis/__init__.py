"""The files that Polis exports: who voted how on which statement, and the statements.

Only reading, from text to rows and arrays; what the votes say is arithmetic (`analysis/`).
"""
