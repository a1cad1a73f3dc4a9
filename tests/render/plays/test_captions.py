from __future__ import annotations

from datetime import timedelta

import srt
from hypothesis import given
from hypothesis import strategies as st

from mlanim.render.plays.captions import captions, cue_texts, cues_of
from mlanim.render.plays.timeline import PlayRecord, Timeline

WORDS = st.lists(st.text("abc,.;", min_size=1, max_size=12), min_size=1, max_size=60)


def subtitle(start: float, end: float, text: str) -> srt.Subtitle:
    return srt.Subtitle(0, timedelta(seconds=start), timedelta(seconds=end), text)


@given(WORDS)
def test_no_word_is_lost_and_no_cue_is_longer_than_two_lines(words):
    cues = cue_texts(" ".join(words), seconds=10_000)
    assert " ".join(cues).split() == words
    assert all(len(cue) <= 84 for cue in cues)


@given(WORDS, st.floats(0.1, 20))
def test_no_cue_is_shorter_than_a_second_unless_it_is_the_only_one(words, seconds):
    cues = cue_texts(" ".join(words), seconds)
    letters = sum(map(len, cues))
    assert len(cues) == 1 or all(seconds * len(cue) / letters >= 1 for cue in cues)


def test_a_long_sentence_is_cut_near_its_middle_after_a_comma():
    said = (
        "So each word is looked up in a table that the model has learned: "
        "its embedding, 12 numbers, which we draw as a row of cells."
    )
    assert cue_texts(said, seconds=8) == [
        "So each word is looked up in a table that the model has learned:",
        "its embedding, 12 numbers, which we draw as a row of cells.",
    ]


def test_captions_stand_at_output_times_and_skipped_ones_are_left_out():
    timeline = Timeline(fps=10)
    timeline.add(PlayRecord(0, 5, 0, shown=False))
    timeline.add(PlayRecord(5, 11, 60, shown=True))
    said = [subtitle(0, 5, "Gone."), subtitle(5, 11, "One two. Three four.")]
    cues = list(srt.parse(captions(cues_of(said, timeline), "srt")))
    assert [cue.content for cue in cues] == ["One two.", "Three four."]
    assert cues[0].start == timedelta(0)
    assert cues[0].end == cues[1].start
    assert cues[1].end == timedelta(seconds=6)


def test_webvtt_has_its_header_its_times_and_no_markup():
    said = [subtitle(0, 1.5, "a < b & b --> c"), subtitle(3600, 3661.25, "Later.")]
    assert captions(said, "vtt") == (
        "WEBVTT\n\n"
        "00:00:00.000 --> 00:00:01.500\na &lt; b &amp; b --&gt; c\n\n"
        "01:00:00.000 --> 01:01:01.250\nLater.\n"
    )


def test_no_words_no_cues():
    assert cues_of([], Timeline(fps=10)) == []
