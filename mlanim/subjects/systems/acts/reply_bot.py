"""A bot that replies: a writer, a judge, a ranker, and the texts and scores between them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.models.system.system import SystemBox
from mlanim.primitives.area import Area
from mlanim.primitives.label import Label
from mlanim.primitives.pipeline.pipeline import Pipeline
from mlanim.subjects.systems.models.judging import RULE
from mlanim.subjects.systems.models.learned_replies import Candidate, LearnedReplies, in_a_row
from mlanim.subjects.systems.primitives.scored_texts import ScoredTexts
from mlanim.words.table import AsIs

__all__ = ["reply_bot"]

_BOXES = (
    SystemBox("post"),
    SystemBox("writer", "language model", role="decoder"),
    SystemBox("judge", kind="gate"),
    SystemBox("ranker", "guesses votes", role="encoder"),
    SystemBox("reply", role="output"),
)
_SQUARE, _IN_SQUARE = 2.8, 4  # units for two lines of boxes; replies
_BROAD = 9.0  # units: a flat page less wide is a square one, maybe with a logo
_WAY = ("post", "writer", "judge", "ranker", "reply")


def reply_bot(scene: Explainer, bot: LearnedReplies, post: int, made: list[Candidate]) -> None:
    """Each reply is written, judged, and if it passes ranked; the best one is posted."""
    told = in_a_row(bot.post(post))
    told = "… " + told[told.index("one ") :]
    rule = "votes, by a made-up rule: " + ", ".join(f"{n} if {what}" for n, what in RULE)
    style: dict[str, Any] = {"theme": scene.theme, "size": "small", "role": "muted"}
    style["width"] = scene.body.width
    said, ruled = Label(AsIs(told), **style), Label(rule, **style)
    above, below, foot = _rooms(scene, ruled.height)
    page = Pipeline(_BOXES, list(pairwise(_WAY)), **scene.on(above))
    posted, table = below, below
    if not _is_square(scene):
        posted, table = below.rows(said.height, below.height - said.height - 0.3, gap=0.3)
    if _is_square(scene) and len(made) > _IN_SQUARE:
        scene.note(f"a square has room for {_IN_SQUARE} of the {len(made)} replies")
        made = made[:_IN_SQUARE]
    rows = ScoredTexts(
        "replies that are written",
        [candidate.text for candidate in made],
        {"real": [c.real for c in made], "votes": [c.votes for c in made]},
        decimals={"votes": 1},
        roles={"votes": "encoder"},
        **scene.on(table.inset(0.12, 0.0)),  # for the frame around the best
    )
    if rows.cut:
        scene.note(f"{rows.cut} of {len(made)} replies are too long to be shown whole")
    posted.place(said, (-1, 1, 0))
    foot.place(ruled, (-1, -1, 0))
    scene.turn_to("A bot that replies", page.boxes, page.wires)
    scene.play(do.change(page, "post", told, role="context"), do.appear(said, ruled))
    scene.wait(3.5)
    if _is_square(scene):  # where the replies need their room, once they were read
        scene.wait(7)
        scene.play(do.vanish(said, ruled))
    scene.play(do.send(page, "post", "writer", folded=True), do.appear(rows.head, rows.names))
    for number, candidate in enumerate(made):
        _one(scene, page, rows, number, candidate)
    passed = [number for number, candidate in enumerate(made) if candidate.passes]
    if passed:
        _post(scene, page, rows, max(passed, key=lambda number: made[number].votes), made)
    scene.wait(3.5)


def _is_square(scene: Explainer) -> bool:
    return scene.body.width < _BROAD and not scene.body.is_tall


def _rooms(scene: Explainer, foot: float) -> tuple[Area, ...]:
    """For the system, for the post and the replies to it, and for the rule of the votes."""
    body = scene.body
    rest = body.height - foot - 0.5
    share = 0.37 if body.is_wide else 0.4
    if _is_square(scene):
        above, below = body.rows(_SQUARE, body.height - _SQUARE - 0.12, gap=0.12)
        return above, below, below.rows(below.height - foot, foot, gap=0)[1]
    return body.rows(share * rest, (1 - share) * rest, foot, gap=0.25)


def _one(scene: Explainer, page: Pipeline, rows: ScoredTexts, number: int, made: Candidate) -> None:
    """A reply is written, and judged; what does not look real goes no further."""
    row = rows.texts[number]
    scene.play(
        do.change(page, "writer", made.text, role="decoder"),
        do.appear(rows.lines[number], row, start=page.box("writer")),
    )
    scene.wait(1.2)
    scene.play(do.send(page, "writer", "judge", folded=True))
    real = rows.numbers["real"][number]
    scene.play(
        do.change(page, "judge", round(made.real, 3), role="score"),
        do.appear(real, start=page.box("judge")),
    )
    scene.wait(0.5)
    if not made.passes:
        scene.play(do.refuse(page, "judge"), do.dim(row))
        scene.wait(0.3)
        return
    scene.play(do.change(page, "judge", made.text, role="decoder", folded=True))
    scene.play(do.send(page, "judge", "ranker", count_as="passed", folded=True))
    scene.play(
        do.change(page, "ranker", round(made.votes, 1), role="encoder"),
        do.appear(rows.numbers["votes"][number], start=page.box("ranker")),
    )
    scene.wait(0.5)


def _post(
    scene: Explainer, page: Pipeline, rows: ScoredTexts, best: int, made: list[Candidate]
) -> None:
    """The reply of the most votes goes out."""
    scene.play(do.highlight(rows.texts[best], role="output", theme=scene.theme, stays=True))
    scene.play(do.change(page, "ranker", made[best].text, role="output", folded=True))
    scene.play(do.send(page, "ranker", "reply"))
