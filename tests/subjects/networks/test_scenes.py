"""The scenes of networks: what is on screen is what the models computed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from manim import Scene

from mlanim.cli import cli
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.stage.observer import Observer
from mlanim.review.moment import moment_of
from mlanim.scene_module import run_file
from mlanim.subjects.networks.models.expression import read_expression
from mlanim.subjects.networks.models.graph_descent import descend
from mlanim.subjects.networks.models.houses import houses
from mlanim.subjects.networks.models.linear_fit import best_weight, mean_squared_error
from mlanim.subjects.networks.models.named_values import values_of
from mlanim.subjects.networks.models.small_network import first_weights, train_network
from mlanim.subjects.networks.models.titanic import class_model, survival_model
from mlanim.subjects.networks.primitives.graph_card import GraphCard
from mlanim.subjects.networks.primitives.plain_number import plain_number

SCENES = Path(__file__).parents[3] / "scenes"
STEPS = (
    "price",
    "error",
    "weight-and-bias",
    "gradient-descent",
    "two-features",
    "sigmoid",
    "softmax",
    "hidden-layer",
    "backprop",
    "playground",
    "optimisers",
    "framework",
)


class Watch(Observer):
    """Keeps texts, and arrays by name, of what was on screen after each play."""

    def __init__(self) -> None:
        self.texts: dict[str, set[str]] = {}
        self.drawn: dict[tuple[str, str], list[np.ndarray]] = {}
        self.cards: list[dict[str, tuple[str, str]]] = []
        self.notes: list[str] = []

    def noted(self, line: str) -> None:
        self.notes.append(line)

    def play_finished(self, scene: Scene, time: float) -> None:
        step = moment_of(scene).step
        cards = {}
        for part in scene.get_mobject_family_members():
            if text := getattr(part, "text", None):
                self.texts.setdefault(step, set()).add(str(text))
            for name, array in (getattr(part, "drawn_data", None) or {}).items():
                self.drawn.setdefault((step, name), []).append(np.array(array))
            if isinstance(part, GraphCard):
                cards[part.node.sign] = part.value.text, part.gradient.text
        if cards:
            self.cards.append(cards)

    def ends_with(self, step: str, name: str, wanted: Any) -> bool:
        """Whether the last array of that name in a step is this one."""
        return bool(np.allclose(self.drawn[step, name][-1], wanted, rtol=1e-9, atol=1e-9))


def film(scene: str, observer: Observer | None = None, **spec: Any):
    settings = RenderSpec(width=48, height=26, fps=2, format="none", **spec)
    name = "".join(word.capitalize() for word in scene.split("_"))
    return render(getattr(run_file(SCENES / f"{scene}.py"), name), settings, observer=observer)


@pytest.fixture(scope="module")
def networks():
    watch = Watch()
    return film("neural_network", watch), watch


@pytest.fixture(scope="module")
def graph():
    watch = Watch()
    return film("backprop", watch), watch


def test_the_steps_are_the_storyboards(networks, graph):
    assert tuple(step.path for step in networks[0].steps) == STEPS
    wanted = ("graph", "forward", "backward", "descent", "network")
    assert tuple(step.path for step in graph[0].steps) == wanted


def test_the_houses_errors_are_the_published_ones(networks):
    texts = networks[1].texts
    assert {"378.7", "288.0", "432.0", "2057.7", "0.180000"} <= texts["error"]
    sizes, prices = houses().inputs[:, 0], houses().targets
    assert {f"{best_weight(sizes, prices):.6f}", "2016.7", "0.058488", "247.263", "447.3"} <= texts[
        "weight-and-bias"
    ]


def test_the_line_ends_where_the_path_ends(networks):
    watch = networks[1]
    path = watch.drawn["gradient-descent", "path gradient descent"][-1]
    line = watch.drawn["gradient-descent", "line"][-1]
    assert len(path) > 500 and np.allclose(path[-1], line)
    table = houses()
    loss = mean_squared_error(table.scaled[:, :1], table.targets, line)
    assert f"{loss:.1f}" in watch.texts["gradient-descent"]


def test_both_weights_are_told_with_the_units_of_their_inputs(networks):
    table = houses(10)
    told = {f"weight of {table.scaled_name(i)}" for i in range(2)}
    assert "weight of size (sq ft), in 1,000s" in told
    assert told <= set(networks[1].texts["two-features"])


def test_the_groups_stand_on_the_sigmoid(networks):
    model = survival_model()
    assert (
        networks[1].ends_with("sigmoid", "probabilities", model.chances(-1))
        or np.isin(
            [f"{chance:.2f}" for chance in model.chances(-1)], list(networks[1].texts["sigmoid"])
        ).all()
    )


def test_softmax_prints_its_own_shares(networks):
    powers = np.exp(class_model()[0])
    shown = {f"{share:.3f}" for share in powers / powers.sum()}
    assert shown <= networks[1].texts["softmax"]


def test_values_and_gradients_on_the_cards_are_the_runs(graph):
    made = read_expression("(a*b + c).tanh()")
    named = {"a": 2.0, "b": -3.0, "c": 5.5}
    run = made.run(named)
    wanted = {
        node.sign: (plain_number(run.values[i]), plain_number(run.gradients[i]))
        for i, node in enumerate(made.nodes)
    }
    assert wanted in graph[1].cards
    last = descend(made, named, 0.1, 3).runs[-1]
    wanted = {
        node.sign: (plain_number(last.values[i]), plain_number(last.gradients[i]))
        for i, node in enumerate(made.nodes)
    }
    assert wanted in graph[1].cards


def test_the_small_networks_error_falls_as_it_was_computed(graph):
    steps = train_network(first_weights(6), 0.3, 12)
    told = " ".join(graph[1].texts["network"])
    for step in (steps[0], steps[1], steps[-1]):
        assert plain_number(step.loss) in told


def test_the_readers_own_tables_play(tmp_path):
    lines = tmp_path / "lines.csv"
    lines.write_text("wide,long\n" + "".join(f"{i},{3.5 * i + 2 * (i % 3)}\n" for i in range(12)))
    watch = Watch()
    made = film("neural_network", watch, values={"table": lines}, steps=("weight-and-bias",))
    assert [step.path for step in made.steps] == ["weight-and-bias"]
    plane = tmp_path / "plane.csv"
    random = np.random.default_rng(0)
    rows = [(*random.normal(size=2) + 4 * (i % 3), "abc"[i % 3]) for i in range(45)]
    plane.write_text("x,y,class\n" + "".join(f"{x},{y},{k}\n" for x, y, k in rows))
    values = {"data": str(plane), "layers": [6, 4, 4, 4], "activation": "relu", "seconds": 2.0}
    film("neural_network", watch, values=values, steps=("playground",))
    assert {"a", "b", "c"} <= watch.texts["playground"]
    assert set(np.unique(watch.drawn["playground", "regions"][-1])) == {0, 1, 2}


def test_only_pages_that_are_shown_are_made(monkeypatch):
    kind = run_file(SCENES / "neural_network.py").NeuralNetwork
    names = kind.construct.__globals__
    made: list[str] = []
    for name in ("price", "error", "best_lines", "two_features", "sigmoid_page", "softmax_page"):

        def play(*given, name=name, act=names[name]):
            made.append(name)
            return act(*given)

        monkeypatch.setitem(names, name, play)
    wanted = {"sigmoid": ["sigmoid_page"], "error": ["price", "error"]}  # its line is the price's
    for step, acts in wanted.items():
        made.clear()
        spec = RenderSpec(width=48, height=26, fps=2, format="none", steps=(step,))
        assert [shown.path for shown in render(kind, spec).steps] == [step]
        assert made == acts


@pytest.mark.parametrize(
    ("scene", "words"),
    [
        ("backprop", ["expression=a.__class__"]),
        ("backprop", ["expression=a*b", "values=a=2,z=3"]),
        ("backprop", ["expression=a*b", "a=2", "z=3"]),
        ("backprop", ["expression=a*b", "a=two"]),
        ("backprop", ["expression=a*b", "a=2", "values=b=1, a=3"]),
        ("backprop", ["expression=log(a)", "values=a=-1"]),
        ("backprop", ["expression=" + "+".join(f"x{i}" for i in range(40))]),
        ("neural-network", ["layers=9"]),
        ("neural-network", ["layers=2,2,2,2,2"]),
        ("neural-network", ["descent_rate=9"]),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(scene, words, tmp_path):
    options = [option for word in words for option in ("--set", word)]
    out = tmp_path / "x.mp4"
    steps = ["--steps", "gradient-descent"] if "descent" in words[0] else []
    command = ["render", scene, "-r", "48,26", "--fps", "2", *options, *steps, "-o", str(out)]
    done = CliRunner().invoke(cli, command)
    assert done.exit_code == 2, done.output
    errors = [line for line in done.output.splitlines() if line.startswith("mlanim:")]
    assert len(errors) == 1 and not out.exists()


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"a": "7"}, "no value was given for b=-3, c=5.5: --set b=..."),
        ({"values": "a=7, b=-3, c=5.5"}, ""),
        ({"expression": "rate*a", "rate": 0.5, "a": "7"}, '=2: --set values="rate=..."'),
        ({"expression": "weight*a", "a": "7", "weight": "-3"}, ""),
    ],
)
def test_each_name_has_its_value_as_a_parameter_of_its_own(values, told):
    watch = Watch()
    film("backprop", watch, values=values, steps=("graph",))
    assert {"7.00", "2.00" if "rate" in values else "−3.00"} <= watch.texts["graph"]
    said = " ".join(watch.notes)
    assert told in said and bool(told) == ("no value" in said)


def test_a_large_graph_runs_through_all_its_pages():
    text = "-((" + "+".join(f"w{i}*x{i}" for i in range(11)) + " + b).tanh() - y)**2"
    watch = Watch()
    film("backprop", watch, values={"expression": text}, steps=("backward",))
    made = read_expression(text)
    run = made.run(values_of(list(made.names), {})[0])
    assert len(made.nodes) == 40
    wanted = {*made.names, *map(plain_number, (*run.values, *run.gradients))}
    assert wanted <= watch.texts["backward"]
