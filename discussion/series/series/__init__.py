"""A series: one purpose question, a host, dates, rules, themes, scales, values.

Conveners set it up and keep it; anybody may read a public one. A theme is a question that groups
threads. A scale is a line between two named ends. Who belongs to it: the room `members`.
"""
