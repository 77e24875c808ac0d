"""What every test runs in: no screen, no network, another time zone, no thread left behind."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator

# Whole, before Qt's own import hook looks into every new module: in one that is half made the
# hook's question ends the import (PySide6 6.11 with pydantic 2.14, where tests use both).
import pydantic.fields  # noqa: F401
import pytest
from hypothesis import settings

LOOPBACK = ("127.0.0.1", "::1", "localhost")

settings.register_profile("ci", derandomize=True, deadline=None, database=None, print_blob=True)
settings.register_profile("dev", deadline=None, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    """Stop any connection that would leave this machine; sockets between local parts may be."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if host not in LOOPBACK:
        message = f"a test tried to reach {host}"
        raise PermissionError(message)


def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    cache = getattr(config, "cache", None)
    if cache is not None:  # matplotlib's font list is made once, and not in the tester's home
        os.environ["MPLCONFIGDIR"] = str(cache.mkdir("matplotlib"))
    # A program that reads this machine's zone instead of the clinic's is a day off here.
    os.environ["TZ"] = "Pacific/Kiritimati"
    if hasattr(time, "tzset"):
        time.tzset()
    sys.addaudithook(refuse_network)


@pytest.fixture(autouse=True)
def _no_thread_is_left_behind() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before]
    for thread in left:
        thread.join(timeout=2)
    still = [thread.name for thread in left if thread.is_alive() and not thread.daemon]
    assert not still, f"threads still running after the test: {still}"
