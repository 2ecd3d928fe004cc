"""`python -m sanctionslib`: the same as the command `sanctionslib`."""

from __future__ import annotations

from sanctionslib.cli import main

if __name__ == "__main__":
    main()
