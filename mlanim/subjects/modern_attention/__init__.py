"""What came after the first transformers: positions that turn, shared heads, windows, experts.

Its own nouns are imported on first use.
"""

from __future__ import annotations

from mlanim.on_first_use import on_first_use

_HOMES = {
    "CacheBars": "primitives.cache_bars",
    "CacheTable": "primitives.cache_table",
    "CompareBars": "primitives.compare_bars",
    "DraftTable": "primitives.draft_table",
    "ExpertPage": "primitives.expert_page",
    "ReachGrid": "primitives.reach_grid",
    "RollingCache": "primitives.rolling_cache",
    "RotaryDials": "primitives.rotary_dials",
    "RoundRows": "primitives.round_rows",
    "SharedHeads": "primitives.shared_heads",
    "TilePage": "primitives.tile_page",
}

__all__ = sorted(_HOMES)

__getattr__, __dir__ = on_first_use(__name__, _HOMES)
