"""Verbs: functions that take primitives and arrays and return an animation to play.

>>> from mlanim.motion import flow, in_turn
"""

from mlanim.motion.after import after
from mlanim.motion.align_word import align_word
from mlanim.motion.appear import appear, vanish
from mlanim.motion.attend import attend
from mlanim.motion.become_values import become_values
from mlanim.motion.carry import carry
from mlanim.motion.concat import concat
from mlanim.motion.cross import clear, cross
from mlanim.motion.decode import feed_back, join, speak, take_in
from mlanim.motion.dim import dim, undim
from mlanim.motion.draw import draw
from mlanim.motion.flow import flow
from mlanim.motion.grow import grow
from mlanim.motion.keep_end import keep_end
from mlanim.motion.learn import learn
from mlanim.motion.mask import mask, mask_softmax
from mlanim.motion.matmul import matmul
from mlanim.motion.open_cell import open_cell
from mlanim.motion.pour import emerge, pour
from mlanim.motion.pulse import highlight, pulse
from mlanim.motion.read_word import read_word
from mlanim.motion.rearrange import rearrange
from mlanim.motion.retitle import retitle
from mlanim.motion.reveal_row import reveal_row
from mlanim.motion.rise import rise, swell
from mlanim.motion.score import score
from mlanim.motion.softmax import softmax
from mlanim.motion.timeline import in_turn, together
from mlanim.motion.travel import travel
from mlanim.motion.unroll import unroll
from mlanim.motion.weigh import add_up, weigh
from mlanim.motion.weighted_sum import weighted_sum
from mlanim.motion.write_down import write_down

__all__ = [
    "add_up",
    "after",
    "align_word",
    "appear",
    "attend",
    "become_values",
    "carry",
    "clear",
    "concat",
    "cross",
    "dim",
    "draw",
    "emerge",
    "feed_back",
    "flow",
    "grow",
    "highlight",
    "in_turn",
    "join",
    "keep_end",
    "learn",
    "mask",
    "mask_softmax",
    "matmul",
    "open_cell",
    "pour",
    "pulse",
    "read_word",
    "rearrange",
    "retitle",
    "reveal_row",
    "rise",
    "score",
    "softmax",
    "speak",
    "swell",
    "take_in",
    "together",
    "travel",
    "undim",
    "unroll",
    "vanish",
    "weigh",
    "weighted_sum",
    "write_down",
]
