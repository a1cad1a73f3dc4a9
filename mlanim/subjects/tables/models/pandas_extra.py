"""pandas, which is an extra: asked for where it is first used, and told of where it is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from mlanim.errors import MlanimError

__all__ = ["pd"]


class _Pandas:
    """Stands for the module until something of it is wanted."""

    def __getattr__(self, name: str) -> Any:
        try:
            return getattr(import_module("pandas"), name)
        except ImportError as error:
            what = f"tables need {error.name or 'pandas'}"
            raise MlanimError(what, 'pip install "mlanim[tables]"') from None


pd: Any = _Pandas()
