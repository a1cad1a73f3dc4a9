"""The transformer, from a black box to its training: attention, heads, positions, decoder, loss."""

from __future__ import annotations

from manim import VGroup

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.explainer import Explainer, parameter
from mlanim.models.masked_model import load_masked_model, looking_head, resolve
from mlanim.models.positions import sinusoidal
from mlanim.subjects.transformer.acts.decoding import decoding, hide_what_comes
from mlanim.subjects.transformer.acts.embed import embed
from mlanim.subjects.transformer.acts.encoder_layer import encoder_layer
from mlanim.subjects.transformer.acts.loss import loss
from mlanim.subjects.transformer.acts.matrix_form import matrix_form
from mlanim.subjects.transformer.acts.multi_head import all_heads, join_heads
from mlanim.subjects.transformer.acts.output_word import output_word
from mlanim.subjects.transformer.acts.positions import add_position
from mlanim.subjects.transformer.acts.pronoun import what_it_means
from mlanim.subjects.transformer.acts.queries_keys_values import queries_keys_values
from mlanim.subjects.transformer.acts.residual_norm import residual_norm
from mlanim.subjects.transformer.acts.self_attention import (
    published_example,
    scale_softmax,
    score,
    table_of,
    weighted_values,
)
from mlanim.subjects.transformer.acts.stacks import own_stacks, paper_stacks
from mlanim.subjects.transformer.models import transformer
from mlanim.subjects.transformer.models.asked import judge_sentences
from mlanim.subjects.transformer.models.training_log import load_training_log

PAPER_WIDTH = 512  # numbers a vector: Vaswani et al. 2017, section 3.4


class Transformer(Explainer):
    """Transformer: self-attention step by step, encoder and decoder, on a trained translator."""

    source: str = parameter(
        "je suis étudiant",
        "a French sentence of the model's grammar",
        words=lambda: transformer.load_transformer().source_words,
    )
    layer: int = parameter(1, "the encoder layer that is looked into", low=1, high=2)
    head: int = parameter(1, "the head that is looked into", low=1, high=4)

    pronoun: str = parameter(
        "The animal didn't cross the street because it was too tired",
        "a sentence with two nouns and “it”",
        words=lambda: load_masked_model().stack.vocabulary,
    )
    counterpart: str = parameter(
        "The animal didn't cross the street because it was too wide",
        "another one, beside it",
        words=lambda: load_masked_model().stack.vocabulary,
    )
    judge = staticmethod(judge_sentences)

    def construct(self):
        self.model = transformer.load_transformer()
        self.trace = transformer.translate_transformer(self.model, self.source)
        self.french, self.spoken = self.trace.source_tokens, self.trace.spoken
        self.n = len(self.french)
        reader = load_masked_model()  # a sentence that it cannot read is refused before the film
        self.pronouns = [resolve(reader, said) for said in (self.pronoun, self.counterpart)]
        self.inside = self.trace.encoder[self.layer - 1]

        self.black_box()
        self.stacks()
        self.encoder_layer()
        self.embeddings()
        self.qkv()
        self.one_word()
        self.multi_head()
        self.it()
        self.positions()
        self.residual_norm()
        self.decoder()
        self.output()
        self.loss()

    # A page that is not shown is not made, where no later one needs it.

    def black_box(self):
        with self.step(
            "black-box",
            say="A transformer takes a sentence in one language and gives it in another. "
            "Unlike a recurrent network it reads all words at once.",
        ):
            model = self.box = show.Translator(
                self.french, self.spoken, name="transformer", **self.on(self.body)
            )
            self.turn_to(
                "All words in at once, words out", *model.words_in.tokens, model.box, model.name
            )
            self.play(*(do.flow(word, model.box, shrink=0.6) for word in model.words_in.tokens))
            self.play(do.pulse(VGroup(model.box, model.name), scale=1.04))
            self.play(do.emerge(model.words_out.tokens, model.box))
            self.wait(2.6)

    def stacks(self):
        with self.step(
            "stacks",
            say="Inside are a stack of encoders and a stack of decoders: six each in the paper. "
            "What the last encoder makes goes to every decoder. "
            f"The model in this film has {len(self.trace.encoder)} of each.",
        ):
            box = self.box
            self.play(
                self.retitle("Inside: encoders and decoders"),
                do.vanish(box.name, *box.words_out.tokens),
                box.box.animate.become(box.opened),
            )
            self.play(do.appear(box.encoder, box.context, box.decoder, lag=0.2))
            self.wait(0.4)
            paper_stacks(self, self.trace)
            own_stacks(self, self.trace)
            self.wait(1.5)

    def encoder_layer(self):
        with self.step(
            "encoder-layer",
            say="An encoder has two parts. In self-attention every word looks at all words. Then "
            "each position takes its own way through one and the same feed-forward network.",
        ) as step:
            if step.shown:
                encoder_layer(self, self.french, self.inside, self.layer)
                self.wait(1.5)

    def embeddings(self):
        vectors = self.trace.source_embeddings
        with self.step(
            "embeddings",
            say="Only the first encoder takes words: each is looked up in a learned table. The "
            f"paper's vectors hold {PAPER_WIDTH} numbers, this model's {vectors.shape[1]}.",
        ) as step:
            if step.shown:
                embed(self, self.french, vectors, layers=len(self.trace.encoder))
                self.wait(1.5)

    def qkv(self):
        with self.step(
            "qkv",
            say="From each word's vector three others are made: a query, a key and a value. Each "
            "is a matrix product: a row meets a column, and a number comes out.",
        ) as step:
            if step.shown:
                weights = self.model.encoder[self.layer - 1].self_attention
                place = {"layer": self.layer, "head": self.head}
                queries_keys_values(self, self.french, self.inside.input, weights, **place)
                self.wait(1.2)

    def one_word(self):
        heads, head = self.inside.attention, self.head - 1
        one = heads.queries[head], heads.keys[head], heads.values[head]
        table = table_of(self, self.french, *one, looking=0)
        show.about(table, layer=self.layer, head=self.head)
        with self.step(
            "score",
            say="What should the first word look at? Its query is multiplied with every key: the "
            "dot product is the score.",
        ):
            score(self, table)
            self.wait(1.2)
        with self.step(
            "scale-softmax",
            say="Scores are divided by the square root of the keys' width; softmax turns them into "
            "weights that sum to one. Of 64 numbers scores grow large: 112 and 96 become 14 and "
            "12, then 0.88 and 0.12.",
        ):
            scale_softmax(self, table)
            self.wait(1)
            published_example(self)
            self.wait(1)
        with self.step(
            "weighted-values",
            say="Each value is multiplied with its weight. What is looked at stays, the rest "
            "fades. Their sum is z, which self-attention gives for this word.",
        ):
            weighted_values(self, table)
            self.wait(1.4)
        with self.step(
            "matrix-form",
            say="In practice all words are computed at once: queries times keys, divided, softmax "
            "along each row, times values.",
        ) as step:
            if step.shown:
                matrix_form(self, self.french, *one)
                self.wait(1.5)

    def multi_head(self):
        attention = self.inside.attention
        with self.step(
            "multi-head",
            say=f"{len(attention.weights)} heads do this at once (eight in the paper), each with "
            "matrices of its own. What they found is joined and multiplied by Wo.",
        ) as step:
            if step.shown:
                all_heads(self, self.french, attention, known=self.head - 1, layer=self.layer)
                self.wait(1.2)
                weights = self.model.encoder[self.layer - 1].self_attention
                join_heads(self, self.french, attention, weights, layer=self.layer)
                self.wait(1.2)

    def it(self):
        with self.step(
            "it",
            say="Heads learn what to look for. In a model trained to fill gaps, one head looks "
            "from “it” to the noun that is meant, and it depends on a single other word.",
        ) as step:
            if step.shown:
                what_it_means(self, self.pronouns, *looking_head())
                self.wait(1.5)

    def positions(self):
        with self.step(
            "positions",
            say="Attention alone does not know the order of words. So each position gets a code of "
            "sines and cosines, which is added to the embedding.",
        ) as step:
            if step.shown:
                word = min(1, self.n - 1)
                codes = sinusoidal(transformer.LONGEST, self.model.width)
                embedding = self.trace.source_embeddings[word]
                add_position(self, self.french[word], embedding, codes, word)
                self.wait(2)

    def residual_norm(self):
        with self.step(
            "residual-norm",
            say="Around each part, its input goes past it and is added to what it made. Layer norm "
            "then brings the sum to mean 0 and spread 1, times a learned gain, plus a bias.",
        ) as step:
            if step.shown:
                residual_norm(self, self.inside, 0)
                self.wait(1)

    def decoder(self):
        with self.step(
            "decoder",
            say="The decoder says one word at a time. It looks at what it has said so far, never "
            "ahead, and at the encoder's output. Each word then goes back in.",
        ) as step:
            if step.shown:
                hide_what_comes(self, self.trace, self.layer - 1, self.head - 1)
                decoding(self, self.trace)
                self.wait(1.5)

    def output(self):
        with self.step(
            "output",
            say="A linear layer turns the decoder's vector into a score for every word it knows, "
            "the logits. Softmax makes them probabilities; the likeliest word is said.",
        ) as step:
            if step.shown:
                least_sure = int(self.trace.probabilities.max(axis=-1).argmin())
                output_word(self, self.trace, self.model.target_words, least_sure)
                self.wait(1.5)

    def loss(self):
        log = load_training_log()
        with self.step(
            "loss",
            say="Training compares what is predicted with the right word: 1 for it, 0 for all "
            "others. The loss is the mean of minus log p of the right words, and it falls.",
        ) as step:
            if step.shown:
                loss(self, log, self.model.target_words)
                self.wait(2)
