"""The words of the grammar: their forms, their translations, and what goes with what."""

from __future__ import annotations

from dataclasses import dataclass

MASCULINE, FEMININE = "m", "f"


@dataclass(frozen=True)
class Noun:
    """Its forms, its gender, its translation, and what kind of thing it names."""

    singular: str
    plural: str
    gender: str
    english: str
    english_plural: str
    kind: str  # which verbs and adjectives go with it: see the sets below


@dataclass(frozen=True)
class Adjective:
    """Its forms, its translation, its place in French, and the kinds of noun it goes with."""

    forms: tuple[str, str, str, str]  # masculine, feminine, masculine plural, feminine plural
    english: str
    place: str  # "before" the noun, "after" it, or "origin": after all others
    kinds: frozenset[str] = frozenset({"person", "animal", "thing", "paper", "idea"})

    def form(self, gender: str, plural: bool) -> str:
        """The form that agrees."""
        return self.forms[2 * plural + (gender == FEMININE)]


NOUNS = (
    Noun("chat", "chats", MASCULINE, "cat", "cats", "animal"),
    Noun("chien", "chiens", MASCULINE, "dog", "dogs", "animal"),
    Noun("fille", "filles", FEMININE, "girl", "girls", "person"),
    Noun("jardin", "jardins", MASCULINE, "garden", "gardens", "thing"),
    Noun("maison", "maisons", FEMININE, "house", "houses", "thing"),
    Noun("voiture", "voitures", FEMININE, "car", "cars", "thing"),
    Noun("école", "écoles", FEMININE, "school", "schools", "thing"),
    Noun("livre", "livres", MASCULINE, "book", "books", "paper"),
    Noun("accord", "accords", MASCULINE, "agreement", "agreements", "paper"),
    Noun("zone", "zones", FEMININE, "area", "areas", "idea"),
    Noun("politique", "politiques", FEMININE, "policy", "policies", "idea"),
)
ALIVE = frozenset({"person", "animal"})  # what likes, sees and wants
COLOURED = frozenset({"animal", "thing"})
ABSTRACT = frozenset({"paper", "idea"})  # a paper can be signed, and be "on" something
ANYTHING = ALIVE | COLOURED | ABSTRACT
ADJECTIVES = (
    Adjective(("petit", "petite", "petits", "petites"), "small", "before"),
    Adjective(("grand", "grande", "grands", "grandes"), "big", "before"),
    Adjective(("jeune", "jeune", "jeunes", "jeunes"), "young", "before", ALIVE),
    Adjective(("rouge", "rouge", "rouges", "rouges"), "red", "after", frozenset({"thing"})),
    Adjective(("noir", "noire", "noirs", "noires"), "black", "after", COLOURED),
    Adjective(
        ("économique", "économique", "économiques", "économiques"), "economic", "after", ABSTRACT
    ),
    Adjective(
        ("moderne", "moderne", "modernes", "modernes"), "modern", "after", ABSTRACT | {"thing"}
    ),
    Adjective(("européen", "européenne", "européens", "européennes"), "European", "origin"),
    Adjective(("français", "française", "français", "françaises"), "French", "origin"),
)
TRADES = (
    (("étudiant", "étudiante", "étudiants", "étudiantes"), "student", "students"),
    (("médecin", "médecin", "médecins", "médecins"), "doctor", "doctors"),
)
# pronoun, English, genders, plural, person (index into the verb tables)
PRONOUNS = (
    ("je", "I", "mf", False, 0),
    ("tu", "you", "mf", False, 1),
    ("il", "he", "m", False, 2),
    ("elle", "she", "f", False, 2),
    ("nous", "we", "mf", True, 3),
    ("vous", "you", "mf", True, 4),
    ("ils", "they", "m", True, 5),
    ("elles", "they", "f", True, 5),
)
BE = (
    ("suis", "am"),
    ("es", "are"),
    ("est", "is"),
    ("sommes", "are"),
    ("êtes", "are"),
    ("sont", "are"),
)
VERBS = (
    (("aime", "aimes", "aime", "aimons", "aimez", "aiment"), "like"),
    (("vois", "vois", "voit", "voyons", "voyez", "voient"), "see"),
    (("veux", "veux", "veut", "voulons", "voulez", "veulent"), "want"),
)
MONTHS = (("mars", "March"), ("mai", "May"), ("août", "August"))
YEARS = ("1992", "1995", "2004")
JOINS = (("et", "and"), ("mais", "but"))
