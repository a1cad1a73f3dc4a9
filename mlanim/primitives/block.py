"""A block: one part of a system as a rounded box with its name; and a stack of equal blocks."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, RoundedRectangle, VGroup

from mlanim.errors import NoRoomError, UsageError
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label, cap_of
from mlanim.theme import LIGHT, Theme

__all__ = ["Block", "Stack"]

_CLOSE = 0.4  # of the padding, which a long word may leave beside itself at the smallest size


class Block(VGroup):
    """A rounded box in a role's fill and ink with a centred name, and ports on its four sides.

    text wraps at words to the box's width, and is set smaller where it still takes more, but not
    below the smallest legible size; without `width` or `height` the box takes what the
    text needs. `subtitle` is a smaller second line. Parts: `.box`, `.label`, `.subtitle`
    (an empty group without one). Raises UsageError when the text is higher than the box.

    >>> encoder = Block("Encoder", role="encoder", width=2.4, height=1)
    >>> round(float(encoder.right_port[0] - encoder.left_port[0]), 2)
    2.4
    """

    def __init__(
        self,
        text: str,
        *,
        role: str = "encoder",
        theme: Theme = LIGHT,
        width: float | None = None,
        height: float | None = None,
        subtitle: str | None = None,
        size: Any = "body",
        corner: float = 0.14,
    ) -> None:
        super().__init__()
        self.role, self.theme = role, theme
        padding = theme.gap * 0.8
        room = None if width is None else width - padding
        self.label = Label(
            text, theme=theme, size=size, role=role, weight="bold", width=room, align="center"
        )
        self.subtitle = VGroup()
        words = VGroup(self.label)
        if subtitle is not None:
            self.subtitle = Label(
                subtitle, theme=theme, size="small", role="ink", width=room, align="center"
            )
            words.add(self.subtitle)
        words.arrange(DOWN, buff=theme.gap * 0.5)

        width = words.width + 2 * padding if width is None else width
        height = words.height + 2 * padding if height is None else height
        room_left = (width - padding + 1e-6, height - padding + 1e-6)
        less = min(1.0, room_left[0] / words.width, room_left[1] / words.height)
        least = min(theme.sizes.small, cap_of(size, theme)) / self.label.cap_height
        if less < least <= (width - padding * _CLOSE) / words.width and words.height < height:
            less = least  # closer to the sides, rather than too small to be read
        if least <= less < 1:
            words.scale(less)  # of a language or a font that takes more room
        elif less < 1:
            narrow = (width - padding * _CLOSE) / words.width < least
            raise NoRoomError(
                f"{text!r} ({words.width:.2f} x {words.height:.2f} units) does not fit a block of "
                f"{width:.2f} x {height:.2f}",
                "make the block larger or the text shorter",
                lacks="width" if narrow else "height",
            )
        colours = theme.role(role)
        self.box = RoundedRectangle(
            width=width, height=height, corner_radius=min(corner, width / 2, height / 2)
        )
        self.box.set_fill(colours.fill, opacity=1).set_stroke(
            colours.ink, width=theme.stroke.normal
        )
        words.move_to(self.box)
        self.add(self.box, self.label, self.subtitle)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        below = f", {self.subtitle.text}" if len(self.subtitle) else ""
        return Seen("box", f"{self.label.text}{below}")

    @property
    def left_port(self) -> np.ndarray:
        """Middle of the left side, shape (3,)."""
        return self.box.get_edge_center(LEFT)

    @property
    def right_port(self) -> np.ndarray:
        """Middle of the right side, shape (3,)."""
        return self.box.get_edge_center(RIGHT)

    @property
    def top_port(self) -> np.ndarray:
        """Middle of the upper side, shape (3,)."""
        return self.box.get_edge_center(UP)

    @property
    def bottom_port(self) -> np.ndarray:
        """Middle of the lower side, shape (3,)."""
        return self.box.get_edge_center(DOWN)


class Stack(VGroup):
    """n equal blocks, the first at the bottom, each numbered; `shown` draws fewer and says so.

    Parts: `.blocks` (index i is block i + 1 as far as drawn), `.label` ("× n" beside them).

    >>> stack = Stack(6, "Encoder", shown=2)
    >>> len(stack.blocks), stack.label.text
    (2, '× 6')
    """

    def __init__(
        self,
        n: int,
        text: str,
        *,
        role: str = "encoder",
        theme: Theme = LIGHT,
        width: float | None = None,
        height: float | None = None,
        gap: float | None = None,
        shown: int | None = None,
    ) -> None:
        super().__init__()
        shown = n if shown is None else min(shown, n)
        if n < 1 or shown < 1:
            raise UsageError(
                f"a stack of {n} blocks, {shown} of them drawn", "both must be 1 or more"
            )
        self.n = n
        names = [f"{text} {index + 1}" for index in range(shown)]
        if width is None:
            width = max(Block(name, role=role, theme=theme).width for name in names)
        self.blocks = VGroup(
            *(Block(name, role=role, theme=theme, width=width, height=height) for name in names)
        ).arrange(UP, buff=theme.gap if gap is None else gap)
        self.label = Label(f"× {n}", theme=theme, role=role, weight="bold")
        self.label.next_to(self.blocks, RIGHT, buff=theme.gap)
        self.add(self.blocks, self.label)

    @property
    def bottom_port(self) -> np.ndarray:
        """Where the input enters the first block, shape (3,)."""
        return self.blocks[0].bottom_port

    @property
    def top_port(self) -> np.ndarray:
        """Where the output leaves the last block, shape (3,)."""
        return self.blocks[-1].top_port
