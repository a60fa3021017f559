"""Members: who belongs to a series, as what they post, how they came in and how they leave.

A *membership* is one person's part in one series; admitted members are those who count towards
five. An *invitation* is a link by which people join; of its secret part only a hash is kept.
"""
