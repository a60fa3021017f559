"""The versions of what people agree to; raise one whenever its text changes."""

TERMS_VERSION = "2026-11.3"
RULES_VERSION = "2026-11"
