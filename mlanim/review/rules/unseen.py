"""Unseen: texts under something that is drawn above them, and what is never in the frame at all.

A cover is a fault only if it stays. What a cover takes away in passing, before it goes or what it
covers is removed, is a transition; a cover of the whole frame is a new page; what comes out from
under a cover was hidden on purpose, and so was what flies in from outside or has flown out.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

import numpy as np

from mlanim.review.finding import Finding
from mlanim.review.geometry import Backdrop, inside, shade
from mlanim.review.picture import VISIBLE, Picture, Shape, Text
from mlanim.review.rules.layout import beyond, is_away, is_figure

__all__ = ["Watch"]

_STAYS = 0.3  # seconds: a cover that is gone sooner was in passing
_HIDDEN = 0.5  # from which a glyph counts as hidden
_WHOLLY = 0.9  # from which nothing of it is left


@dataclass(slots=True)
class _Spell:
    """A text that is hidden: since when (s), what there is to say, and whether it was said."""

    since: float
    finding: Finding
    partly: bool
    told: bool = False


class Watch:
    """Looks at settled pictures in the order of time; `findings` tells what stayed hidden.

    Args:
        part: only a part of the scene is shown: what is hidden at its end may be so in passing.
    """

    def __init__(self, *, part: bool = False) -> None:
        self._part = part
        self._seen: set[Hashable] = set()
        self._spells: dict[int, _Spell] = {}
        self._missed: dict[Hashable, Finding] = {}
        self._found: list[Finding] = []

    def glance(self, picture: Picture) -> None:
        """What passes through the frame within a play has been there."""
        self._seen |= {t.words for t in picture.texts if not is_away(t, picture)} & {
            key for key, finding in self._missed.items() if finding.rule == "outside"
        }

    def see(self, picture: Picture, backdrops: dict[int, Backdrop], since: float) -> None:
        """Take a settled picture, which has been as it is since a time in seconds."""
        texts = [(i, t) for i, t in enumerate(picture.texts) if t.opacity > VISIBLE]
        away = {i for i, text in texts if is_away(text, picture)}
        hidden = {i: backdrops[i].hidden > _HIDDEN for i, _ in texts if i not in away}
        gone = {i for i in hidden if (backdrops[i].hidden > _WHOLLY).all()}
        readable = {text.words for i, text in texts if i not in away | gone}
        self._seen |= readable
        spells: dict[int, _Spell] = {}
        for i, text in texts:
            if i in away or backdrops[i].set_back or not hidden[i].any():
                continue
            if i in gone and text.words in readable:
                continue  # its copy can be read
            finding = _hidden(picture, text, hidden[i])
            if i in gone and text.words not in self._seen:
                self._missed.setdefault(text.words, finding)
                continue
            spell = self._spells.get(text.key) or _Spell(since, finding, i not in gone)
            spells[text.key] = spell
            if not spell.told and picture.time - spell.since > _STAYS:
                self._found.append(spell.finding)
                spell.told = True
        self._spells = spells
        if not picture.moved:
            self._look_outside(picture, [picture.texts[i] for i in away])

    def findings(self) -> Iterator[Finding]:
        """What stayed hidden, what is hidden at the end, and what was never seen."""
        yield from self._found
        for spell in self._spells.values():
            if not spell.told and (spell.partly or not self._part):
                yield spell.finding
        for key, finding in self._missed.items():
            if key not in self._seen:
                yield finding

    def _look_outside(self, picture: Picture, away: list[Text]) -> None:
        figures = [shape for shape in picture.shapes if is_figure(shape, picture)]
        self._seen |= {shape.key for shape in figures if not is_away(shape, picture)}
        items: list[Text | Shape] = [*away, *(s for s in figures if is_away(s, picture))]
        for item in items:
            key = item.words if isinstance(item, Text) else item.key
            side, by = beyond(item, picture)
            problem = f"outside the frame: {by:.2f} units beyond its {side} edge, and never in it"
            advice = "move it in, or leave it out"
            finding = Finding(picture.step, picture.time, "outside", (item.name,), problem, advice)
            self._missed.setdefault(key, finding)


def _hidden(picture: Picture, text: Text, glyphs: np.ndarray) -> Finding:
    cover = _cover(picture, text, glyphs)
    many = "is" if glyphs.all() else f"{glyphs.sum()} of {len(glyphs)} glyphs are"
    by = f" by {cover.name}" if cover else ""
    problem = f"{many} hidden by what is drawn above" + (f": {cover.name}" if cover else "")
    advice = "bring it to front, move it, or remove it when the other comes" if by else ""
    return Finding(picture.step, picture.time, "covered", (text.name,), problem, advice)


def _cover(picture: Picture, text: Text, glyphs: np.ndarray) -> Shape | None:
    """The uppermost shape that hides one of the glyphs."""
    middles = ((text.glyphs[:, :2] + text.glyphs[:, 2:]) / 2)[glyphs]
    for shape in reversed(picture.shapes):
        if shape.order > text.order and shape.filled:
            under = middles[inside(middles, shape)]
            if len(under) and shade(shape, under)[:, 3].max() > VISIBLE:
                return shape
    return None
