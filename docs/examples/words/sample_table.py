from mlanim.primitives import Area
from mlanim.subjects.words import SampleTable
from mlanim.subjects.words.models.learned_words import load_words
from mlanim.subjects.words.models.skip_gram import skip_gram_step

learned = load_words()
king, *others = (learned.words.index(word) for word in ("king", "crown", "tea", "road"))
step = skip_gram_step(learned.run.inputs, learned.run.outputs, [king], [others])
shown = SampleTable(
    [learned.words[i] for i in others],
    step.sample_vectors[0],
    centre=("king", step.centre_vectors[0]),
    columns={"dot": step.dots[0], "sigmoid": step.chances[0]},
    area=Area(0, 0, 13, 5),
)
