"""The server is killed, again and again, while people type: what was shown as saved stays, once.

A short form of `make soak`, which kills it fifty times under twenty writers.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from config import Settings
from pspm.accounts.models import User
from pspm.app import create_app
from pspm.extensions import db
from pspm.plans.models import Item, PlanRole, Section
from tests.drafting.typist import Typist
from tests.factories import make_item, make_plan, make_plan_member, make_user

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("SOAK_KILLS", "3"))
WRITERS = int(os.environ.get("SOAK_WRITERS", "4"))
PACE_SECONDS = 0.1


@dataclass
class Writer:
    """A person who types words that nobody else types, and knows which of them were saved."""

    typist: Typist
    name: str
    typed: list[str] = field(default_factory=list)
    saved: set[str] = field(default_factory=set)
    error: BaseException | None = None


class Stage:
    """The server's process, and the gate that writers wait at while it is down."""

    def __init__(self, environ: dict[str, str], port: int) -> None:
        self.environ = environ
        self.port = port
        self.up = threading.Event()
        self.over = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "pspm", "--port", str(self.port)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | self.environ, stdout=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 60
        while True:
            assert time.monotonic() < deadline
            assert self._process.poll() is None
            try:
                with urllib.request.urlopen(self.address, timeout=5):
                    return
            except OSError:
                time.sleep(0.05)

    def kill(self) -> None:
        assert self._process is not None
        self.up.clear()
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def end(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=30)


def test_nothing_that_was_saved_is_lost_or_doubled(tmp_path: Path) -> None:
    stage, app, item, cookies = _prepare(tmp_path)
    writers = [Writer(Typist(stage.address, item, cookie), f"w{i}") for i, cookie in enumerate(cookies)]
    threads = [threading.Thread(target=_work, args=(writer, stage)) for writer in writers]
    try:
        stage.start()
        stage.up.set()
        for thread in threads:
            thread.start()
        for _ in range(KILLS):
            time.sleep(random.uniform(1, 3))
            stage.kill()
            before = set().union(*(writer.saved for writer in writers))
            stage.start()
            _expect(before, Typist(stage.address, item, cookies[0]))
            stage.up.set()
        time.sleep(1)
        stage.over.set()
        for thread in threads:
            thread.join(timeout=60)
        _compare(writers, Typist(stage.address, item, cookies[0]))
    finally:
        stage.over.set()
        stage.up.set()
        stage.end()
    _compare_column(app, item, writers)


def _prepare(folder: Path) -> tuple[Stage, Flask, str, list[str]]:
    environ = {"DATABASE_URL": f"sqlite:///{folder / 'pspm.sqlite'}", "PSPM_DATA_DIR": str(folder)}
    app = create_app(Settings.from_env(environ).as_flask())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with app.app_context():
        db.create_all()
        people = [make_user() for _ in range(WRITERS)]
        plan = make_plan(coordinator=people[0])
        for person in people[1:]:
            make_plan_member(plan, person, PlanRole.DRAFTER)
        item = make_item(plan, Section, text="Begin:").public_id
        db.session.commit()
        cookies = [_cookie(app, person) for person in people]
        db.engine.dispose()
    return Stage(environ, port), app, item, cookies


def _cookie(app: Flask, user: User) -> str:
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    return str(serializer.dumps({"_user_id": user.get_id(), "_fresh": True}))


def _work(writer: Writer, stage: Stage) -> None:
    try:
        while not stage.over.is_set():
            stage.up.wait()
            _type_until_cut_off(writer, stage)
        writer.typist.wait_saved()
        writer.saved.update(writer.typed)
        writer.typist.leave()
    except BaseException as error:
        writer.error = error


def _type_until_cut_off(writer: Writer, stage: Stage) -> None:
    typist = writer.typist
    try:
        typist.leave()
        typist.connect()
    except OSError:
        return
    while not stage.over.is_set() and typist.close_code is None:
        word = f"{writer.name}n{len(writer.typed)}"
        writer.typed.append(word)
        typist.type(f" {word}")
        moment = time.monotonic()
        while typist.close_code is None and time.monotonic() - moment < PACE_SECONDS:
            typist.read(0.02)
        if typist.close_code is None and typist.saved >= typist.sent:
            writer.saved.update(writer.typed)


def _expect(saved: set[str], observer: Typist) -> None:
    """All that was confirmed before the kill is there before any writer has come back."""
    observer.connect()
    lost = saved - set(observer.markdown.split())
    observer.leave()
    assert not lost


def _compare(writers: list[Writer], observer: Typist) -> None:
    errors = [writer.error for writer in writers if writer.error]
    assert not errors, errors
    observer.connect()
    words = observer.markdown.split()
    observer.leave()
    _expect_each_once(words, writers)


def _compare_column(app: Flask, item: str, writers: list[Writer]) -> None:
    """The server ended in order: the item's own text says the same."""
    with app.app_context():
        text = db.session.scalars(db.select(Item.text).where(Item.public_id == item)).one()
        db.session.rollback()
        db.engine.dispose()
    _expect_each_once(text.split(), writers)


def _expect_each_once(words: list[str], writers: list[Writer]) -> None:
    typed: list[Any] = [word for writer in writers for word in writer.typed]
    assert len(typed) > len(writers), "hardly anything was typed"
    assert sorted(words[1:]) == sorted(typed)
