"""Verbs: functions that take primitives and arrays and return an animation to play.

>>> from mlanim.motion import flow, in_turn
"""

from mlanim.motion.appear import appear, vanish
from mlanim.motion.attend import attend
from mlanim.motion.carry import carry
from mlanim.motion.concat import concat
from mlanim.motion.dim import dim, undim
from mlanim.motion.draw import draw
from mlanim.motion.flow import flow
from mlanim.motion.open_cell import open_cell
from mlanim.motion.pulse import highlight, pulse
from mlanim.motion.read_word import read_word
from mlanim.motion.retitle import retitle
from mlanim.motion.reveal_row import reveal_row
from mlanim.motion.score import score
from mlanim.motion.softmax import softmax
from mlanim.motion.timeline import in_turn, together
from mlanim.motion.unroll import unroll
from mlanim.motion.weighted_sum import weighted_sum

__all__ = [
    "appear",
    "attend",
    "carry",
    "concat",
    "dim",
    "draw",
    "flow",
    "highlight",
    "in_turn",
    "open_cell",
    "pulse",
    "read_word",
    "retitle",
    "reveal_row",
    "score",
    "softmax",
    "together",
    "undim",
    "unroll",
    "vanish",
    "weighted_sum",
]
