"""Neural networks: a line through three houses, then units, layers, gradients, and learning."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from mlanim.explainer import Explainer, parameter
from mlanim.subjects.networks.acts.graph import GraphFilm
from mlanim.subjects.networks.acts.regression import (
    best_lines,
    error,
    gradient_descent,
    price,
    two_features,
)
from mlanim.subjects.networks.acts.training import framework, optimisers, playground
from mlanim.subjects.networks.acts.units import hidden_layer, sigmoid_page, softmax_page
from mlanim.subjects.networks.models.asked import check_layers, judge_network
from mlanim.subjects.networks.models.expression import read_expression
from mlanim.subjects.networks.models.frameworks import exchanges
from mlanim.subjects.networks.models.houses import houses, read_regression
from mlanim.subjects.networks.models.linear_fit import best_weight
from mlanim.subjects.networks.models.playground import points_of, train_playground
from mlanim.subjects.networks.models.unit_passes import unit_passes
from mlanim.words.table import AsIs

NETWORKS_A_SECOND = 15  # as many of its training are shown
ON_THE_LINE = frozenset({"price", "error", "weight-and-bias"})


class NeuralNetwork(Explainer):
    """Neural networks from a line through three houses to a network that learns a plane."""

    table: Path | None = parameter(None, "a .csv of numbers for the lines; none: the houses")
    columns: list[str] | None = parameter(
        None, "of that table: one or two inputs, then what is predicted"
    )
    descent_rate: float | None = parameter(
        None, "of gradient descent on the line; none: a fitting one", low=1e-9, high=100
    )
    data: Literal["normals", "mixture", "moons", "circles", "spiral", "xor"] | str = parameter(
        "circles", "of the playground; or a FILE.csv with x, y and class"
    )
    points: int = parameter(200, "points of the playground", low=20, high=2000)
    noise: float = parameter(1.0, "spread of its data", low=0.1, high=4)
    layers: list[int] = parameter([4, 3], "its hidden layers' units", low=1, high=8)
    activation: Literal["tanh", "relu", "sigmoid", "linear"] = parameter("tanh", "of its units")
    optimiser: Literal["sgd", "momentum", "rmsprop", "adam"] = parameter("adam", "that trains it")
    rate: float = parameter(0.03, "of its steps", low=1e-5, high=10)
    training_steps: int = parameter(400, "of its training", low=10, high=5000)
    seconds: float = parameter(12, "that its training is shown", low=2, high=60)
    network_seed: int = parameter(1, "of its first weights and its data", low=0)
    judge = staticmethod(judge_network)

    def construct(self):
        check_layers(self.layers)
        self.rows = self.more = houses(3)
        if self.table:
            self.rows = self.more = read_regression(self.table, self.columns)
            self.note(self.rows.told)
        else:
            self.more = houses(10)
        self.lines()
        self.units()
        self.backprop()
        self.training()

    def passes(self):
        return unit_passes(self.theme.words)

    # A page that is not shown is not made: no later one needs it, but for the line of the houses,
    # which goes through three steps.

    def lines(self):
        chosen = self.selection.paths
        with_line = not chosen or not ON_THE_LINE.isdisjoint(chosen)
        inputs, targets = self.rows.inputs[:, 0], self.rows.targets
        guess = 0.18 if not self.table else float(f"{1.1 * best_weight(inputs, targets):.2g}")
        with self.step(
            "price",
            say="What is a house worth? Three were sold. A first guess: so much a square foot."
            if not self.table
            else "Each row is a point. A first guess: one weight, times the input.",
        ):
            page = price(self, self.rows, guess) if with_line else None
        with self.step(
            "error",
            say="The guess is off by so much for each. Squared, and averaged, that is one number: "
            "the mean squared error.",
        ):
            if with_line:
                error(self, page)
        with self.step(
            "weight-and-bias",
            say="Another weight makes the error smaller. With a bias the line need not begin at "
            "zero, and the error falls much further.",
        ):
            if with_line:
                best_lines(self, page, self.rows)
        with self.step(
            "gradient-descent",
            say="Nobody has to guess. The gradient tells which way the error falls, and each step "
            "goes that way: at left the line, at right weight and bias on the error's map.",
        ) as step:
            if step.shown:
                gradient_descent(self, self.rows, self.descent_rate)
        if self.more.inputs.shape[1] < 2:
            self.note("two-features is left out: the table has one input")
            return
        with self.step(
            "two-features",
            say="With two inputs there are two weights, and the same walk downhill. Points on the "
            "line are predicted right.",
        ) as step:
            if step.shown:
                two_features(self, self.more, self.descent_rate)

    def units(self):
        with self.step(
            "sigmoid",
            say="For yes or no, a sigmoid turns any sum into a probability. tanh and relu may "
            "stand in its place, with other slopes.",
        ) as step:
            if step.shown:
                sigmoid_page(self)
        with self.step(
            "softmax",
            say="For one of several classes, each has a sum of its own. Softmax makes "
            "probabilities of them that sum to one.",
        ) as step:
            if step.shown:
                softmax_page(self)
        with self.step(
            "hidden-layer",
            say="Units side by side are a layer: each weighs all that comes in, adds its bias, and "
            "bends the sum. The next layer weighs what they give.",
        ) as step:
            if step.shown:
                hidden_layer(self)

    def backprop(self):
        with self.step(
            "backprop",
            say="Which way does each weight go? The graph of a computation carries numbers "
            "forward, then gradients back: each node multiplies by its own slope.",
        ) as step:
            if step.shown:
                self.play_graph()

    def play_graph(self):
        graph = read_expression("(a*b + c).tanh()")
        named = {"a": 2.0, "b": -3.0, "c": 5.5}
        film = GraphFilm(self, graph, named, [graph.run(named)])
        film.build(AsIs(graph.text))
        film.forward("Values forward")
        film.backward("Gradients back")
        self.wait(1.5)

    def training(self):
        with self.step(
            "playground",
            say="A network learns a plane of points. Each small picture is what a unit sees; the "
            "wires are the weights; the loss falls while the boundary forms.",
        ) as step:
            if step.shown:
                self.play_playground()
        with self.step(
            "optimisers",
            say="There are faster ways than straight down the gradient: momentum keeps its speed, "
            "RMSProp and Adam measure each direction's steps.",
        ) as step:
            if step.shown:
                optimisers(self)
        with self.step(
            "framework",
            say="Model, loss, optimiser: exchange one of the three, and linear regression becomes "
            "logistic regression, or a network. The loop stays the same.",
        ) as step:
            if step.shown:
                framework(self, exchanges())

    def play_playground(self):
        data = points_of(self.data, self.points, noise=self.noise, seed=self.network_seed)
        if data.told:
            self.note(data.told)
        made = train_playground(
            data,
            self.layers,
            activation=self.activation,
            optimiser=self.optimiser,
            rate=self.rate,
            steps=self.training_steps,
            stages=round(NETWORKS_A_SECOND * self.seconds) + 1,
            seed=self.network_seed,
        )
        playground(self, made, "A network learns", self.seconds)
