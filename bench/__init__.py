"""How quickly the busiest pages come, beside the least and the plainest that could be served.

`python -m bench` measures everything in one run and writes bench/results.json; docs/benchmarks.md
says what is compared, and why only the ratios of one run mean anything.
"""
