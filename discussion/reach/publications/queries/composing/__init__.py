"""The pages on which a briefing is composed, checked, and on which its authors may object."""
