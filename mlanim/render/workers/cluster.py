"""Workers on other machines: a Dask cluster as an executor; the extra `cluster` installs it."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mlanim.errors import MlanimError, UsageError

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["check_address", "connected"]

_PATIENCE = 10  # seconds
_FORM = "write the scheduler's address, such as tcp://10.0.0.5:8786"


@contextmanager
def connected(address: str) -> Iterator[tuple[Executor, int]]:
    """An executor that runs tasks on a cluster, and how many it has room for.

    Raises:
        UsageError: no address of a scheduler; or `distributed` is not installed.
        MlanimError: nobody answers there, or the scheduler has no workers.
    """
    check_address(address)
    logger = logging.getLogger("distributed")
    before = logger.level
    logger.setLevel(logging.CRITICAL)  # what goes wrong is told in one line, by us
    try:
        with _client(address) as client:
            room = sum(client.nthreads().values())
            if not room:
                raise MlanimError(
                    f"--cluster {address} has no workers", f"start some: dask worker {address}"
                )
            yield client.get_executor(retries=0), room
    finally:
        logger.setLevel(before)


def check_address(address: str) -> None:
    """Refuse what is no address of a scheduler.

    Raises:
        UsageError: with the form that it must have.
    """
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("tcp", "tls") and parts.hostname and parts.port
    except ValueError:  # a port that is no number
        good = False
    if not good:
        raise UsageError(f"--cluster {address!r} is no address", _FORM)


@contextmanager
def _client(address: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(
            f"--cluster {address} needs Dask", 'pip install "mlanim[cluster]"', "or leave it out"
        ) from error
    parts = urlsplit(address)
    try:
        socket.create_connection((parts.hostname, parts.port), _PATIENCE).close()
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, RuntimeError) as error:
        raise MlanimError(
            f"--cluster {address}: no scheduler answers", "start one with `dask scheduler`", _FORM
        ) from error
    with client:
        yield client
