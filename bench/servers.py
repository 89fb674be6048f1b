"""Server processes on the loopback address, started as in production and ended with the block."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_TIMEOUT_SECONDS = 30


@dataclass(frozen=True)
class Server:
    """A running server: its address, the process at the head of it, seconds until the first page."""

    url: str
    pid: int
    start_seconds: float


@contextmanager
def hello_server() -> Iterator[Server]:
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "bench.hello:asgi",
        "--log-level",
        "warning",
        "--no-access-log",
    ]
    with _running(command, port := _free_port(), {}, ["--port", str(port)]) as server:
        yield server


@contextmanager
def pspm_server(environ: dict[str, str]) -> Iterator[Server]:
    """The web process and its worker, on the database that `environ` names."""
    port = _free_port()
    command = [sys.executable, "-m", "pspm"]
    with _running(command, port, environ, ["--port", str(port)]) as server:
        yield server


@contextmanager
def _running(command: list[str], port: int, environ: dict[str, str], options: list[str]) -> Iterator[Server]:
    url = f"http://127.0.0.1:{port}"
    begun = time.perf_counter()
    # As where it is installed: with the bytecode of its modules kept.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        [*command, *options], env=inherited | environ, stdout=subprocess.DEVNULL, stderr=sys.stderr
    )
    try:
        _wait_for(url, process)
        yield Server(url, process.pid, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"server ended with {process.returncode}")
        try:
            with urllib.request.urlopen(url + "/", timeout=5):
                return
        except OSError:
            time.sleep(0.01)
    raise TimeoutError(url)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def memory_mb(pid: int) -> float:
    """Proportional set size of a process and all below it, in MB."""
    total = 0
    for member in _family(pid):
        for line in Path(f"/proc/{member}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(member for child in children for member in _family(int(child)))]
