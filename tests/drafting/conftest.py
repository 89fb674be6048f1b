"""A real server with its hub, in a thread of the test's process, and writers who connect to it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

import pytest
import uvicorn
from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi_typing import WSGIApp
from flask import Flask

from pspm.accounts.models import User
from pspm.core.database import reading
from pspm.core.isolation import isolated
from pspm.drafting.hub import Hub
from pspm.drafting.hub.connection import SERVER_OPTIONS
from pspm.drafting.hub.hub import ASGIApp
from pspm.extensions import db
from pspm.plans.models import Item, PlanRole, Section
from tests.client import CheckedClient
from tests.drafting.typist import Typist
from tests.factories import make_item, make_plan, make_plan_member, make_user


@dataclass
class Scene:
    """An item of a plan at work, and two who may write it."""

    item: Item
    anna: User
    bruno: User


@pytest.fixture(autouse=True)
def _reading() -> Iterator[None]:
    """The test's own session reads between the writes of the server, and must not stand in its way."""
    with reading():
        yield


@pytest.fixture
def scene(app: Flask) -> Scene:
    anna, bruno = make_user(name="Anna"), make_user(name="Bruno")
    plan = make_plan(coordinator=anna)
    make_plan_member(plan, bruno, PlanRole.DRAFTER)
    item = make_item(plan, Section, title="Services online", text="The first words.")
    db.session.commit()
    return Scene(item, anna, bruno)


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the pages and the live texts are served."""
    with serving(app) as url:
        yield url
    del app.extensions["live_hub"]


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """One more server on the app's database."""
    pages = WSGIMiddleware(cast("WSGIApp", isolated(app.wsgi_app)), workers=2)
    hub = Hub(app, cast("ASGIApp", pages))
    config = uvicorn.Config(cast("Any", hub), host="127.0.0.1", port=0, **SERVER_OPTIONS)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=20)


@pytest.fixture
def typist(
    address: str, scene: Scene, sign_in: Callable[[User], CheckedClient]
) -> Iterator[Callable[..., Typist]]:
    """`typist(user)`: connected to the scene's item."""
    opened: list[Typist] = []

    def begin(user: User, **options: Any) -> Typist:
        cookie = sign_in(user).get_cookie("session")
        assert cookie is not None
        one = Typist(options.pop("address", address), scene.item.public_id, cookie.value, **options)
        opened.append(one)
        return one.connect()

    yield begin
    for one in opened:
        one.leave()
