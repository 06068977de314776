"""Children that can be interrupted even where this process ignores that.

A shell that starts tests in the background, and nohup, let them ignore these signals, and
children take that over.
"""

import signal

ASKED = ("SIGINT", "SIGHUP")


def heeded() -> None:
    """To be called in the child: ``subprocess.Popen(..., preexec_fn=heeded)``."""
    for name in ASKED:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
