"""How quick the site is, beside the least and the plainest that could be served, and another forum.

`python -m bench` measures everything, `python -m bench reading busy` two parts of it;
docs/benchmarks.md says what is compared, and why only the ratios of one run mean anything.
"""
