"""What can be done: game forms, plays and games.

Forms say who may do what, plays are complete ways of playing, games are forms with payoffs.
"""

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
