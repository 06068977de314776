"""How fast the toolkit is: ``make bench``, or ``python -m tests.benchmarks`` from the root
of the repository.

Each file measures one thing. Where there is something to compare with, it is measured in
the same run and the ratio is shown, since a ratio says more than seconds on somebody else's
machine. No test asserts a time: targets are shown beside what was measured.

    measuring.py   timings, rows, targets, and the table they are printed in
    children.py    what needs a process of its own: peak memory, time limits, compiling afresh
    machine.py     what the numbers were measured on
    shapes.py      large trees of several shapes
    models.py      the corridor models with their concepts
    the others     one group of rows each, listed in __main__.py
"""
