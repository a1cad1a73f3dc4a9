"""NumPy and PyTorch compute the same. The reference is of training/translation."""

from pathlib import Path

import numpy as np
import pytest

from mlanim.subjects.translation.models.encoder_decoder import ATTENTIONS, CELLS, load_model

FOLDER = Path(__file__).parent / "reference"


@pytest.mark.parametrize("attention", ATTENTIONS)
@pytest.mark.parametrize("cell", CELLS)
def test_every_array_equals_pytorchs(cell, attention):
    with np.load(FOLDER / f"{cell}-{attention}.npz", allow_pickle=False) as stored:
        reference = dict(stored)
    model = load_model(cell, attention)

    encoder = model.encode(model.source_embedding[reference["source"]])
    states = np.stack([step.memory.state for step in encoder])
    memory, decoder = encoder[-1].memory, []
    for word in reference["inputs"]:
        decoder.append(model.decode(word, memory, states))
        memory = decoder[-1].recurrent.memory

    computed = {
        "hidden_states": states,
        "decoder_states": np.stack([step.recurrent.memory.state for step in decoder]),
        "contexts": np.stack([step.context for step in decoder]),
        "attentional": np.stack([step.attentional for step in decoder]),
        "logits": np.stack([step.logits for step in decoder]),
    }
    if attention != "none":
        computed["scores"] = np.stack([step.scores for step in decoder])
        computed["weights"] = np.stack([step.weights for step in decoder])
    assert computed.keys() == reference.keys() - {"source", "inputs"}
    for name, array in computed.items():
        np.testing.assert_allclose(array, reference[name], rtol=1e-5, atol=1e-5, err_msg=name)
