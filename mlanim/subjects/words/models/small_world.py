"""A generated corpus: a small world of courts, families, capitals, animals and drinks.

What a word means is told by the words around it, as in real text: royal ones stand by a crown and
a palace, female ones by "she" and "her", young ones by a school, capitals by "city", plurals by
"many". Each of these is drawn by itself, so that what is learned of them adds up.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

__all__ = ["CAPITALS", "KINDS", "PEOPLE", "PLURALS", "sentences"]

# word: male or female, and its estate
PEOPLE = {
    "king": ("m", "royal"),
    "queen": ("f", "royal"),
    "prince": ("m", "royal child"),
    "princess": ("f", "royal child"),
    "man": ("m", "common"),
    "woman": ("f", "common"),
    "boy": ("m", "child"),
    "girl": ("f", "child"),
    "father": ("m", "parent"),
    "mother": ("f", "parent"),
    "son": ("m", "parent child"),
    "daughter": ("f", "parent child"),
}
CAPITALS = {
    "france": "paris",
    "italy": "rome",
    "spain": "madrid",
    "egypt": "cairo",
    "japan": "tokyo",
    "norway": "oslo",
    "peru": "lima",
    "kenya": "nairobi",
}
PLURALS = {
    "cat": "cats",
    "dog": "dogs",
    "horse": "horses",
    "cow": "cows",
    "apple": "apples",
    "pear": "pears",
    "car": "cars",
    "ship": "ships",
}
#: Words of a kind, for colours and marks.
KINDS = {
    "people": tuple(PEOPLE),
    "countries": tuple(CAPITALS),
    "capitals": tuple(CAPITALS.values()),
    "one": tuple(PLURALS),
    "many": tuple(PLURALS.values()),
    "drinks": ("water", "milk", "tea", "juice"),
}

_SEX = {
    "m": ("he", "his", "him", "himself", "sir"),
    "f": ("she", "her", "hers", "herself", "madam"),
}
_ESTATE = {
    "royal": ("crown", "throne", "palace", "crown", "court"),
    "common": ("work", "shop", "street", "trade", "wage"),
    "child": ("school", "toy", "game", "lesson", "young"),
    "parent": ("family", "home", "kitchen", "garden", "household"),
}
_LAND = {
    "france": ("cheese", "wine"),
    "italy": ("pasta", "opera"),
    "spain": ("guitar", "orange"),
    "egypt": ("desert", "pyramid"),
    "japan": ("temple", "rice"),
    "norway": ("fjord", "snow"),
    "peru": ("llama", "andes"),
    "kenya": ("lion", "savanna"),
}
_THING = {
    "cat": ("purrs", "mouse"),
    "dog": ("barks", "bone"),
    "horse": ("gallops", "saddle"),
    "cow": ("grazes", "meadow"),
    "apple": ("red", "orchard"),
    "pear": ("green", "tree"),
    "car": ("wheel", "road"),
    "ship": ("sail", "sea"),
}
_CITY = ("city", "mayor", "square", "station", "bridge")
_COUNTRY = ("country", "border", "nation", "province", "anthem")
_ONE = ("a", "this", "one", "is", "every")
_MANY = ("many", "these", "two", "are", "several")
_DRINK = {
    "water": ("clear", "spring"),
    "milk": ("white", "jug"),
    "tea": ("hot", "cup"),
    "juice": ("sweet", "fresh"),
}
_DRINKING = ("drink", "glass", "thirsty", "pour", "sip")


def sentences(count: int, seed: int = 0) -> Iterator[list[str]]:
    """So many sentences, each a list of words.

    >>> next(sentences(1, seed=3)) == next(sentences(1, seed=3))
    True
    """
    draw = random.Random(seed)
    makers = (_person, _person, _person, _place, _place, _thing, _thing, _drink)
    for _ in range(count):
        yield draw.choice(makers)(draw)


def _person(draw: random.Random) -> list[str]:
    """A person between words of the sex and words of the estate, in any order."""
    word, (sex, estates) = draw.choice(list(PEOPLE.items()))
    estate = draw.choice(estates.split())
    around = [draw.choice(_SEX[sex]), draw.choice(_ESTATE[estate])]
    draw.shuffle(around)
    more = [draw.choice(_SEX[sex]), draw.choice(_ESTATE[draw.choice(estates.split())])]
    draw.shuffle(more)
    return (
        ["the", around[0], word, around[1], *more]
        if draw.random() < 0.5
        else [
            around[0],
            "and",
            word,
            around[1],
            more[0],
        ]
    )


def _place(draw: random.Random) -> list[str]:
    """A country or its capital between words of its land and words of what it is."""
    country = draw.choice(list(CAPITALS))
    own = draw.choice(_LAND[country])
    city = draw.random() < 0.5
    place, kind = (CAPITALS[country], _CITY) if city else (country, _COUNTRY)
    around = [own, draw.choice(kind)]
    draw.shuffle(around)
    return ["the", around[0], "in", place, around[1], draw.choice((own, draw.choice(kind)))]


def _thing(draw: random.Random) -> list[str]:
    """One thing or several, between words of the thing and words of their number."""
    thing = draw.choice(list(PLURALS))
    many = draw.random() < 0.5
    word, number = (PLURALS[thing], _MANY) if many else (thing, _ONE)
    own = draw.choice(_THING[thing])
    return [draw.choice(number), own, word, draw.choice(number), draw.choice(_THING[thing])]


def _drink(draw: random.Random) -> list[str]:
    drink = draw.choice(list(_DRINK))
    return [
        "the",
        draw.choice(_DRINK[drink]),
        drink,
        draw.choice(_DRINKING),
        draw.choice(_DRINKING),
    ]
