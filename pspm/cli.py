"""The `flask …` commands that belong to no feature."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from contextvars import Context
from functools import partial
from threading import Thread

import click
import uvicorn
from flask import Flask, current_app

from pspm import seeds
from pspm.core import jobs
from pspm.extensions import db

PARENT_POLL_SECONDS = 0.5


def init_app(app: Flask) -> None:
    app.cli.command("worker", help="Do background jobs until stopped.")(work)
    app.cli.command("serve", help="Serve the app together with its worker.")(serve)
    app.cli.command("seed", help="Load the sample data (never in production).")(seed)


@click.option("--parent", type=int, help="End when this process, which started the worker, has ended.")
def work(parent: int | None) -> None:
    """A server that is killed cannot end its worker: the worker looks for itself."""
    if parent is not None:
        Thread(target=_end_with, args=(parent,), daemon=True).start()
    jobs.queue().create_consumer(workers=1, periodic=False, check_worker_health=False).run()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(PARENT_POLL_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
def serve(host: str, port: int) -> None:
    """One web process and one worker, which end together.

    Commands run in an app context, and tasks of asyncio inherit it: requests would then share one `g`, and so
    the signed-in person and the database session. The server gets a context of its own, with nothing in it.
    """
    click.echo(f"PSPM is at http://{host}:{port} (stop with Ctrl-C)")
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    worker = subprocess.Popen([sys.executable, "-m", "flask", "worker", "--parent", str(os.getpid())])  # noqa: S603
    try:
        server = partial(uvicorn.run, host=host, port=port, log_level="warning", access_log=False)
        Context().run(server, "wsgi:asgi")
    finally:
        worker.terminate()
        worker.wait()


def seed() -> None:
    """Load everything or, the second time, nothing; then say who can sign in."""
    if current_app.config["ENVIRONMENT"] == "production":
        raise click.ClickException("The sample people share a known password: not in production.")
    loaded = seeds.load_sample_data()
    db.session.commit()
    click.echo("The sample data is loaded." if loaded else "The sample data was loaded before.")
    click.echo(f"All people sign in with the password {seeds.PASSWORD}")
    for person in seeds.list_people():
        click.echo(f"  {person['email']:32} {person['role']}")
