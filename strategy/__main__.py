"""``python -m strategy``: the command line, where the console script is not on the path."""

from strategy.cli import main

if __name__ == "__main__":
    main()
