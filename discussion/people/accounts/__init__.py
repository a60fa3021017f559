"""Accounts: who somebody is, how they come in, and what they say of themselves.

A *person* has an account once an address is confirmed. A *consent* is what they agreed to, in which
version. A *mailed link* does one thing once. An *attempt* is counted so that guessing is slow. A
*session* is somebody who is signed in on one browser, a *known device* a browser in which they were
before; an *address change* is an account that is to move to another address, or has.
"""
