"""The `flask …` commands that belong to no feature."""

from __future__ import annotations

import logging
import subprocess
import sys

import click
import uvicorn
from flask import Flask

from pspm.core import jobs


def init_app(app: Flask) -> None:
    app.cli.command("worker", help="Do background jobs until stopped.")(work)
    app.cli.command("serve", help="Serve the app together with its worker.")(serve)


def work() -> None:
    jobs.queue().create_consumer(workers=1, periodic=False, check_worker_health=False).run()


@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
def serve(host: str, port: int) -> None:
    """One web process and one worker, which end together."""
    click.echo(f"PSPM is at http://{host}:{port} (stop with Ctrl-C)")
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    worker = subprocess.Popen([sys.executable, "-m", "flask", "worker"])
    try:
        uvicorn.run("wsgi:asgi", host=host, port=port, log_level="warning", access_log=False)
    finally:
        worker.terminate()
        worker.wait()
