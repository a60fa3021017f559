"""A briefing as it would be frozen now: sentences with what they rest on, tables, references."""
