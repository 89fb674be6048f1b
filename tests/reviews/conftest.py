"""What the tests of `reviews` share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from pspm.core import cache
from pspm.reviews.services import contributions, decisions, rounds
from tests.reviews.world import World, make_world


@pytest.fixture
def world(app: Flask) -> World:
    """An open round for everyone signed in."""
    cache.clear()
    return make_world()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Stop the clock of the services."""

    def stop(moment: datetime) -> None:
        for module in (contributions, decisions, rounds):
            monkeypatch.setattr(module, "now", lambda: moment)

    return stop
