"""One web process and one worker, which end together.

The worker is forked from the loaded app, so both share its memory, and nothing is loaded twice.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import time
from threading import Thread

import click
import uvicorn

from pspm.core import jobs
from pspm.drafting.hub.connection import SERVER_OPTIONS
from wsgi import app, asgi

PARENT_POLL_SECONDS = 0.5


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
def serve(host: str, port: int) -> None:
    """Serve the app and do its background jobs."""
    click.echo(f"PSPM is at http://{host}:{port} (stop with Ctrl-C)")
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    worker = multiprocessing.get_context("fork").Process(target=_work, args=(os.getpid(),), daemon=True)
    worker.start()
    try:
        uvicorn.run(asgi, host=host, port=port, **SERVER_OPTIONS)
    finally:
        worker.terminate()
        worker.join()


def _work(parent: int) -> None:
    """A server that is killed cannot end its worker: the worker looks for itself."""
    Thread(target=_end_with, args=(parent,), daemon=True).start()
    with app.app_context():
        jobs.work()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(PARENT_POLL_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
