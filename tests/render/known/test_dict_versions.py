"""Python's own count of writes: where it is kept, no write goes by."""

import sys
from types import ModuleType

import pytest

from mlanim.render.known.dict_versions import versions_of

pytestmark = pytest.mark.skipif(
    sys.version_info >= (3, 14), reason="this Python keeps no versions of dicts"
)


class Owner:
    """Of an instance Python keeps the attributes without a dict until somebody asks for one."""


@pytest.fixture(params=["module", "class", "instance", "held by many"])
def owner(request):
    owners = {"module": ModuleType("owner"), "class": type("Owner", (), {})}
    owner = owners.get(request.param) or Owner()
    if request.param == "held by many":  # attributes: their names are no longer shared
        vars(owner).update({f"of_{number}": number for number in range(60)})
    owner.act = None
    return owner


def set_attribute(owner, value):
    owner.act = value


def by_name(owner, value):
    setattr(owner, "act", value)  # noqa: B010


def taken_away_and_set(owner, value):
    del owner.act
    owner.act = value


@pytest.mark.parametrize("write", [set_attribute, by_name, taken_away_and_set])
def test_each_write_counts_also_when_python_has_specialised_the_code(owner, write):
    versions = versions_of([vars(owner)])
    seen = [versions()]
    for value in range(300):
        write(owner, value)
        seen.append(versions())
    assert len({tuple(one) for one in seen}) == 301


def test_a_function_that_writes_its_globals_counts():
    module = ModuleType("counted")
    exec("n = 0\ndef write():\n    global n\n    n += 1", vars(module))
    versions = versions_of([vars(module)])
    seen = set()
    for _ in range(300):
        module.write()
        seen.add(tuple(versions()))
    assert len(seen) == 300


def test_what_only_reads_does_not_count(owner):
    versions = versions_of([vars(owner), vars(sys)])
    before = versions()
    for _ in range(300):
        assert owner.act is None
        assert "act" in dir(owner)
        assert dict(vars(owner))
    assert versions() == before
