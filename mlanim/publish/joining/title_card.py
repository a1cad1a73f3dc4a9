"""A title card: words, and a logo, that stand between films."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from manim import ImageMobject, Mobject, SVGMobject

from mlanim import Explainer, motion, parameter
from mlanim.primitives import Area, Label

_LARGEST = 0.14  # cap height of the title, of the page's shorter side
_LOWER = 0.46  # that of what stands below, of the title's
_MOST = 0.62  # of the page's height that the words may fill
_LOGO = 0.13  # height of the logo, of the page's shorter side
_ONSET, _EACH = 2.0, 0.35  # seconds: before anybody reads, and for each word
_LONGEST = 9.0


class TitleCard(Explainer):
    """Title card: words between films."""

    words: str = parameter("Title: what stands below it", "what follows a colon stands below")
    logo: str = parameter("", "the file of a picture, svg or png")

    def construct(self) -> None:
        """Show the words for as long as it takes to read them."""
        title, _, below = self.words.partition(": ")
        with self.step("title"):
            things: list[Mobject] = list(self.lines(title, below.strip()))
            if self.logo:
                things.append(self.corner_logo())
            self.play(*(motion.appear(thing) for thing in things if isinstance(thing, Label)))
            self.wait(min(_LONGEST, _ONSET + _EACH * len(self.words.split())))

    def lines(self, title: str, below: str) -> list[Label]:
        """The title, and what stands below it, as large as the page lets them be, in its middle."""
        page = self.area
        most = _LARGEST * min(page.width, page.height)
        for share in (1, 0.85, 0.7, 0.6, 0.5, 0.4, 0.3):
            cap = share * most
            labels = [self.label(title, cap, "bold", "ink")]
            if below:
                labels.append(self.label(below, _LOWER * cap, "normal", "muted"))
            high = _stacked(labels, page, 1.1 * cap)
            fits = all(label.width <= page.width for label in labels)
            if fits and high <= _MOST * page.height:
                break
        return labels

    def label(self, text: str, cap: float, weight: Literal["normal", "bold"], role: str) -> Label:
        """Words in lines of the page's width."""
        size = max(cap, self.theme.sizes.small)
        width = self.area.width
        return Label(text, theme=self.theme, size=size, role=role, weight=weight, width=width)

    def corner_logo(self) -> Mobject:
        """The logo, in the lower right corner of the page."""
        page = self.area
        is_svg = Path(self.logo).suffix.lower() == ".svg"
        logo = SVGMobject(self.logo) if is_svg else ImageMobject(self.logo)
        side = min(page.width, page.height)
        logo.scale_to_fit_height(_LOGO * side)
        if logo.width > page.width / 2:
            logo.scale_to_fit_width(page.width / 2)
        logo.move_to([page.right - logo.width / 2, page.bottom + logo.height / 2, 0])
        self.add(logo)
        return logo


def _stacked(labels: list[Label], page: Area, gap: float) -> float:
    """Put labels under each other about the page's middle, from its left; their height."""
    heights = [label.cap_height * (1 + label.extent[1]) for label in labels]
    high = sum(heights) + gap * (len(labels) - 1)
    top = page.center[1] + high / 2
    for label, height in zip(labels, heights, strict=True):
        label.stand_at(page.left, top - label.cap_height)
        top -= height + gap
    return high
