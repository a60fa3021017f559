"""Mutes: somebody need not read somebody else; nobody else notices.

A person who writes by name is muted wherever they write by name. A voice under a role or under the
Chatham House Rule is muted in its thread alone: anything wider would tell who it is.
"""
