"""Tables of a user's own rows for a sweep: what is in them counts once, as a number, or a
line says why it does not."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from strategy import StrategyError, cli
from strategy.sensitivity import Rows

TABLES: dict[str, tuple[bytes, str]] = {
    "a column twice": (b"leverage,leverage\n2,3\n", "two columns 'leverage': keep one"),
    "Latin letters": (
        "leverage,T\xfcrkiye\n2,1\n".encode("latin-1"),
        "its text is not UTF-8",
    ),
    "truth values": (b"leverage\nTrue\nFalse\n", "dtype bool: give numbers"),
    "an empty cell": (
        b"leverage,commitment\n2,\n3,1\n",
        "commitment = nan is not a finite number",
    ),
    "a decimal comma": (b'leverage\n"1,5"\n', "leverage = '1,5' is not a number"),
    "an escape": (b"le\x1b[31m\n1\n", "unknown parameter 'le\\x1b[31m'"),
}


@pytest.mark.parametrize(("content", "said"), TABLES.values(), ids=TABLES)
def test_a_file_that_cannot_be_meant_is_refused_in_a_line(
    content: bytes, said: str, tmp_path: Path, capsys: Any
) -> None:
    (tmp_path / "rows.csv").write_bytes(content)
    arguments = [
        "sweep",
        "corridor.activation",
        "--rows",
        str(tmp_path / "rows.csv"),
        "-o",
        str(tmp_path / "out"),
    ]
    assert cli.run(arguments) == 2
    text = capsys.readouterr().err
    assert text.count("\n") == 1
    assert said in text


def test_tables_in_memory_are_looked_at_in_the_same_way() -> None:
    import pandas
    import pyarrow

    twice = pyarrow.table([[2.0], [3.0]], names=["leverage", "leverage"])
    frame = pandas.DataFrame([[2, 3]], columns=["leverage", "leverage"])
    masked = {"leverage": np.ma.masked_equal([2.0, 3.0], 3.0)}
    mixed = {"leverage": np.array([np.True_, 2.0], dtype=object)}
    for source in (
        twice,
        frame,
        masked,
        mixed,
        {"leverage": [True, 2]},
        {"leverage": {2, 3}},
    ):
        with pytest.raises(StrategyError, match="leverage"):
            Rows(source)
