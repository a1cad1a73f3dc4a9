"""Three steps of the pipelines: what is on screen is what the models computed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from manim import Scene

from mlanim.cli import cli
from mlanim.models.softmax import softmax
from mlanim.primitives import HeatImage, TensorBox, format_number
from mlanim.primitives.softmax_bars import SoftmaxBars
from mlanim.primitives.text import Number
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.stage.observer import Observer
from mlanim.review.moment import moment_of
from mlanim.scene_module import run_file
from mlanim.subjects.systems.acts.evolution import growth, telling_mutations
from mlanim.subjects.systems.acts.program_runs import FRESH
from mlanim.subjects.systems.models.depth_layers import cut, fill_holes, moved_view
from mlanim.subjects.systems.models.digit_network import digits, load_digit_network, shrunk
from mlanim.subjects.systems.models.drawn_digit import STROKES, prepare, rastered
from mlanim.subjects.systems.models.drawn_scene import draw_scene
from mlanim.subjects.systems.models.evolution_log import load_search
from mlanim.subjects.systems.models.program import effective, lines
from mlanim.subjects.systems.models.program_run import fitness, tasks
from mlanim.subjects.systems.models.program_trace import traced
from mlanim.subjects.systems.models.seen_again import compare
from mlanim.subjects.systems.primitives.code_listing import CodeListing, changed_lines, told_value
from mlanim.subjects.systems.primitives.moved_view import MovedView
from mlanim.subjects.systems.primitives.picture_panel import PicturePanel

SCENE = Path(__file__).parents[3] / "scenes" / "pipelines.py"
STEPS = ("evolution", "depth-layers", "on-device")


class Watch(Observer):
    """Keeps what was on screen, by step, as it was after each play."""

    def __init__(self) -> None:
        self.texts: dict[str, set[str]] = {}
        self.numbers: dict[str, set[float]] = {}
        self.drawn: dict[tuple[str, str], list[np.ndarray]] = {}
        self.arrays: dict[tuple[str, str], list[np.ndarray]] = {}
        self.code: list[tuple[list[str], set[str]]] = []

    def play_finished(self, scene: Scene, time: float) -> None:
        step = moment_of(scene).step
        for part in scene.get_mobject_family_members():
            if text := getattr(part, "text", None):
                self.texts.setdefault(step, set()).add(str(text))
            if isinstance(part, Number):
                self.numbers.setdefault(step, set()).add(part.value)
            for name, array in (getattr(part, "drawn_data", None) or {}).items():
                self.drawn.setdefault((step, name), []).append(np.array(array))
            kept: Any = None
            if isinstance(part, TensorBox | HeatImage):
                kept = part.values
            elif isinstance(part, SoftmaxBars):
                kept = part.weights
            elif isinstance(part, PicturePanel):
                kept = np.where(part.picture.pixel_array[..., 3:] > 0, part.picture.pixel_array, 0)
            elif isinstance(part, CodeListing):
                whole = [line.text for body in part.lines for line in body]
                high = [plate.get_y() for plate in part.plates]
                marked = {
                    line.text
                    for body in part.lines
                    for line in body
                    if any(abs(line.get_y() - y) < 0.6 * part.pitch for y in high)
                }
                self.code.append((whole, marked))
            if kept is not None:
                self.arrays.setdefault((step, type(part).__name__), []).append(np.array(kept))

    def has(self, step: str, kind: str, wanted: Any) -> bool:
        """Whether such an array was shown."""
        wanted = np.asarray(wanted)
        arrays = self.arrays.get((step, kind), [])
        return any(a.shape == wanted.shape and np.allclose(a, wanted, atol=1e-9) for a in arrays)


def film(observer: Observer | None = None, size: tuple[int, int] = (48, 26), **spec: Any):
    settings = RenderSpec(width=size[0], height=size[1], fps=1, format="none", **spec)
    return render(run_file(SCENE).Pipelines, settings, observer=observer)


@pytest.fixture(scope="module")
def watch():
    watched = Watch()
    film(watched, steps=STEPS)
    return watched


def code(program) -> list[str]:
    return [line for _, body in lines(program) for line in body]


def test_populations_are_the_logs(watch):
    log, shown = load_search(), watch.drawn["evolution", "population"]
    assert np.array_equal(shown[0], log.stages[0]) and np.array_equal(shown[-1], log.stages[-1])
    kept = {stage.tobytes() for stage in log.stages}
    assert all(population.tobytes() in kept for population in shown)
    assert {float(log.best[-1]), float(np.median(log.stages[-1]))} <= watch.numbers["evolution"]
    curve = watch.drawn["evolution", "best"][-1]
    assert np.array_equal(curve[2::2, 1], log.best[1:]) and curve[-1, 0] == log.stage_births[-1]


def test_mutations_are_shown_line_by_line(watch):
    log = load_search()
    chosen = telling_mutations(log)
    assert len({max(1, int(log.milestone_kinds[i])) for i in chosen}) == len(chosen) == 3
    for place in chosen:
        parent, child = log.milestones[place]
        gone, new = changed_lines(parent, child)
        body = [line for _, part in lines(child) for line in part]
        marked = {lines(child)[f][1][i] for f, i in new}
        assert (body, marked) in watch.code
        assert any(code(parent) == whole for whole, _ in watch.code)
        told = {f"fitness {value:.3f}" for value in log.milestone_fitness[place]}
        assert told <= watch.texts["evolution"]
        if int(log.milestone_kinds[place]) == 3:
            assert len(gone) == len(new) == 1


def test_the_best_grows_as_its_ancestors_did(watch):
    log = load_search()
    places = growth(log)
    assert places[-1] == len(log.milestones) - 1 and len(places) >= 4
    for place in places:
        program = effective(log.milestones[place][1])
        assert any(code(program) == whole for whole, _ in watch.code)
        # What is shown without its idle lines is as fit as the whole.
        assert fitness(program, log.tasks) == log.milestone_fitness[place, 1]
        assert float(log.milestone_fitness[place, 1]) in watch.numbers["evolution"]


def test_the_winner_really_runs(watch):
    winner, given = effective(load_search().winner), tasks(**FRESH)
    trace = traced(winner, given)
    texts = watch.texts["evolution"]
    for moment in (trace.learned[0], trace.learned[-1]):
        told = {told_value(value) for value in (*moment.predict, *moment.learn)}
        assert told <= texts
    for moment in trace.unseen[:3]:
        assert {told_value(moment.features), format_number(moment.label, 3)} <= texts
        assert format_number(moment.prediction, 3) in texts
    errors = [m.prediction - m.label for m in trace.learned]
    assert np.array_equal(watch.drawn["evolution", "errors"][-1], errors)
    assert f"32 unseen examples: 1 − RMSE = {fitness(winner, given):.3f}" in texts


def test_layers_are_shown_with_their_pixels(watch):
    first = draw_scene()
    layers = fill_holes(cut(first.colours, first.depth))
    for layer in layers:
        pixels = np.zeros((*layer.seen.shape, 4))
        pixels[..., :3] = np.rint(255 * np.clip(layer.colours, 0, 1))
        pixels[..., 3] = 255
        for there in (layer.seen, layer.there):
            assert watch.has(
                "depth-layers", "PicturePanel", np.where(there[..., np.newaxis], pixels, 0)
            )
        texts = watch.texts["depth-layers"]
        assert f"{layer.depth:g} m: {layer.seen.sum():,} pixels" in texts
        if layer.guessed.any():
            assert f"{layer.depth:g} m: {layer.guessed.sum():,} hidden" in texts


def test_the_view_moves_by_what_is_told(watch):
    shifts = [array.tolist() for array in watch.drawn["depth-layers", "shifts"]]
    assert [-32, -16, -8, -4] in shifts and [32, 16, 8, 4] in shifts
    made = compare(fill_holes(cut(draw_scene().colours, draw_scene().depth)), draw_scene(), 0.4, 8)
    assert made.worst_seen == 0
    told = f"{made.seen_before.sum():,} pixels were seen before: the greatest difference is 0.000."
    assert told in watch.texts["depth-layers"]
    parts = np.abs(made.view.colours - made.direct.colours).max(axis=2)
    off = parts[~made.seen_before].mean()
    told = f"{(~made.seen_before).sum():,} are guesses: off by {off:.2f} of 1 on average."
    assert told in watch.texts["depth-layers"]
    assert {"2 m", "4 m", "8 m", "16 m"} <= watch.texts["depth-layers"]
    assert {0.4, -0.4} <= watch.numbers["depth-layers"]


def test_a_moved_view_is_the_models(watch):
    from mlanim.primitives import Area

    first = draw_scene()
    layers = fill_holes(cut(first.colours, first.depth))
    view = MovedView(layers, reach=0.4, margin=8, area=Area(-7, -4, 14, 7))
    for camera in (0.13, -0.4):
        wanted = moved_view(layers, camera).colours[:, 8:-8]
        assert np.array_equal(view.set_camera(camera).panel.colours, wanted)
        assert view.camera_number.value == camera


def test_the_digit_and_its_numbers(watch):
    drawn = prepare(rastered(STROKES))
    assert watch.has("on-device", "PenPage", drawn.page)
    assert watch.has("on-device", "HeatImage", drawn.bitmap)
    assert watch.has("on-device", "TensorBox", drawn.counts)
    assert watch.has("on-device", "TensorBox", drawn.inputs.reshape(8, 8))


def test_both_networks_are_shown_as_they_are(watch):
    inputs = prepare(rastered(STROKES)).inputs
    network, small = load_digit_network(), shrunk()
    whole = small.inputs.whole(inputs)
    for hidden in (network.hidden(inputs), small.middle.real(small.hidden(whole))):
        assert watch.has("on-device", "TensorBox", hidden)
    for weights in (network.first, small.first.real, network.second, small.second.real):
        assert watch.has("on-device", "HeatImage", weights.T)
    for model in (network, small):
        chances = softmax(np.asarray(model.logits(inputs), float))
        assert watch.has("on-device", "SoftmaxBars", chances)


def test_costs_on_screen_are_counted(watch):
    network, small = load_digit_network(), shrunk()
    held, labels = digits()["held_out_inputs"], digits()["held_out_labels"]
    texts = watch.texts["on-device"]
    for model in (network, small):
        right = 100 * (model.logits(held).argmax(axis=1) == labels).mean()
        assert {f"{model.cost.bytes:,}", f"{model.cost.products:,}"} <= texts
        assert str(model.cost.rescalings) in texts
        assert f"{right:.1f} %" in texts
    apart = np.abs(network.logits(held) - small.logits(held)).max()
    assert any(f"off by more than {apart:.2f}" in text for text in texts)
    same = (network.logits(held).argmax(axis=1) == small.logits(held).argmax(axis=1)).sum()
    assert any(f"the same answer for {same} of {len(labels)} held-out" in text for text in texts)
    assert {f"{8 * network.first.itemsize}", f"{8 * small.first.whole.itemsize}"} <= texts
    drawn = prepare(rastered(STROKES)).inputs
    for logits in (network.logits(drawn), small.logits(drawn)):
        assert format_number(float(logits[network.logits(drawn).argmax()]), 2) in texts
        chances = softmax(np.asarray(logits, float))
        assert f"{chances.argmax()}: {100 * chances.max():.1f} %" in texts


def test_a_weight_in_eight_bits_is_reckoned_as_it_is_told(watch):
    texts, first = watch.texts["on-device"], load_digit_network().first.ravel()
    scale, zero = shrunk().first.range.scale, shrunk().first.range.zero
    assert any(text.endswith(f"S = {scale:.5f}, Z = {zero}") for text in texts)
    order = np.argsort(first)
    for weight in first[order[np.linspace(0, len(order) - 1, 6).astype(int)]].astype(float):
        place = weight / scale + zero
        whole = int(np.clip(np.rint(place), -128, 127))
        back = scale * (whole - zero)
        told = [(weight, 4), (place, 2), (whole, 0), (back, 4), (back - weight, 4)]
        assert {format_number(float(value), decimals) for value, decimals in told} <= texts


def test_a_step_plays_without_its_neighbours():
    played = film(size=(32, 32), theme="print", steps=("depth-layers",))
    assert played.frames > 0 and [step.path for step in played.steps][-1] == "depth-layers"


@pytest.mark.parametrize("options", [["--theme", "dark", "--aspect", "9:16"]])
def test_they_are_clean(options):
    words = ["check", "pipelines", "-q", "l", "--fps", "1", "--steps", ",".join(STEPS), *options]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
