"""A reader's own system is drawn, and its packets go through it."""

from __future__ import annotations

from manim import Dot

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.primitives.pipeline.pipeline import Pipeline
from mlanim.subjects.systems.models.system_file import Stop, SystemFile

__all__ = ["own_system"]


def own_system(scene: Explainer, given: SystemFile) -> Pipeline:
    """Boxes and wires appear; then each packet goes from stop to stop, and changes there."""
    page = Pipeline(given.system.boxes, given.system.wires, **scene.on(scene.body))
    if page.told:
        scene.note(page.told)
    scene.turn_to(given.title, page.lanes, page.boxes)
    scene.play(do.appear(*page.wires, lag=min(0.15, 1.2 / max(1, len(page.wires)))))
    scene.wait(0.8)
    cut = [_run(scene, page, stops) for stops in given.packets]
    if not cut:
        _run_through(scene, page)
    if any(cut):
        scene.note(f"{sum(cut)} texts are longer than their boxes: cut")
    scene.wait(1.5)
    return page


def _run(scene: Explainer, page: Pipeline, stops: tuple[Stop, ...]) -> int:
    """One packet on its whole way; how often its text had to be cut."""
    cut = 0
    for number, stop in enumerate(stops):
        last = number == len(stops) - 1
        if number:
            before = stops[number - 1].box
            passed = "passed" if "passed" in page.box(before).counts else None
            scene.play(do.send(page, before, stop.box, count_as=passed))
        if stop.value is not None:
            scene.wait(0.3)
            scene.play(do.change(page, stop.box, stop.value))
        if stop.refused:
            scene.wait(0.5)
            scene.play(do.refuse(page, stop.box))
        held = page.box(stop.box).held
        cut += held is not None and held.cut
        scene.wait(0.8 if last else 0.4)
    return cut


def _run_through(scene: Explainer, page: Pipeline) -> None:
    """Nothing is known of what flows: a dot goes along the wires, box after box."""
    ink = scene.theme.role("hidden").ink
    for name in page.system.names:
        ways = [page.wire(*pair) for pair in page.system.wires if pair[0] == name]
        if ways:
            dots = [Dot(way.start, radius=0.1, color=ink) for way in ways]
            moves = zip(dots, ways, strict=True)
            scene.play(do.together(*(do.flow(dot, way) for dot, way in moves)))
            scene.wait(0.2)
