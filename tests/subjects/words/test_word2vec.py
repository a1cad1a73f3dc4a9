"""The explainer of word vectors: what is on screen is what the models computed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from manim import Scene

from mlanim.capture import embeddings
from mlanim.cli import cli
from mlanim.errors import UsageError
from mlanim.primitives import LossCurve, TensorBox
from mlanim.primitives.text import Number
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.stage.observer import Observer
from mlanim.review.moment import moment_of
from mlanim.scene_module import run_file
from mlanim.subjects.words import PairTable, TraitPlane, WordBars, WordMap
from mlanim.subjects.words.models.analogy import parse_sum, solve
from mlanim.subjects.words.models.learned_words import load_items, load_words
from mlanim.subjects.words.models.principal_components import main_plane
from mlanim.subjects.words.models.skip_gram import descend, skip_gram_step, window_pairs
from mlanim.subjects.words.models.traits import SCORES
from mlanim.subjects.words.models.vector_file import read_vectors
from mlanim.subjects.words.models.word_vectors import cosine
from mlanim.subjects.words.models.written_vectors import write_vectors

SCENE = Path(__file__).parents[3] / "scenes" / "word2vec.py"
STEPS = (
    "personality",
    "embedding-colours",
    "map",
    "analogy",
    "sliding-window",
    "skip-gram",
    "negative-sampling",
    "training",
    "recommender",
)


class Watch(Observer):
    """Keeps what was on screen, by step and kind, as it was after each play."""

    def __init__(self) -> None:
        self.arrays: dict[tuple[str, str], list[np.ndarray]] = {}
        self.words: dict[tuple[str, str], list[Any]] = {}
        self.texts: dict[str, set[str]] = {}
        self.numbers: dict[str, set[float]] = {}

    def play_finished(self, scene: Scene, time: float) -> None:
        step = moment_of(scene).step
        for part in scene.get_mobject_family_members():
            key = (step, type(part).__name__)
            if isinstance(part, WordMap):
                self.arrays.setdefault(key, []).append(part.places_drawn())
            elif isinstance(part, TraitPlane):
                self.arrays.setdefault(key, []).append(part.vectors_drawn())
            elif isinstance(part, TensorBox | WordBars):
                self.arrays.setdefault(key, []).append(np.array(part.values))
            elif isinstance(part, PairTable):
                self.words.setdefault(key, []).append(part.told())
            elif isinstance(part, LossCurve):
                self.arrays.setdefault(key, []).append(part.drawn_data["curve 'loss'"])
            if isinstance(part, Number):
                self.numbers.setdefault(step, set()).add(part.value)
            if text := getattr(part, "text", None):
                self.texts.setdefault(step, set()).add(str(text))

    def has(self, step: str, kind: type, wanted: Any, atol: float = 1e-9) -> bool:
        """Whether such an array was shown."""
        wanted = np.asarray(wanted)
        arrays = self.arrays.get((step, kind.__name__), [])
        return any(a.shape == wanted.shape and np.allclose(a, wanted, atol=atol) for a in arrays)

    def has_number(self, step: str, wanted: float) -> bool:
        return any(np.isclose(wanted, n, atol=1e-9) for n in self.numbers.get(step, ()))


def film(observer: Observer | None = None, **spec: Any):
    settings = RenderSpec(width=48, height=26, fps=1, format="none", **spec)
    return render(run_file(SCENE).Word2vec, settings, observer=observer)


@pytest.fixture(scope="module")
def watched():
    watch = Watch()
    return film(watch), watch


def test_the_steps_are_the_storyboards(watched):
    assert tuple(step.path for step in watched[0].steps) == STEPS


def test_people_and_their_cosines(watched):
    watch = watched[1]
    assert watch.has("personality", TraitPlane, SCORES[:, :2], atol=1e-6)
    assert watch.has("personality", TensorBox, SCORES[:2])
    assert watch.has("personality", TensorBox, SCORES[0] * SCORES[1])
    for other in (1, 2):
        assert watch.has_number("personality", cosine(SCORES[0, :2], SCORES[other, :2]))
        assert watch.has_number("personality", cosine(SCORES[0], SCORES[other]))


def test_strips_are_the_words_vectors(watched):
    for row in load_words().vectors.of(["king", "prince", "man", "water"]):
        assert watched[1].has("embedding-colours", TensorBox, row)


def test_the_map_is_the_main_components(watched):
    learned = load_words()
    vectors = learned.vectors
    near = [word for word, _ in vectors.nearest(vectors.of(["king"])[0], 5, ["king"])]
    words = dict.fromkeys(["king", *(learned.words[i] for i in learned.watched), *near])
    rows = vectors.of(words)
    assert watched[1].has("map", WordMap, main_plane(rows).places(rows), atol=1e-5)
    cosines = vectors.nearest(vectors.of(["king"])[0], 5, ["king"])
    assert ", ".join(f"{word} {cosine:.2f}" for word, cosine in cosines) in watched[1].texts["map"]


def test_the_sum_and_its_ranking(watched):
    made = solve(parse_sum("king - man + woman"), load_words().vectors)
    for row in (*made.parts, *made.partial_sums):
        assert watched[1].has("analogy", TensorBox, row)
    assert watched[1].has("analogy", WordBars, [c.cosine for c in made.ranking[:8]])
    assert {"asked with", "king", "queen"} <= watched[1].texts["analogy"]


def test_the_table_holds_all_46_pairs(watched):
    text = ["thou", "shalt", "not", "make", "a", "machine", "in"]
    text += ["the", "likeness", "of", "a", "human", "mind"]
    due = [(text[i], text[j]) for i, j in window_pairs(range(13), 2)]
    tables = watched[1].words.get(("sliding-window", "PairTable"), [])
    shown = watched[1].texts["sliding-window"]
    assert len(due) == 46 and "13 words, 46 pairs" in shown
    assert tables[-1] == due
    assert {word for pair in due for word in pair} <= shown


def test_the_mean_of_the_neighbours_is_the_bags(watched):
    learned = load_words()
    example, counts = learned.example, dict(zip(learned.words, learned.counts, strict=True))
    place = min(range(2, len(example) - 2), key=lambda i: counts[example[i]])
    around = [example[i] for i in range(place - 2, place + 3) if i != place]
    rows = learned.vectors.of(around)
    assert watched[1].has("skip-gram", TensorBox, rows.mean(axis=0))


def test_noise_words_have_their_probabilities(watched):
    learned = load_words()
    for i in range(3):
        assert watched[1].has_number("negative-sampling", float(learned.noise[i]))
        share = float(learned.counts[i] / learned.counts.sum())
        assert watched[1].has_number("negative-sampling", share)


def test_the_shown_step_is_a_step_of_the_training(watched):
    learned, watch = load_words(), watched[1]
    run = learned.run
    scene = run_file(SCENE).Word2vec()
    scene.learned, scene.text = learned, learned.example
    scene.place = scene.telling_place()
    centre = learned.words.index(scene.text[scene.place])
    samples = scene.drawn_samples()
    v, u = run.first_inputs.copy(), run.first_outputs.copy()
    step = skip_gram_step(v, u, [centre], [samples])
    for shown in (step.dots, step.chances, step.errors):
        assert all(watch.has_number("training", float(x)) for x in shown[0])
    descend(v, u, step, 0.25)
    for row in (v[centre], *u[samples]):
        assert watch.has("training", TensorBox, row)


def test_the_map_moves_as_the_log_says(watched):
    run, watch = load_words().run, watched[1]
    plane = main_plane(run.snapshots[-1])
    for at in (0, -1):
        assert watch.has("training", WordMap, plane.places(run.snapshots[at]), atol=1e-5)
    assert watch.has("training", LossCurve, np.stack([run.steps, run.losses], axis=1))


def test_songs_and_the_hit(watched):
    vectors = load_items().vectors
    near = vectors.nearest(vectors.of(["Late Bus"])[0], 7, ["Late Bus"])
    assert watched[1].has("recommender", WordBars, [value for _, value in near])
    assert "“Everywhere” is first for 30 of 30 songs" in watched[1].texts["recommender"]


@pytest.mark.parametrize("step", ["analogy", "recommender"])
def test_a_step_plays_alone(step):
    assert [s.path for s in film(steps=(step,)).steps] == [step]


@pytest.fixture
def own(tmp_path):
    random = np.random.default_rng(1)
    words = [f"word{i}" for i in range(30)]
    return write_vectors(words, random.normal(size=(30, 90)), tmp_path / "own.txt.gz"), words


def test_a_readers_vectors_play_their_steps(own):
    path, words = own
    watch = Watch()
    values = {"vectors": path, "words": words[:3], "analogy": "word1 - word2 + word3 + word4"}
    result = film(watch, values=values)
    assert [s.path for s in result.steps] == ["embedding-colours", "map", "analogy"]
    vectors = read_vectors(path)
    assert watch.has("embedding-colours", TensorBox, vectors.of(["word2"])[0], atol=1e-6)
    made = solve(parse_sum(values["analogy"]), vectors)
    assert watch.has("analogy", WordBars, [c.cosine for c in made.ranking[:8]], atol=1e-6)


@pytest.mark.parametrize(
    ("values", "steps", "told"),
    [
        ({"words": ["wrod1"]}, (), "did you mean 'word1'"),
        ({"words": ["word1", ""]}, (), "a word too little"),
        ({"analogy": "word1 - kin"}, (), "has no word 'kin'"),
        ({}, ("training",), "is not played with vectors="),
        ({"corpus": Path("x.txt")}, (), "give one"),
    ],
)
def test_what_cannot_be_is_one_line(own, values, steps, told):
    with pytest.raises(UsageError) as error:
        film(values={"vectors": own[0], **values}, steps=steps)
    assert told in str(error.value) and "\n" not in str(error.value)


def test_a_readers_text_is_learned(tmp_path, monkeypatch):
    from mlanim.subjects.words.models.small_world import sentences

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "tale.txt"
    path.write_text(". ".join(" ".join(s) for s in sentences(150, seed=2)))
    values = {"corpus": path, "epochs": 2, "dimensions": 6}
    assert tuple(s.path for s in film(values=values).steps) == STEPS


class Tokenizer:
    unk_token_id = 0
    words = ("[UNK]", "king", "queen")

    def __call__(self, text: str, add_special_tokens: bool) -> dict[str, list[int]]:
        assert not add_special_tokens
        known = {word: i for i, word in enumerate(self.words)}
        pieces = text.split()[0].split("-")
        return {"input_ids": [known.get(piece, 0) for piece in pieces]}


class Model:
    def get_input_embeddings(self) -> Any:
        layer = type("Layer", (), {})()
        layer.weight = np.arange(12.0).reshape(3, 4)
        return layer


def test_input_vectors_of_a_model_are_read_back(tmp_path, capsys):
    path = tmp_path / "words.txt"
    made = embeddings(Model(), Tokenizer(), ["king", "queen", "king-queen", "zebra"], path)
    assert made.of(["queen"]).tolist() == [[8.0, 9.0, 10.0, 11.0]]
    assert "king-queen, zebra" in capsys.readouterr().err
    found = read_vectors(path)
    assert found.words == ("king", "queen") and np.array_equal(found.vectors, made.vectors)
    with pytest.raises(UsageError, match="no word is a token"):
        embeddings(Model(), Tokenizer(), ["zebra"], path)


@pytest.mark.parametrize("options", [["--theme", "dark", "--aspect", "9:16"]])
def test_it_is_clean(options):
    done = CliRunner().invoke(cli, ["check", "word2vec", "-q", "l", "--fps", "1", *options])
    assert done.exit_code == 0, done.output
