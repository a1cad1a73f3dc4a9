"""A decision tree, node by node: questions at the forks, classes at the leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Line, VGroup, VMobject

from mlanim.primitives.area import Area
from mlanim.primitives.charts.class_marks import CLASS_ROLES, mark_outline
from mlanim.primitives.seen import Seen, few
from mlanim.primitives.text import Label, format_number
from mlanim.subjects.boundary.models.manners import Split
from mlanim.theme import LIGHT, Theme

__all__ = ["TreeDiagram"]

_MARK = 0.13  # units


class TreeDiagram(VGroup):
    """Nodes of a tree as `tree_splits` gives them, the root on top.

    Every leaf is the mark of its commonest class; a fork is its question, or a small dot where
    there is no room for it. Parts: `.nodes` (one a split, in their order), `.branches` (to the
    children of a fork, by its number).

    >>> leaf = Split((0, 1, 0, 1), -1, float("nan"), (), 1, np.array([1.0, 0.0]), 3)
    >>> fork = Split((0, 1, 0, 1), 0, 0.5, (1, 2), 0, np.array([0.5, 0.5]), 6)
    >>> len(TreeDiagram([fork, leaf, leaf], area=Area(0, 0, 4, 3)).leaves)
    2
    """

    def __init__(
        self,
        splits: Sequence[Split],
        names: tuple[str, str] = ("x", "y"),
        *,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.splits = list(splits)
        deepest = max(split.depth for split in self.splits)
        cap = theme.sizes.small
        step = (area.height - 3 * cap) / max(deepest, 1)
        across = self._across()
        leaves = max(1, sum(not split.children for split in self.splits))
        self._room = area.width / leaves
        self.nodes, self.branches, self.questions = VGroup(), {}, VGroup()
        places = [
            np.array([area.left + across[i] * area.width, area.top - 2 * cap - s.depth * step, 0])
            for i, s in enumerate(self.splits)
        ]
        mark = min(_MARK, 0.36 * self._room)
        asked: set[int] = set()
        # What each row of nodes has from left to right already, and whose it is.
        spans: dict[int, list[tuple[int, float, float]]] = {}
        for i, split in enumerate(self.splits):
            x = places[i][0]
            spans.setdefault(split.depth, []).append((i, x - mark, x + mark))
        for i, split in enumerate(self.splits):
            kind = int(np.argmax(split.shares))
            shape = VMobject(stroke_width=0, fill_opacity=1)
            colour = theme.role(CLASS_ROLES[kind]).ink if not split.children else theme.muted
            shape.set_fill(colour)
            size = mark * (0.5 if split.children else 1)
            shape.points = size * mark_outline(0 if split.children else kind)
            node = VGroup(shape.shift(places[i]))
            if split.children:
                at = format_number(split.threshold, 1)
                question = Label(f"{names[split.feature]} ≤ {at}", theme=theme, size="small")
                area.keep(question.center_on(places[i]))
                low, high = question.get_left()[0] - 0.08, question.get_right()[0] + 0.08
                row = spans[split.depth]
                if step > 3 * cap and all(j == i or high < a or low > b for j, a, b in row):
                    row.append((i, low, high))
                    self.questions.add(question)
                    asked.add(i)
                    node.submobjects = [question]
            self.nodes.add(node)
        away = np.array([0, 1.1 * cap, 0])  # lines end above and begin below a question
        for i, split in enumerate(self.splits):
            lines = [
                Line(
                    places[i] - (away if i in asked else 0),
                    places[child] + (away if child in asked else 0),
                )
                for child in split.children
            ]
            if lines:
                self.branches[i] = VGroup(*lines).set_stroke(theme.muted, theme.stroke.thin)
        self.add(*self.branches.values(), self.nodes)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        asked = [question.text for question in self.questions]
        return Seen(f"tree with {len(self.leaves)} leaves", few(asked))

    @property
    def leaves(self) -> list[Any]:
        """The nodes without children."""
        return [n for n, split in zip(self.nodes, self.splits, strict=True) if not split.children]

    def _across(self) -> dict[int, float]:
        """Where each node stands from left to right, 0 to 1: leaves evenly, forks above them."""
        order: list[int] = []

        def walk(node: int) -> None:
            children = self.splits[node].children
            if not children:
                order.append(node)
            for child in children:
                walk(child)

        walk(0)
        across = {node: (i + 0.5) / len(order) for i, node in enumerate(order)}
        for node in reversed(range(len(self.splits))):
            children = self.splits[node].children
            if children:
                across[node] = (across[children[0]] + across[children[1]]) / 2
        return across
