"""A page about tables: a heading, the code of the link below it, and room for tables."""

from __future__ import annotations

from typing import Any

from manim import Mobject

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.primitives.area import Area
from mlanim.primitives.text import Label, shortened

__all__ = ["TablePage"]

_CODE = 0.24  # cap height of the code


class TablePage:
    """The code on the page now, and the area that it leaves."""

    def __init__(self, scene: Explainer) -> None:
        self.scene = scene
        self.code: Label | None = None

    def area(self, code: str) -> Area:
        """The room below a code."""
        body = self.scene.body
        low = self._label(code).get_bottom()[1] - 0.3
        return Area(body.left, body.bottom, body.width, low - body.bottom)

    def open(self, title: str, code: str, *arrivals: Mobject) -> None:
        """A new page, in place of all that was."""
        self.code = self._label(code)
        self.scene.turn_to(self._one_line(title), self.code, *arrivals)

    def turn(self, title: str, code: str, *staying: Mobject) -> None:
        """Another heading and code; of what is on the page some stays."""
        scene, self.code = self.scene, self._label(code)
        stays = [scene.heading, *staying]
        leaving = [mobject for mobject in scene.on_page if mobject not in stays]
        scene.play(
            scene.retitle(self._one_line(title)),
            do.vanish(*leaving),
            do.after(0.4, do.appear(self.code)),
        )

    def _one_line(self, title: str) -> str:
        """As much of a heading as a line holds: below it is the code."""
        style = {"theme": self.scene.theme, "size": "title", "weight": "bold"}
        return shortened(title, self.scene.area.width, **style)

    def _label(self, code: str) -> Label:
        scene, body = self.scene, self.scene.body
        style: dict[str, Any] = {"theme": scene.theme, "mono": True, "size": _CODE}
        label = Label(code, width=body.width, **style)
        if label.width > body.width:  # a word that no line holds
            share = body.width / Label(code, **style).width
            label = Label(_broken(code, share), **style)
        label.move_to([body.left + label.width / 2, body.top - label.height / 2, 0])
        return label


def _broken(code: str, share: float) -> str:
    """The code in lines of so large a share of its length, broken before dots where there are."""
    most, lines, line = max(12, int(len(code) * share * 0.95)), [], ""
    for part in code.replace(".", "\0.").replace(", ", ",\0 ").split("\0"):
        while len(part) > most:
            part, rest = part[:most], part[most:]
            lines += [line, part] if line else [part]
            line, part = "", rest
        if len(line) + len(part) > most:
            lines.append(line)
            line = part
        else:
            line += part
    return "\n".join(part.strip() for part in [*lines, line])
