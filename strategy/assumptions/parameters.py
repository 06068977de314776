"""Parameters: the numbers of a model.

Each has a baseline, a range, a unit, a source and a reason.
"""

from __future__ import annotations

import keyword
import unicodedata
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from strategy.assumptions._comparisons import PARAMETERS, explain_comparisons
from strategy.characters import hidden
from strategy.display import number
from strategy.errors import ParameterError
from strategy.exact import exact
from strategy.names import different_phrases, keyed, phrase, prose, unknown
from strategy.older_pickles import takes_older_pickles

if TYPE_CHECKING:
    import sympy

__all__ = ["Parameter", "Parameters", "UnknownParameterError", "parameter_name"]


class UnknownParameterError(ParameterError, AttributeError, KeyError):
    """A parameter that does not exist.

    Also an AttributeError and a KeyError, so that ``hasattr`` and ``get`` work.
    """

    __str__ = Exception.__str__  # KeyError would show the message in quotes


def parameter_name(value: object) -> str:
    """A parameter's name in the normal form that Python gives to identifiers.

    This makes ``p.x`` and ``p["x"]`` agree. ``value``: the name as given. Raises
    ParameterError on what is not a string.
    """
    if not isinstance(value, str):
        raise ParameterError(
            f"parameter name {value!r} is a {type(value).__name__}: give a string, such "
            "as 'transit_income'"
        )
    return value if value.isascii() else unicodedata.normalize("NFKC", value)


def _baseline(value: Any) -> Fraction:
    return exact(value, "baseline")


def _low(value: Any) -> Fraction:
    return exact(value, "low")


def _high(value: Any) -> Fraction:
    return exact(value, "high")


def _unit(value: object) -> str:
    return prose(value, "unit of a parameter", ParameterError)


def _source(value: object) -> str:
    return prose(value, "source of a parameter", ParameterError)


def _reason(value: object) -> str:
    return prose(value, "reason of a parameter", ParameterError)


def _label(value: object) -> str:
    return phrase(value, "label of a parameter", ParameterError)


def _ends(value: object) -> tuple[str, str] | None:
    if value is None:
        return None
    if not isinstance(value, (tuple, list)) or len(value) != 2 or not all(value):
        raise ParameterError(
            f"ends={value!r}: give words for the low and the high end of the range, such "
            "as ('none', 'all of it')"
        )
    low, high = [phrase(one, "end of a parameter's range", ParameterError) for one in value]
    return low, high


_VALUE = "{v}"


def _says(value: object) -> str:
    said = phrase(value, "phrase for a parameter's value", ParameterError)
    if said and (said.count(_VALUE) != 1 or set("{}") & set(said.replace(_VALUE, ""))):
        raise ParameterError(
            f"says={said!r}: give a clause with {{v}} once, where the value stands, and "
            f"no other braces, such as 'Russia can spare {{v}} of its attention'"
        )
    return said


@takes_older_pickles
@attrs.frozen
class Parameter:
    """One assumed number: its baseline, the range in which it may lie, and why.

    ``Parameter(4, low=1, high=8, unit="points", source="essay ¶4", reason="...")``:
    ``baseline``, ``low`` and ``high`` are read exactly (int, "2/3", "0.3", Fraction,
    Decimal, float as its shortest decimal), in the ``unit`` named; ``source`` and
    ``reason`` say where the number comes from. Raises ParameterError unless low <= baseline
    <= high.

    ``label`` is what people read in place of the parameter's name, "Russia's spare
    attention"; ``says`` what a value {v} of it says, "Russia can spare {v} of its
    attention"; ``ends`` what the two ends of the range stand for, ("none", "all of it").
    Code, commands and JSON keep the name.
    """

    baseline: Fraction = attrs.field(converter=_baseline)
    low: Fraction = attrs.field(kw_only=True, converter=_low)
    high: Fraction = attrs.field(kw_only=True, converter=_high)
    unit: str = attrs.field(default="", kw_only=True, converter=_unit)
    source: str = attrs.field(default="", kw_only=True, converter=_source)
    reason: str = attrs.field(default="", kw_only=True, converter=_reason)
    label: str = attrs.field(default="", kw_only=True, converter=_label)
    ends: tuple[str, str] | None = attrs.field(default=None, kw_only=True, converter=_ends)
    says: str = attrs.field(default="", kw_only=True, converter=_says)

    def __attrs_post_init__(self) -> None:
        if self.low > self.high:
            raise ParameterError(
                f"the range from {self.low} to {self.high} is empty: expected low <= "
                "high, so swap them"
            )
        if not self.low <= self.baseline <= self.high:
            raise ParameterError(
                f"baseline {self.baseline} is outside its range from {self.low} to "
                f"{self.high}: move the baseline or widen the range"
            )

    def _no_number(self, other: object) -> Parameter:
        raise ParameterError(
            "amounts are written with a parameter's symbol, not with the Parameter: write "
            "p.x, not p['x']"
        )

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = (
        __rtruediv__
    ) = __pow__ = _no_number

    def said(self, value: Fraction | str) -> str:
        """What a ``value`` says, as a clause; "" if the parameter has no ``says``.

        It may be words for several values, such as "less than 2/3". A number that is a
        share of whole percents is given in them.
        """
        if isinstance(value, Fraction):
            percents = 100 * value if self.unit == "share" else Fraction(1, 2)
            whole = percents.denominator == 1
            value = f"{percents} %" if whole else number(value)
        return self.says.replace(_VALUE, value)

    def with_baseline(self, value: Fraction) -> Parameter:
        """The same parameter with the baseline ``value``.

        The range is widened where it does not contain the value, and its ends have no words
        then.
        """
        kept = self.ends if self.low <= value <= self.high else None
        return attrs.evolve(
            self,
            baseline=value,
            low=min(self.low, value),
            high=max(self.high, value),
            ends=kept,
        )


class Parameters(Mapping[str, Parameter]):
    """The parameters of a model by name.

    ``p.x`` is the symbol to write amounts with, ``p["x"]`` the Parameter.

    Built from keywords (``named``), ``Parameters(x=Parameter(...))``, or from a mapping,
    ``parameters``. Read-only, in the order given. Raises ParameterError on a name that is
    not an identifier or stands twice, and on what is not a Parameter.
    """

    __slots__ = ("_baseline", "_data", "_symbols")

    _data: dict[str, Parameter]
    _baseline: dict[str, Fraction]
    _symbols: dict[str, Any]

    def __init__(
        self, parameters: Mapping[str, Parameter] | None = None, /, **named: Parameter
    ) -> None:
        if parameters is not None and not isinstance(parameters, Mapping):
            raise ParameterError(
                f"{parameters!r} is not a mapping: give Parameters(x=Parameter(...)) or "
                f"Parameters({{'x': Parameter(...)}})"
            )
        data: dict[str, Parameter] = {}
        for given, one in [*(parameters or {}).items(), *named.items()]:
            label = _usable(given)
            if label in data:
                raise ParameterError(
                    f"parameter {label!r} comes twice: every parameter needs a name of "
                    "its own"
                )
            if not isinstance(one, Parameter):
                raise ParameterError(
                    f"parameter {label!r} is {one!r}: give a Parameter, such as "
                    "Parameter(4, low=1, high=8)"
                )
            data[label] = one
        different_phrases(
            {label: one.label or label for label, one in data.items()},
            "parameter",
            ParameterError,
        )
        object.__setattr__(self, "_data", data)
        object.__setattr__(
            self, "_baseline", {label: one.baseline for label, one in data.items()}
        )
        object.__setattr__(self, "_symbols", {})

    def __getitem__(self, key: str) -> Parameter:
        try:
            return self._data[parameter_name(key)]
        except KeyError:
            raise UnknownParameterError(unknown(key, self._data, "parameter")) from None

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and parameter_name(key) in self._data

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def __getattr__(self, key: str) -> sympy.Symbol:
        # Only names that are not attributes come here. Underscores are for Python's own
        # protocols (copying, pickling).
        if key.startswith("_"):
            raise AttributeError(key)
        if key not in self._data:
            raise UnknownParameterError(unknown(key, self._data, "parameter"))
        symbol = self._symbols.get(key)
        if symbol is None:
            import sympy

            explain_comparisons()
            symbol = self._symbols[key] = sympy.Symbol(key, real=True)
            PARAMETERS.add(symbol)
        return symbol

    def __setattr__(self, key: str, value: object) -> None:
        raise AttributeError(
            f"parameters are read-only: build new ones, such as Parameters({{**p, "
            f"{key!r}: Parameter(...)}})"
        )

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._data]

    def __eq__(self, other: object) -> bool:
        # The order counts: it is the order of the variables in every table made from the
        # model.
        return isinstance(other, Parameters) and list(self._data.items()) == list(
            other._data.items()
        )

    def __hash__(self) -> int:
        return hash(tuple(self._data.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return (Parameters, (self._data,))

    def __repr__(self) -> str:
        return f"Parameters({self._data!r})"

    def _repr_html_(self) -> str:
        from strategy.assumptions._notebook import parameters_page

        return parameters_page(self)

    @property
    def symbols(self) -> tuple[sympy.Symbol, ...]:
        """The symbols of all parameters, in order."""
        return tuple([getattr(self, label) for label in self._data])

    @property
    def box(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """The range box: (low, high) of every parameter, in order."""
        return tuple([(one.low, one.high) for one in self._data.values()])

    def read(self, at: Mapping[str, Any] | None = None) -> dict[str, Fraction]:
        """The value of every parameter, in order.

        The baseline, or what ``at`` says instead.

        Values may be int, str, Fraction, Decimal or float. Raises ParameterError on a value
        outside its range or an unknown name.
        """
        values = dict(self._baseline)
        for label, value in self._overrides(at).items():
            one = self._data[label]
            if not one.low <= value <= one.high:
                raise ParameterError(
                    f"{label} = {value} is outside its range from {one.low} to "
                    f"{one.high}: give a value inside, or a model with a wider range"
                )
            values[label] = value
        return values

    def with_values(self, values: Mapping[str, Any]) -> Parameters:
        """The same parameters with other baselines.

        ``values``: name -> the new baseline; a range that does not contain it is widened to
        it.
        """
        read = self._overrides(values)
        return Parameters(
            {
                label: one.with_baseline(read[label]) if label in read else one
                for label, one in self._data.items()
            }
        )

    def _overrides(self, values: Mapping[str, Any] | None) -> dict[str, Fraction]:
        if values is None:
            return {}
        if not isinstance(values, Mapping):
            raise ParameterError(
                f"{values!r} is not a mapping: give values by name, such as "
                f"{{'transit_income': '0.2'}}"
            )
        read: dict[str, Fraction] = {}
        for label, value in keyed(
            values, "parameter", ParameterError, parameter_name
        ).items():
            if label not in self._data:
                raise UnknownParameterError(unknown(label, self._data, "parameter"))
            read[label] = exact(value, f"value of {label}")
        return read


def _usable(given: object) -> str:
    label = parameter_name(given)
    if (
        hidden(label)
        or not label.isidentifier()
        or keyword.iskeyword(label)
        or label.startswith("_")
    ):
        raise ParameterError(
            f"parameter name {given!r} cannot be written as p.{label}: use letters, "
            "digits and underscores, beginning with a letter, and not a Python keyword, "
            "such as 'transit_income'"
        )
    if hasattr(Parameters, label):
        raise ParameterError(
            f"parameter name {given!r} is an attribute of Parameters: choose another, "
            f"such as '{label}_'"
        )
    return label
