"""``python -m strategy``, and the console script.

The command line, from the first moment on that Ctrl-C may come.
"""

import os
import sys

__all__ = ["main"]


def main() -> None:
    """Load the command line, which takes a moment, and run it."""
    try:
        from strategy.cli import main as run
    except KeyboardInterrupt:
        print("strategy: interrupted", file=sys.stderr)
        sys.exit(130)
    run()


if __name__ == "__main__":
    # where a file of the user's called random.py would stand in for Python's own
    if sys.path[0] in ("", os.getcwd()):
        sys.path.append(sys.path.pop(0))
    main()
