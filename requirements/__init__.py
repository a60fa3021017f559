"""What the site is made of: pinned, listed, and looked up among known vulnerabilities."""
