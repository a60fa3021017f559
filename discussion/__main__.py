"""python -m discussion."""

from discussion.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
