"""What can be done: game forms (who may do what), plays (complete ways of playing) and
games (forms with payoffs)."""

from strategy.forms.extensive import ExtensiveForm, ExtensiveFormGame
from strategy.forms.mixed import MixedProfile, read_profile
from strategy.forms.normal import NormalForm, NormalFormGame
from strategy.forms.plays import Play
from strategy.forms.profiles import PureProfile
from strategy.forms.stacks import NormalFormGames
from strategy.forms.trees import Chance, Decision, End

__all__ = [
    "Chance",
    "Decision",
    "End",
    "ExtensiveForm",
    "ExtensiveFormGame",
    "MixedProfile",
    "NormalForm",
    "NormalFormGame",
    "NormalFormGames",
    "Play",
    "PureProfile",
    "read_profile",
]
