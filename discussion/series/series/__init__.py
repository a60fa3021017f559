"""A series: one purpose question, a host, dates, rules, themes, scales, values, members.

Conveners set it up and keep it; anybody may read a public one. A theme is a question that groups
threads. A scale is a line between two named ends. A membership is one person's part in one series;
admitted members are those who count towards five.
"""
