"""A snapshot of the public names: none goes, and none comes, by an oversight.

After a change that is meant, ``python -m tests.test_public_names`` writes
tests/public_names.txt anew; CHANGELOG.md tells of it.
"""

import importlib
from pathlib import Path

from tests.test_ground import packages_with_names

SNAPSHOT = Path(__file__).with_name("public_names.txt")


def public_names() -> list[str]:
    return sorted(
        f"{package}.{name}"
        for package in packages_with_names()
        for name in importlib.import_module(package).__all__
    )


def test_public_names_are_those_of_the_snapshot() -> None:
    recorded, now = set(SNAPSHOT.read_text(encoding="utf-8").split()), set(public_names())
    assert (sorted(recorded - now), sorted(now - recorded)) == ([], []), (
        "gone, new; if meant: python -m tests.test_public_names"
    )


if __name__ == "__main__":
    SNAPSHOT.write_text("".join(f"{name}\n" for name in public_names()), encoding="utf-8")
