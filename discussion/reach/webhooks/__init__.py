"""Webhooks: other programs hear of what is new in a series, at addresses that its conveners choose.

They are told what every visitor may read now, and no more of when than its page tells.
"""
