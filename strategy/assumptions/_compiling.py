"""From conditions to masks over the plays of a form, each literal looked up once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from strategy.assumptions.conditions import Condition, Literal
from strategy.errors import ModelError
from strategy.forms.extensive import ExtensiveForm
from strategy.forms.normal import NormalForm
from strategy.names import unknown

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Compiler"]


class Compiler:
    """Masks of conditions on the plays of one form."""

    def __init__(self, form: NormalForm | ExtensiveForm) -> None:
        self.form = form
        self._actions = {**form.actions, **form.chance}
        self._taken: dict[Literal, NDArray[np.bool_]] = {}

    def mask(self, condition: Condition, *, shared: bool = False) -> NDArray[np.bool_]:
        """Where a condition holds, shape (plays,). Unknown names raise ModelError; in a shared one they are moves never taken."""
        import numpy as np

        def moves(who: str, action: str, at: str | None) -> Any:
            if (who, action, at) not in self._taken:
                problem = self.problem((who, action, at))
                if problem and not shared:
                    raise ModelError(problem)
                if problem:
                    return False
                self._taken[who, action, at] = self.form.moves(who, action, at)
            return self._taken[who, action, at]

        found = np.empty(self.form.play_count, dtype=bool)
        found[:] = condition.combine(moves)
        found.flags.writeable = False
        return found

    def problem(self, literal: Literal) -> str | None:
        """What is wrong with the names of a literal, with the remedy; None if the form has them."""
        who, action, at = literal
        if who not in self._actions:
            return unknown(who, self._actions, "player or chance move" if self.form.chance else "player")
        if action not in self._actions[who]:
            return unknown(action, self._actions[who], f"event of {who}" if who in self.form.chance else f"action of {who}")
        if at is None:
            return None
        places = self.places(who)
        if at in places:
            return None
        if not places:
            kind = (
                "a chance move has"
                if who in self.form.chance
                else "a table has"
                if isinstance(self.form, NormalForm)
                else f"{who} has"
            )
            return f"unknown information set {at!r}: {kind} no named information sets, so leave out at="
        return unknown(at, places, f"information set of {who}")

    def places(self, who: str) -> tuple[str, ...]:
        """The named information sets of a player."""
        form = self.form
        if not isinstance(form, ExtensiveForm) or who not in form.players:
            return ()
        number = form.players.index(who)
        mine = [label for one, label in form.infoset_names.items() if form.mover[form.infoset_nodes[one]] == number]
        return tuple(dict.fromkeys(mine))
