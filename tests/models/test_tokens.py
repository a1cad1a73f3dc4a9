import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlanim.errors import UsageError
from mlanim.models.tokens import detokenise, nearest_words, tokenise
from mlanim.subjects.translation.models.seq2seq import load_model

WORDS = load_model().source_words


@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_words_to_text_and_back(words):
    assert tokenise(detokenise(words)) == tuple(words)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("L'école n'est pas grande !", ("l'", "école", "n'", "est", "pas", "grande")),
        ("l’école", ("l'", "école")),
        ("e\u0301cole", ("école",)),
        ("  JE\tSUIS\nÉTUDIANT.  ", ("je", "suis", "étudiant")),
        ("« je suis étudiant », mais…", ("je", "suis", "étudiant", "mais")),
        ("en août 1992", ("en", "août", "1992")),
        ("@", ("@",)),
        (" . ", ()),
    ],
)
def test_case_accents_apostrophes_and_punctuation(text, tokens):
    assert tokenise(text) == tokens


@pytest.mark.parametrize("sign", ["\0", "\x07", "\x1b", "\u200b", "\ud800"])
def test_a_control_character_is_refused_by_its_number(sign):
    with pytest.raises(UsageError, match=f"character 4 .*U\\+{ord(sign):04X}"):
        tokenise(f"je {sign}suis")


@given(st.text())
def test_any_text_gives_words_or_a_teaching_error(text):
    try:
        tokens = tokenise(text)
    except UsageError as error:
        assert "\n" not in str(error)
    else:
        assert all(token and not token.isspace() for token in tokens)


def test_a_word_without_its_accents_has_one_answer():
    assert nearest_words("economique", WORDS) == ["économique"]
    assert nearest_words("Ecole", WORDS) == ["école"]


def test_an_unknown_word_always_has_neighbours():
    assert "maison" in nearest_words("maizon", WORDS)
    assert len(nearest_words("xyz", WORDS)) > 0
