"""The files that Polis exports: who voted how on which statement, and the statements.

Only reading and writing, between text and rows or arrays; what the votes say is arithmetic
(`analysis/`), and what becomes of them here is `rounds`.
"""
