"""A small French-English grammar: sentences, their translations and their true word alignment.

Clauses have articles with gender and number, adjectives before and after the noun, agreement,
elision, negation (ne ... pas), direct objects and a passive with a date; clauses are joined by "et"
and "mais". French puts "économique" and "européenne" after "zone", English puts them before "Area"
and the other way round: what attention has to learn is which French word each English word comes
from, so every English word is generated together with the index of its French word.

>>> sentence = random_sentence(random.Random(0), words=6)
>>> len(sentence.alignment) == len(sentence.target)
True
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from zlib import crc32

from training.lexicon import (
    ADJECTIVES,
    ALIVE,
    ANYTHING,
    BE,
    FEMININE,
    JOINS,
    MONTHS,
    NOUNS,
    PRONOUNS,
    TRADES,
    VERBS,
    YEARS,
    Adjective,
)

SHORTEST, LONGEST = 3, 36  # French words in a sentence


@dataclass
class Sentence:
    """French words, English words, and for each English word the index of its French word."""

    source: list[str] = field(default_factory=list)
    target: list[str] = field(default_factory=list)
    alignment: list[int] = field(default_factory=list)

    def say(self, french: str, *english: str) -> None:
        """Append a French word and the English words that come from it."""
        self.source.append(french)
        for word in english:
            self.align(word, len(self.source) - 1)

    def align(self, english: str, index: int) -> None:
        """Append an English word that comes from the French word at index."""
        self.target.append(english)
        self.alignment.append(index)

    @property
    def held_out(self) -> bool:
        """True for one sentence in five, decided by its words alone: never trained on.

        1 and 5 rather than any other two, so that the two sentences about the European Economic
        Area which the documentation shows are held out, and "je suis étudiant" is not.
        """
        return crc32(" ".join(self.source).encode()) % 10 in {1, 5}


@dataclass(frozen=True)
class Subject:
    """What a verb agrees with."""

    gender: str
    plural: bool
    person: int
    kind: str = "person"


def elided(word: str, following: str) -> str:
    """le, la, je and ne before a vowel.

    >>> elided("la", "école"), elided("la", "zone")
    ("l'", 'la')
    """
    return (
        word[0] + "'" if following[0] in "aeiouéêh" and word in {"le", "la", "je", "ne"} else word
    )


def noun_phrase(
    rng: random.Random, out: Sentence, kinds: frozenset[str], *, about: bool = True
) -> Subject:
    """An article, a noun, adjectives on both sides, and sometimes "sur" and a noun phrase."""
    noun = rng.choice([noun for noun in NOUNS if noun.kind in kinds])
    union = noun.singular == "zone" and rng.random() < 0.6  # the European Economic Area, often
    plural = not union and rng.random() < 0.25
    chosen = {
        place: rng.choice(fitting)
        for place, chance in (("before", 0.2), ("after", 0.4), ("origin", 0.3))
        if (fitting := [a for a in ADJECTIVES if a.place == place and noun.kind in a.kinds])
        and rng.random() < chance
    }
    if union:
        chosen = {place: find_adjective(name) for place, name in UNION_ADJECTIVES}
    before, after, origin = (chosen.get(place) for place in ("before", "after", "origin"))

    english = [(a.english, a) for a in (before, origin, after) if a]
    first = english[0][0] if english else noun.english
    definite = union or first[0] in "aeiou" or rng.random() < 0.7  # so that "an" never occurs
    french = [a.form(noun.gender, plural) for a in (before,) if a]
    french.append(noun.plural if plural else noun.singular)
    french += [a.form(noun.gender, plural) for a in (after, origin) if a]

    out.say(article(noun.gender, plural, definite, french[0]), english_article(plural, definite))
    start = len(out.source)
    out.source += french
    for word, adjective in english:
        index = start + french.index(adjective.form(noun.gender, plural))
        out.align("Economic" if union and word == "economic" else word, index)
    name = noun.english_plural if plural else noun.english
    out.align("Area" if union else name, start + (before is not None))
    if about and noun.kind == "paper" and rng.random() < 0.35:
        out.say("sur", "on")
        noun_phrase(rng, out, frozenset({"idea", "thing"}), about=False)
    return Subject(noun.gender, plural, 5 if plural else 2, noun.kind)


UNION_ADJECTIVES = (("after", "économique"), ("origin", "européen"))


def find_adjective(masculine: str) -> Adjective:
    """The adjective with that masculine form."""
    return next(adjective for adjective in ADJECTIVES if adjective.forms[0] == masculine)


def article(gender: str, plural: bool, definite: bool, following: str) -> str:
    """The French article before the word that follows."""
    if plural:
        return "les" if definite else "des"
    if definite:
        return elided("la" if gender == FEMININE else "le", following)
    return "une" if gender == FEMININE else "un"


def english_article(plural: bool, definite: bool) -> str:
    """The English article; the grammar never needs "an"."""
    return "the" if definite else "some" if plural else "a"


def negated(rng: random.Random, out: Sentence, following: str) -> bool:
    """Say "ne" (or "n'") in one clause of four."""
    if rng.random() >= 0.25:
        return False
    out.say(elided("ne", following))
    return True


def pronoun(rng: random.Random, out: Sentence) -> Subject:
    """Say a personal pronoun; je, tu, nous and vous are of either gender."""
    french, english, genders, plural, person = rng.choice(PRONOUNS)
    out.say(french, english)
    return Subject(rng.choice(genders), plural, person)


def be_clause(rng: random.Random, out: Sentence) -> None:
    """ "je suis étudiant", "la maison rouge n'est pas grande"."""
    by_pronoun = rng.random() < 0.4
    who = pronoun(rng, out) if by_pronoun else noun_phrase(rng, out, ANYTHING)
    verb, english = BE[who.person]
    negation = negated(rng, out, verb)
    out.say(verb, english)
    if negation:
        out.say("pas", "not")
    if by_pronoun and rng.random() < 0.5:
        forms, one, many = rng.choice(TRADES)
        out.say(
            forms[2 * who.plural + (who.gender == FEMININE)],
            *([many] if who.plural else ["a", one]),
        )
        return
    adjective = rng.choice([a for a in ADJECTIVES if who.kind in a.kinds])
    out.say(adjective.form(who.gender, who.plural), adjective.english)


def object_clause(rng: random.Random, out: Sentence) -> None:
    """ "le chat noir ne voit pas la maison": the English "does" and "see" both come from "voit"."""
    who = pronoun(rng, out) if rng.random() < 0.4 else noun_phrase(rng, out, ALIVE)
    forms, english = rng.choice(VERBS)
    verb = forms[who.person]
    negation = negated(rng, out, verb)
    if out.source[-1] == "je":
        out.source[-1] = elided("je", verb)
    out.say(verb)
    at = len(out.source) - 1
    third = who.person == 2
    if negation:
        out.align("does" if third else "do", at)
        out.say("pas", "not")
        out.align(english, at)
    else:
        out.align(english + "s" * third, at)
    noun_phrase(rng, out, ANYTHING)


def passive_clause(rng: random.Random, out: Sentence) -> None:
    """ "l'accord a été signé en août 1992"."""
    who = noun_phrase(rng, out, frozenset({"paper"}))
    verb, english = ("ont", "were") if who.plural else ("a", "was")
    negation = negated(rng, out, verb)
    out.say(verb, english)
    if negation:
        out.say("pas", "not")
    out.say("été")
    out.say("signé" + "e" * (who.gender == FEMININE) + "s" * who.plural, "signed")
    if rng.random() < 0.7:
        out.say("en", "in")
        if rng.random() < 0.6:
            out.say(*rng.choice(MONTHS))
        year = rng.choice(YEARS)
        out.say(year, year)


def random_sentence(rng: random.Random, words: int) -> Sentence:
    """Clauses until there are at least `words` French words (at most LONGEST)."""
    while True:
        out = Sentence()
        while len(out.source) < words:
            if out.source:
                out.say(*rng.choice(JOINS))
            clause = rng.choices((be_clause, object_clause, passive_clause), (5, 4, 1))[0]
            clause(rng, out)
        if len(out.source) <= min(LONGEST, words + 6):
            return out


def sentences(seed: int, count: int, *, held_out: bool) -> list[Sentence]:
    """`count` different sentences of one side of the split, their lengths spread evenly."""
    rng = random.Random(seed)
    found: dict[str, Sentence] = {}
    while len(found) < count:
        sentence = random_sentence(rng, rng.randint(SHORTEST, LONGEST - 2))
        if sentence.held_out == held_out:
            found.setdefault(" ".join(sentence.source), sentence)
    return list(found.values())


def vocabulary() -> tuple[list[str], list[str]]:
    """All French and all English words, sorted."""
    rng = random.Random(0)
    source: set[str] = set()
    target: set[str] = set()
    for _ in range(10_000):
        sentence = random_sentence(rng, LONGEST // 2)
        source.update(sentence.source)
        target.update(sentence.target)
    return sorted(source), sorted(target)
