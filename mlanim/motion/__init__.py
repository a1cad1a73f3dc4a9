"""Verbs: functions that take primitives and arrays and return an animation to play.

>>> from mlanim.motion import flow, in_turn
"""

from mlanim.motion.after import after
from mlanim.motion.appear import appear, vanish
from mlanim.motion.attend import attend
from mlanim.motion.become_values import become_values
from mlanim.motion.carry import carry
from mlanim.motion.concat import concat
from mlanim.motion.dim import dim, undim
from mlanim.motion.draw import draw
from mlanim.motion.flow import flow
from mlanim.motion.grow import grow
from mlanim.motion.learn import learn
from mlanim.motion.mask import mask, mask_softmax
from mlanim.motion.matmul import matmul
from mlanim.motion.pipeline.send import change, count, refuse, send
from mlanim.motion.pour import emerge, pour
from mlanim.motion.pulse import highlight, pulse
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

__all__ = [
    "add_up",
    "after",
    "appear",
    "attend",
    "become_values",
    "carry",
    "change",
    "concat",
    "count",
    "dim",
    "draw",
    "emerge",
    "flow",
    "grow",
    "highlight",
    "in_turn",
    "learn",
    "mask",
    "mask_softmax",
    "matmul",
    "pour",
    "pulse",
    "rearrange",
    "refuse",
    "retitle",
    "reveal_row",
    "rise",
    "score",
    "send",
    "softmax",
    "swell",
    "together",
    "travel",
    "undim",
    "unroll",
    "vanish",
    "weigh",
    "weighted_sum",
]
