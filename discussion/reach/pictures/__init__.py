"""Pictures: what stands beside a link to a page when it is sent to somebody.

A *picture* says what the page leads with, as a visitor reads it; never who wrote it.
"""
