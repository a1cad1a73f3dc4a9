import numpy as np
import pytest

from mlanim.errors import UsageError
from mlanim.models.gru import GATES as GRU_GATES
from mlanim.models.lstm import GATES as LSTM_GATES
from mlanim.models.softmax import softmax
from mlanim.models.trace import END, START
from mlanim.subjects.translation.models.seq2seq import LONGEST, load_model, translate

AREA = "la zone économique européenne est grande"
VARIANTS = [(cell, attention) for cell in ("gru", "lstm") for attention in ("bahdanau", "luong")]
SIX = [*VARIANTS, ("gru", "none"), ("lstm", "none")]


def looked_at(trace):
    """The French word that each English word attends to most."""
    attended = trace.weights.argmax(axis=1)
    return {
        english: trace.source_tokens[index]
        for english, index in zip(trace.target_tokens, attended, strict=True)
    }


@pytest.mark.parametrize(("cell", "attention"), VARIANTS)
def test_the_european_economic_area_is_read_backwards(cell, attention):
    trace = translate(load_model(cell, attention), AREA)
    assert trace.translation == "the European Economic Area is big"
    attended = looked_at(trace)
    assert attended["European"] == "européenne"
    assert attended["Economic"] == "économique"
    assert attended["Area"] == "zone"
    assert (attended["the"], attended["is"], attended["big"]) == ("la", "est", "grande")


@pytest.mark.parametrize(("cell", "attention"), VARIANTS)
@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Je suis étudiant.", "I am a student"),
        (
            "l'accord sur la zone économique européenne a été signé en août 1992",
            "the agreement on the European Economic Area was signed in August 1992",
        ),
        ("le chat n'aime pas la maison rouge", "the cat does not like the red house"),
        ("les petites filles ne sont pas françaises", "the small girls are not French"),
    ],
)
def test_sentences_that_the_documentation_shows(cell, attention, french, english):
    assert translate(load_model(cell, attention), french).translation == english


@pytest.mark.parametrize(("cell", "attention"), SIX)
def test_a_trace_has_the_shapes_it_promises(cell, attention):
    model = load_model(cell, attention)
    trace = translate(model, AREA)
    n, m = len(trace.source_tokens), len(trace.target_tokens)
    d, e, words = model.hidden_size, model.embedding_size, len(model.target_words)
    looking = attention != "none"
    shapes = {
        "source_embeddings": (n, e),
        "hidden_states": (n, d),
        "cell_states": (n, d if cell == "lstm" else 0),
        "target_embeddings": (m, e),
        "decoder_states": (m, d),
        "decoder_cell_states": (m, d if cell == "lstm" else 0),
        "scores": (m, n * looking),
        "weights": (m, n * looking),
        "contexts": (m, d),
        "concatenated": (m, 2 * d),
        "attentional": (m, d),
        "logits": (m, words),
        "probabilities": (m, words),
    }
    assert {name: getattr(trace, name).shape for name in shapes} == shapes
    names = GRU_GATES if cell == "gru" else LSTM_GATES
    assert {name: gate.shape for name, gate in trace.encoder_gates.items()} == dict.fromkeys(
        names, (n, d)
    )
    assert {name: gate.shape for name, gate in trace.decoder_gates.items()} == dict.fromkeys(
        names, (m, d)
    )
    assert trace.decoder_inputs == (START, *trace.target_tokens[:-1])
    assert trace.ended == (trace.target_tokens[-1] == END)


@pytest.mark.parametrize(("cell", "attention"), VARIANTS)
def test_what_a_trace_shows_follows_from_what_it_shows_before(cell, attention):
    model = load_model(cell, attention)
    trace = translate(model, AREA)
    same = {"rtol": 1e-5, "atol": 1e-5}
    np.testing.assert_allclose(trace.weights.sum(axis=1), 1, **same)
    np.testing.assert_allclose(trace.weights, softmax(trace.scores), **same)
    np.testing.assert_allclose(trace.contexts, trace.weights @ trace.hidden_states, **same)
    joined = np.hstack([trace.contexts, trace.decoder_states])
    np.testing.assert_allclose(trace.concatenated, joined, **same)
    np.testing.assert_allclose(trace.probabilities, softmax(trace.logits), **same)
    said = [model.target_words[index] for index in trace.logits.argmax(axis=1)]
    assert tuple(said) == trace.target_tokens
    chosen = trace.probabilities.max(axis=1)
    assert trace.log_probability == pytest.approx(np.log(chosen).sum(), abs=1e-4)


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_without_attention_only_the_last_hidden_state_crosses(cell):
    trace = translate(load_model(cell, "none"), AREA)
    assert (trace.contexts == trace.hidden_states[-1]).all()
    np.testing.assert_array_equal(
        trace.concatenated, np.hstack([trace.contexts, trace.decoder_states])
    )


@pytest.mark.parametrize(("cell", "attention"), SIX)
@pytest.mark.parametrize("width", [2, 4])
def test_a_beam_is_never_less_probable_than_greedy(cell, attention, width):
    model = load_model(cell, attention)
    long = "le chat voit la maison et " * 3 + AREA
    for sentence in (AREA, long):
        greedy = translate(model, sentence)
        assert translate(model, sentence, beam=width).log_probability >= greedy.log_probability


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("la zone economique est grande", ["'economique'", "did you mean 'économique'?"]),
        ("la maizon est grande", ["'maizon'", "'maison'"]),
        ("je suis @", ["'@'"]),
        ("", ["empty", "je suis étudiant"]),
        (" ... ", ["empty"]),
        ("je suis\0étudiant", ["character 8", "U+0000"]),
        (" et ".join([AREA] * 9), ["62 words", f"at most {LONGEST}"]),
    ],
)
def test_a_sentence_that_cannot_be_read_is_answered_in_one_line(sentence, parts):
    with pytest.raises(UsageError) as caught:
        translate(load_model(), sentence)
    assert "\n" not in str(caught.value)
    for part in parts:
        assert part in str(caught.value)


def test_the_longest_sentence_is_still_translated():
    french = " et ".join(["la zone économique européenne n'est pas grande"] * 4)
    trace = translate(load_model(), french)
    assert len(trace.source_tokens) == LONGEST - 1
    assert trace.translation == " and ".join(["the European Economic Area is not big"] * 4)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"cell": "gro"}, "did you mean 'gru'"),
        ({"attention": "bahdanu"}, "did you mean 'bahdanau'"),
        ({"attention": "dot"}, "allowed: none, bahdanau, luong"),
    ],
)
def test_a_model_that_there_is_not_is_answered_with_those_there_are(settings, message):
    with pytest.raises(UsageError, match=message):
        load_model(**settings)


@pytest.mark.parametrize("width", [0, -1, 17])
def test_a_beam_of_no_width_is_refused(width):
    with pytest.raises(UsageError, match="1 to 16"):
        translate(load_model(), AREA, beam=width)
