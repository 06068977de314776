"""``python -m strategy``: the command line, where the console script is not on the path."""

import os
import sys

if __name__ == "__main__":
    if sys.path[0] in ("", os.getcwd()):  # where a file of the user's called random.py would stand in for Python's own
        sys.path.append(sys.path.pop(0))
    from strategy.cli import main

    main()
