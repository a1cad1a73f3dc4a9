"""A bot that replies: a writer, a judge, a ranker, and the texts and scores between them."""

from __future__ import annotations

from manim import VGroup

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.models.system.system import SystemBox
from mlanim.primitives.area import Area
from mlanim.primitives.label import Label
from mlanim.primitives.pipeline.pipeline import Pipeline
from mlanim.subjects.systems.models.learned_replies import Candidate, LearnedReplies
from mlanim.subjects.systems.primitives.scored_texts import ScoredTexts

__all__ = ["reply_bot"]

_BOXES = (
    SystemBox("post"),
    SystemBox("writer", "a language model", role="decoder"),
    SystemBox("judge", kind="gate"),
    SystemBox("ranker", "guesses votes", role="hidden"),
    SystemBox("reply", role="output"),
)
_WAY = ("post", "writer", "judge", "ranker", "reply")


def reply_bot(scene: Explainer, bot: LearnedReplies, post: int, made: list[Candidate]) -> None:
    """Each reply is written, judged, and if it passes ranked; the best one is posted."""
    told = " ".join(bot.post(post))
    told = "… " + told[told.index("one ") :]
    area, line, table = _rooms(scene, told)
    page = Pipeline(_BOXES, list(zip(_WAY, _WAY[1:], strict=False)), **scene.on(area))
    rows = ScoredTexts(
        "replies that are written",
        [candidate.text for candidate in made],
        {"real": [c.real for c in made], "votes": [c.votes for c in made]},
        decimals={"votes": 1},
        roles={"votes": "hidden"},
        **scene.on(table),
    )
    said = Label(told, theme=scene.theme, size="small", role="muted", width=line.width)
    line.place(said, (-1, 1, 0))
    scene.turn_to("A bot that replies", page.boxes, page.wires)
    scene.play(do.change(page, "post", told, role="context"), do.appear(said))
    scene.wait(2.5)
    scene.play(do.send(page, "post", "writer"), do.appear(rows.head, rows.names))
    for number, candidate in enumerate(made):
        _one(scene, page, rows, number, candidate)
    passed = [number for number, candidate in enumerate(made) if candidate.passes]
    if passed:
        _post(scene, page, rows, max(passed, key=lambda number: made[number].votes), made)
    scene.wait(2)


def _rooms(scene: Explainer, told: str) -> tuple[Area, Area, Area]:
    """For the system, the post's words, and the table."""
    body = scene.body
    if body.is_wide:
        high = Label(told, theme=scene.theme, size="small", width=body.width).height + 0.1
        rest = body.height - high - 0.5
        return body.rows(0.4 * rest, high, 0.6 * rest, gap=0.25)  # type: ignore[return-value]
    high = Label(told, theme=scene.theme, size="small", width=body.width).height + 0.1
    rest = body.height - high - 0.5
    share = 0.36 if body.is_tall else 0.3
    return body.rows(share * rest, high, (1 - share) * rest, gap=0.25)  # type: ignore[return-value]


def _one(scene: Explainer, page: Pipeline, rows: ScoredTexts, number: int, made: Candidate) -> None:
    """A reply is written, and judged; what does not look real goes no further."""
    row = rows.texts[number]
    scene.play(
        do.change(page, "writer", made.text, role="decoder"),
        do.appear(rows.lines[number], row, start=page.box("writer")),
    )
    scene.wait(1.2)
    scene.play(do.send(page, "writer", "judge"))
    real = rows.numbers["real"][number]
    scene.play(
        do.change(page, "judge", round(made.real, 3), role="score"),
        do.appear(real, start=page.box("judge")),
    )
    scene.wait(0.5)
    if not made.passes:
        scene.play(do.refuse(page, "judge"), do.dim(VGroup(row, real)))
        scene.wait(0.3)
        return
    scene.play(do.change(page, "judge", made.text, role="decoder"))
    scene.play(do.send(page, "judge", "ranker", count_as="passed"))
    scene.play(
        do.change(page, "ranker", round(made.votes, 1)),
        do.appear(rows.numbers["votes"][number], start=page.box("ranker")),
    )
    scene.wait(0.5)


def _post(
    scene: Explainer, page: Pipeline, rows: ScoredTexts, best: int, made: list[Candidate]
) -> None:
    """The reply of the most votes goes out."""
    scene.play(do.highlight(rows.row(best), role="output", theme=scene.theme, stays=True))
    scene.play(do.change(page, "ranker", made[best].text, role="output"))
    scene.play(do.send(page, "ranker", "reply"))
