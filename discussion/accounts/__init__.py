"""Accounts: who somebody is, how they come in, and what they say of themselves.

A *person* has an account once an address is confirmed. A *consent* is what they agreed to, in which
version. A *mailed link* does one thing once. An *attempt* is counted so that guessing is slow.
"""
