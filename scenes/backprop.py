"""Backpropagation: any expression as a graph that carries numbers forward and gradients back."""

from __future__ import annotations

from mlanim.explainer import Explainer, parameter
from mlanim.subjects.networks.acts.graph import GraphFilm
from mlanim.subjects.networks.acts.network_graph import network_film
from mlanim.subjects.networks.models.asked import judge_graph
from mlanim.subjects.networks.models.expression import read_expression
from mlanim.subjects.networks.models.graph_descent import descend
from mlanim.subjects.networks.models.named_values import read_values, values_of
from mlanim.subjects.networks.models.small_network import first_weights, train_network
from mlanim.words.table import AsIs


class Backprop(Explainer):
    """Backpropagation through an expression of yours: values forward, gradients back, a step."""

    expression: str = parameter(
        "(a*b + c).tanh()", "of names, numbers, + - * / **, tanh relu sigmoid exp log max"
    )
    values: dict[str, str] = parameter(
        {"a": "2", "b": "-3", "c": "5.5"}, "of the names: --set a=2, or all as a=2,b=-3"
    )
    rate: float = parameter(0.1, "of a step of gradient descent", low=1e-6, high=100)
    rounds: int = parameter(3, "steps of gradient descent", low=1, high=12)
    weights_seed: int = parameter(6, "of the small network's first weights", low=0)
    judge = staticmethod(judge_graph)

    def construct(self):
        self.graph = read_expression(self.expression)
        named = self.named_values()
        descent = descend(self.graph, named, self.rate, self.rounds)
        if descent.ended:
            taken = len(descent.points) - 1
            self.note(f"{taken} of {self.rounds} steps, then {descent.ended}")
        kinks = {self.graph.nodes[i].kind for run in descent.runs for i in run.kinks}
        for kind, said in (("relu", "at 0 it is 0"), ("max", "of equals the first has all of it")):
            if kind in kinks:
                self.note(f"the slope of {kind} is chosen at its kink: {said}")
        self.film = GraphFilm(self, self.graph, named, descent.runs)
        self.build()
        self.forward()
        self.backward()
        self.descent(descent)
        self.network()

    def named_values(self):
        """A value for each name; where the reader gave none, one of a short list."""
        names = list(self.graph.names)
        given = read_values("; ".join(f"{name}={text}" for name, text in self.values.items()))
        own = "values" in self.given_parameters
        if not own and not set(names) <= set(given):
            given = {}
        named, lacking = values_of(names, given, others=self.parameters() if own else None)
        if lacking:
            told = ", ".join(f"{name}={named[name]:g}" for name in lacking)
            taken = lacking[0] in self.parameters()  # by a parameter of the scene
            how = f'values="{lacking[0]}=..."' if taken else f"{lacking[0]}=..."
            self.note(f"no value was given for {told}: --set {how}")
        return named

    def build(self):
        with self.step(
            "graph",
            say="An expression is a graph. Each node computes one thing from the nodes before it.",
        ):
            text = self.graph.text
            self.film.build(AsIs(text) if len(text) <= 24 else "A graph of values")
            self.wait(1)

    def forward(self):
        with self.step(
            "forward", say="The values run forward, node by node, until the end has its own."
        ):
            self.film.forward("Values forward")
            self.wait(1)

    def backward(self):
        with self.step(
            "backward",
            say="Then 1 runs back from the end. Along each edge it is multiplied by the slope "
            "there, and where paths meet the products add up: this is the chain rule.",
        ):
            self.film.backward("Gradients back")
            self.wait(1.5)

    def descent(self, descent):
        with self.step(
            "descent",
            say="A gradient tells where the end grows. So each value goes a little the other way, "
            "and the end falls.",
        ):
            self.film.descend(descent, "Against the gradient")
            self.wait(1)

    def network(self):
        with self.step(
            "network",
            say="A network is such a graph. Its end is the squared error of an example; the mean "
            "of all examples' gradients moves the weights.",
        ):
            network_film(self, train_network(first_weights(self.weights_seed), 0.3, 12))
