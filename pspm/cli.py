"""The `flask …` commands."""

from __future__ import annotations

from flask import Flask

from pspm.core import jobs


def init_app(app: Flask) -> None:
    app.cli.command("worker", help="Do background jobs until stopped.")(work)


def work() -> None:
    jobs.queue().create_consumer(workers=1, periodic=False, check_worker_health=False).run()
