"""The members of mobjects' families, in Manim's order, in linear time.

Manim walks the family of every mobject in a list that already holds whole families, and throws
the repetitions away afterwards. A walk from the last mobject to the first meets each mobject at
the place where Manim keeps it, and may pass by any family that it has seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter

from manim import Animation, AnimationGroup, Mobject, Scene
from manim.utils.family import extract_mobject_family_members
from manim.utils.iterables import remove_list_redundancies

from mlanim.render.twins.patching import Unaltered

_MANIMS = Scene.get_restructured_mobject_list
_WALK = "_iter_family"  # by which Manim's `get_family` goes from each mobject to its members
WALKS = ("get_family", _WALK, "family_members_with_points", "get_num_points")


def family_members(
    mobjects: Iterable[Mobject], use_z_index: bool = False, only_those_with_points: bool = False
) -> list[Mobject]:
    """``manim.utils.family.extract_mobject_family_members``, sooner.

    family_members([VGroup(a, b)])  ->  [VGroup, a, b]
    """
    mobjects = list(mobjects)
    try:
        found = _members(mobjects)
        if only_those_with_points:
            found = _with_points(found)
    except _OwnWalk:
        return extract_mobject_family_members(mobjects, use_z_index, only_those_with_points)
    if use_z_index:
        found.sort(key=attrgetter("z_index"))
    return found


def family(mobject: Mobject, recurse: bool = True) -> list[Mobject]:
    """``Mobject.get_family``."""
    try:
        return _members([mobject])
    except _OwnWalk:
        return remove_list_redundancies(list(mobject._iter_family(set())))


def families_with_points(mobject: Mobject) -> list[Mobject]:
    """``Mobject.family_members_with_points``."""
    try:
        return _with_points(_members([mobject]))
    except _OwnWalk:
        return [member for member in mobject.get_family() if member.get_num_points() > 0]


def moving_mobjects(scene: Scene, *animations: Animation) -> list[Mobject]:
    """``Scene.get_moving_mobjects``: all from the first on of which a part moves.

    Manim asks each mobject's family, and in it each member's family once more.
    """
    animated = set(_animated(animations))
    foreground = scene.foreground_mobjects
    known: dict[int, bool] = {}

    def moves(mobject: Mobject) -> bool:
        place = id(mobject)
        found = known.get(place)
        if found is None:
            found = known[place] = (
                mobject in animated
                or len(mobject.updaters) > 0
                or mobject in foreground
                or any(map(moves, mobject.submobjects))
            )
        return found

    mobjects = scene.get_mobject_family_members()
    return next((mobjects[i:] for i, one in enumerate(mobjects) if moves(one)), [])


def _animated(animations: Iterable[Animation]) -> Iterator[Mobject]:
    for animation in animations:
        yield from animation.mobject.get_family()
        if isinstance(animation, AnimationGroup):
            yield from _animated(animation.animations)


def left_without(
    scene: Scene, mobjects: Iterable[Mobject], to_remove: Iterable[Mobject]
) -> list[Mobject]:
    """``Scene.get_restructured_mobject_list``: families that lose a member come apart.

    left_without(scene, [VGroup(a, VGroup(b, c))], [b])  ->  [a, c]
    """
    mobjects, removed = list(mobjects), set(to_remove)
    left: list[Mobject] = []
    kinds: set[type[Mobject]] = set()
    _leave(mobjects, removed, left, kinds)
    return left if all(map(_walks_plainly, kinds)) else _MANIMS(scene, mobjects, removed)


def _leave(
    mobjects: list[Mobject], removed: set[Mobject], left: list[Mobject], kinds: set[type[Mobject]]
) -> None:
    """Keep what is left of each; whose families were walked through goes to the kinds."""
    kinds.update(map(type, mobjects))
    for mobject in mobjects:
        if mobject in removed:
            continue
        if mobject.submobjects and _meets(mobject, removed, kinds):
            _leave(mobject.submobjects, removed.intersection(mobject.get_family()), left, kinds)
        else:
            left.append(mobject)


def _meets(mobject: Mobject, wanted: set[Mobject], kinds: set[type[Mobject]]) -> bool:
    """Whether one of a family's members, by plain walks, is wanted."""
    waiting, seen = [mobject.submobjects], {mobject}
    for members in waiting:
        kinds.update(map(type, members))
        if not wanted.isdisjoint(members):
            return True
        holders = [member for member in members if member.submobjects and member not in seen]
        seen.update(holders)
        waiting += [holder.submobjects for holder in holders]
    return False


def _members(mobjects: list[Mobject]) -> list[Mobject]:
    if not _walks_plainly.none_have(mobjects):
        raise _OwnWalk
    found: list[Mobject] = []
    _walk_backwards(mobjects, set(), found)
    if not all(map(_walks_plainly, set(map(type, found)))):
        raise _OwnWalk
    found.reverse()
    return found


def _walk_backwards(mobjects: list[Mobject], seen: set[Mobject], found: list[Mobject]) -> None:
    for mobject in reversed(mobjects):
        if mobject not in seen:
            seen.add(mobject)  # on the way in, so that a family that contains itself ends
            held = mobject.__dict__
            if _WALK in held or "submobjects" not in held:
                raise _OwnWalk
            if members := held["submobjects"]:
                _walk_backwards(members, seen, found)
            found.append(mobject)


def _with_points(mobjects: list[Mobject]) -> list[Mobject]:
    found = []
    for mobject in mobjects:
        held = mobject.__dict__
        if "get_num_points" in held or "points" not in held:
            raise _OwnWalk
        if len(held["points"]):
            found.append(mobject)
    return found


_walks_plainly = Unaltered(Mobject, WALKS)


class _OwnWalk(Exception):  # noqa: N818
    """A mobject of the list walks its family in a way of its own."""
