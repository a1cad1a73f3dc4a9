from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlanim.colour import contrast, delta_e76, from_hex, lightness, oklab
from mlanim.errors import UsageError
from mlanim.theme import DARK, LIGHT, MEETING, PRINT, READABLE, THEMES, Role, Theme, get_theme

ROLES = [
    *("encoder", "decoder", "hidden", "context", "query", "key", "value", "score", "output"),
    *("positive", "negative", "class_a", "class_b", "class_c", "class_d", "class_e", "class_f"),
]
EVERY_THEME = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
EVERY_ROLE = pytest.mark.parametrize("role", ROLES)
MEETINGS = sorted({pair for roles in MEETING.values() for pair in combinations(roles, 2)})
values = st.floats(-3, 3)


@EVERY_THEME
def test_every_theme_has_every_role(theme):
    assert sorted(theme.roles) == sorted(ROLES)


@EVERY_THEME
@EVERY_ROLE
def test_a_roles_ink_reads_on_the_surface_and_on_its_own_fill(theme, role):
    ink, fill = from_hex(theme.role(role).ink), from_hex(theme.role(role).fill)
    assert contrast(ink, from_hex(theme.surface)) >= READABLE
    assert contrast(ink, fill) >= READABLE


@EVERY_THEME
def test_plain_text_reads_on_the_surface_and_on_every_fill(theme):
    for fill in [theme.surface, *(role.fill for role in theme.roles.values())]:
        assert contrast(from_hex(theme.on(from_hex(fill))), from_hex(fill)) >= READABLE
    for text in (theme.ink, theme.muted):
        assert contrast(from_hex(text), from_hex(theme.surface)) >= READABLE


@EVERY_THEME
def test_text_that_was_dimmed_can_still_be_read(theme):
    ink, paper = from_hex(theme.ink), from_hex(theme.surface)
    assert contrast(theme.dim * ink + (1 - theme.dim) * paper, paper) >= 3


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("vision", ["normal", "deuteranopia", "protanopia"])
def test_roles_that_meet_are_told_apart_by_every_eye(theme, vision):
    near = {
        pair: round(float(distance), 1)
        for pair in MEETINGS
        for distance in [
            delta_e76(*(from_hex(theme.role(role).ink) for role in pair), vision=vision)
        ]
        if distance < 20
    }
    assert near == {}


def test_roles_that_meet_are_told_apart_in_grey():
    def step(pair, part):
        one, other = (lightness(from_hex(getattr(PRINT.role(role), part))) for role in pair)
        return abs(one - other)

    near = [pair for pair in MEETINGS if max(step(pair, "ink"), step(pair, "fill")) < 12]
    assert near == []


@EVERY_THEME
def test_told_apart_agrees_for_roles_that_meet_and_for_twins(theme):
    assert all(theme.told_apart(*pair) for pair in MEETINGS)
    assert not theme.told_apart("hidden", "hidden")
    assert not theme.told_apart("hidden", "class_b")


@EVERY_THEME
@EVERY_ROLE
def test_scales_start_at_the_surface_and_end_at_the_inks(theme, role):
    down, zero, up = theme.signed([-2.0, 0.0, 2.0], limit=2, role=role)
    assert delta_e76(zero, from_hex(theme.surface)) < 8
    assert delta_e76(up, from_hex(theme.role(role).ink)) < 0.5
    assert delta_e76(down, from_hex(theme.role("negative").ink)) < 0.5
    np.testing.assert_allclose(theme.weight([0, 1], role), [zero, up], atol=1e-9)


@EVERY_THEME
@EVERY_ROLE
def test_scales_are_monotone_and_smooth(theme, role):
    for ramp in (
        theme.weight(np.linspace(0, 1, 101), role),
        theme.signed(-np.linspace(0, 1, 101), 1),
    ):
        light = oklab(ramp)[:, 0]
        assert np.all(np.diff(light) * np.sign(light[-1] - light[0]) > 0)
        steps = np.linalg.norm(np.diff(oklab(ramp), axis=0), axis=1)
        assert steps.max() < 4 * steps.min()


@EVERY_THEME
def test_both_ends_of_the_signed_scale_differ_for_every_eye(theme):
    for role in set(ROLES) - {"negative", "class_d", "class_e", "class_f"}:  # marks have no sign
        down, up = theme.signed([-1, 1], limit=1, role=role)
        for vision in ("normal", "deuteranopia", "protanopia"):
            assert delta_e76(down, up, vision) >= (5 if theme.grey_safe else 20), (role, vision)


@EVERY_THEME
@given(value=values, role=st.sampled_from(ROLES))
def test_a_number_reads_upon_its_cell(theme, value, role):
    for cell in (theme.signed(value, 1, role), theme.weight(value, role)):
        assert contrast(from_hex(theme.on(cell)), cell) >= READABLE


@given(one=values, other=values)
def test_more_is_never_painted_as_less(one, other):
    low, high = sorted((one, other))
    below, above = oklab(LIGHT.weight([low, high]))[:, 0]
    assert above <= below + 1e-9


def test_scales_keep_the_shape_and_stop_at_the_limit():
    assert LIGHT.signed(np.zeros((2, 3)), limit=1).shape == (2, 3, 3)
    assert LIGHT.weight(0.5).shape == (3,)
    np.testing.assert_array_equal(LIGHT.signed(9.0, limit=1), LIGHT.signed(1.0, limit=1))
    np.testing.assert_array_equal(LIGHT.signed(5.0, limit=0), LIGHT.signed(0.0, limit=1))
    np.testing.assert_allclose(LIGHT.signed(np.nan, limit=1), from_hex(LIGHT.muted))
    for limit in (-1, float("nan")):
        with pytest.raises(UsageError, match="limit"):
            LIGHT.weight(0.5, limit=limit)


def test_themes_are_found_by_name():
    assert get_theme("dark") is DARK
    assert get_theme(PRINT) is PRINT
    with pytest.raises(UsageError, match=r"'drk'.*dark"):
        get_theme("drk")
    with pytest.raises(UsageError, match=r"'encodr'.*encoder"):
        LIGHT.role("encodr")


def test_themes_cannot_change_so_copies_share_them():
    with pytest.raises(AttributeError):
        LIGHT.ink = "#000000"  # type: ignore[misc]
    with pytest.raises(TypeError):
        LIGHT.roles["hidden"] = LIGHT.roles["score"]  # type: ignore[index]
    assert deepcopy(LIGHT) is LIGHT


def test_a_theme_of_ones_own_needs_only_colours():
    own = Theme("own", "#FFFFFF", "#000000", "#444444", LIGHT.roles)
    assert own.sizes.small >= 8 / 45
    assert get_theme(own) is own


@EVERY_THEME
@EVERY_ROLE
def test_another_roles_text_reads_on_a_fill_that_is_chosen_for_it(theme, role):
    strong = replace(theme, roles={**theme.roles, role: Role(theme.role(role).ink, "#7F7F7F")})
    for own in (theme, strong):
        fill = own.fill_under(role, "score")
        assert contrast(from_hex(own.role("score").ink), from_hex(fill)) >= READABLE
        if contrast(from_hex(own.role("score").ink), from_hex(own.role(role).fill)) >= READABLE:
            assert fill.upper() == own.role(role).fill.upper()
