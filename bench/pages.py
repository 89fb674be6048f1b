"""Requests a second: the reading page, posting a comment and the list of practices, beside a bare hello."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf

from bench import data
from bench.load import Load, measure
from bench.servers import Server, hello_server, memory_mb, pspm_server
from config import Settings
from pspm.accounts.models import User
from pspm.app import create_app
from pspm.extensions import db

SECONDS = 4
CONNECTIONS = (1, 16)
PRACTICES = (1_000, 100_000)


@dataclass(frozen=True)
class Target:
    """One address to measure; `aim` is the least share of the bare server's rate at one connection."""

    name: str
    path: str
    aim: float | None = None
    body: str | None = None


def run(folder: Path) -> None:
    bare = _measure_bare()
    latencies: dict[int, float] = {}
    for number in PRACTICES:
        environ = environ_of(folder, f"practices-{number}")
        app = create_app(Settings.from_env(environ).as_flask())
        with app.app_context():
            db.create_all()
            targets, user = _fill(number)
            headers, token = sign_in(app, user)
        with pspm_server(environ) as server:
            for target in targets:
                _measure(server, target, headers, token, bare)
            latencies[number] = _measure_search(server, number, bare)
            _print_process(server, number)
    small, large = (latencies[number] for number in PRACTICES)
    print(
        f"\nsearch p99, {PRACTICES[1]:,} practices beside {PRACTICES[0]:,}: {large / small:.2f} × (aim ≤ 3)"
    )


def environ_of(folder: Path, name: str) -> dict[str, str]:
    """The settings of a server with a database of its own in `folder`."""
    home = folder / name
    home.mkdir()
    return {
        "DATABASE_URL": f"sqlite:///{home / 'pspm.sqlite'}",
        "PSPM_DATA_DIR": str(home),
        "PSPM_ENVIRONMENT": "production",
        "PSPM_SECRET_KEY": "only for one measurement on this machine",
        "PSPM_MAIL_SERVER": "127.0.0.1",
    }


def _fill(practices: int) -> tuple[list[Target], User]:
    """The consultations are measured once, beside the small number of practices."""
    people = data.add_people(40)
    reader = people[1].id
    targets = _fill_rounds(people) if practices == PRACTICES[0] else []
    data.add_practices(reader, practices)
    return targets, db.session.get_one(User, reader)


def _fill_rounds(people: list[User]) -> list[Target]:
    targets = []
    for items, comments, aim in ((20, 50, 1 / 6), (20, 5_000, 1 / 8)):
        round_ = data.add_consultation(people, items=items, comments=comments)
        path = f"/rounds/{round_.public_id}"
        targets.append(Target(f"reading page, {items} items, {comments:,} comments", path, aim))
    for comments in (50, 500, 5_000):
        round_ = data.add_consultation(people, items=400, comments=comments)
        path = f"/rounds/{round_.public_id}"
        targets.append(Target(f"reading page, a part of 400 items, {comments:,} comments", path))
        targets.append(Target(f"reading page, all 400 items, {comments:,} comments", f"{path}?all=1", 1 / 12))
    round_ = data.add_consultation(people, items=20, comments=50)
    item, revision = data.first_item(round_)
    body = f"aspect=general&revision={revision}"
    targets.append(Target("posting a comment", f"/rounds/{round_.public_id}/items/{item}", 1 / 12, body))
    return targets


def sign_in(app: Flask, user: User) -> tuple[dict[str, str], str]:
    """A session cookie of `user` and a CSRF token that goes with it, as a browser would hold them."""
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    with app.test_request_context():
        token = generate_csrf()
        session.update({"_user_id": user.get_id(), "_fresh": True, "language": "it"})
        cookie = serializer.dumps(dict(session))
    return {"Cookie": f"session={cookie}"}, token


def _measure_bare() -> dict[int, Load]:
    loads = {}
    with hello_server() as server:
        measure(server.url + "/", connections=4, seconds=1)
        for connections in CONNECTIONS:
            loads[connections] = measure(server.url + "/", connections=connections, seconds=SECONDS)
            _print_row("bare Flask hello", connections, loads[connections], loads[connections], None)
    return loads


def _measure(
    server: Server, target: Target, headers: dict[str, str], token: str, bare: dict[int, Load]
) -> None:
    body = None if target.body is None else f"{target.body}&csrf_token={token}&text=A+remark+"
    for connections in CONNECTIONS:
        measure(server.url + target.path, connections=1, seconds=1, headers=headers, body=body)
        load = measure(
            server.url + target.path, connections=connections, seconds=SECONDS, headers=headers, body=body
        )
        aim = target.aim if connections == 1 else None
        _print_row(target.name, connections, load, bare[connections], aim)


def _measure_search(server: Server, number: int, bare: dict[int, Load]) -> float:
    """The list and a search in it; gives the search's p99 at one connection, in milliseconds."""
    path = f"/practices/?q={data.SEARCHED}"
    for connections in CONNECTIONS:
        load = measure(server.url + "/practices/", connections=connections, seconds=SECONDS)
        _print_row(f"list of {number:,} practices", connections, load, bare[connections], None)
    for connections in CONNECTIONS:
        load = measure(server.url + path, connections=connections, seconds=SECONDS)
        _print_row(f"search in {number:,} practices", connections, load, bare[connections], None)
        if connections == 1:
            p99 = load.p99_ms
    return p99


def _print_row(name: str, connections: int, load: Load, bare: Load, aim: float | None) -> None:
    share = f"1/{bare.per_second / load.per_second:.1f}"
    wanted = f"≥ 1/{1 / aim:.0f}" if aim else ""
    failed = f" ({load.failures} FAILED)" if load.failures else ""
    figures = f"{load.per_second:.0f}{failed} | {load.p50_ms:.2f} | {load.p99_ms:.2f}"
    print(f"| {name} | {connections} | {figures} | {share} | {wanted} |", flush=True)


def _print_process(server: Server, number: int) -> None:
    print(
        f"\nwith {number:,} practices: start to first page {server.start_seconds:.2f} s (aim ≤ 1.5); "
        f"all processes after the load {memory_mb(server.pid):.0f} MB PSS (aim ≤ 250)\n",
        flush=True,
    )
