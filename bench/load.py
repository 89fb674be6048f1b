"""Load from `wrk`: requests a second and latencies of one address."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass

_UNITS_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True)
class Load:
    """What one address bore: requests a second, latencies in milliseconds, answers that were no success."""

    per_second: float
    p50_ms: float
    p99_ms: float
    failures: int


def measure(
    url: str,
    *,
    connections: int,
    seconds: float,
    headers: dict[str, str] | None = None,
    body: str | None = None,
) -> Load:
    """Send GET (or POST with `body` and a number that is never the same) over `connections` for `seconds`."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SystemExit("Missing: wrk (to measure requests). Install it with: apt-get install wrk")
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_script(headers or {}, body))
        script.flush()
        command = [wrk, "-t1", f"-c{connections}", f"-d{seconds:g}s", "--latency", "-s", script.name, url]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return _parse(output)


def _script(headers: dict[str, str], body: str | None) -> str:
    lines = [f'wrk.headers["{name}"] = [[{value}]]' for name, value in headers.items()]
    if body is not None:
        lines.append('wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"')
        lines.append("local sent = math.floor(os.clock() * 1e9) % 1e9")
        lines.append(
            f"function request() sent = sent + 1; return wrk.format('POST', nil, nil, [[{body}]] .. sent) end"
        )
    return "\n".join(lines)


def _parse(output: str) -> Load:
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", output)
    if rate is None:
        raise RuntimeError(output)
    return Load(float(rate[1]), _latency(output, 50), _latency(output, 99), int(failed[1]) if failed else 0)


def _latency(output: str, percent: int) -> float:
    found = re.search(rf"{percent}%\s+([\d.]+)(us|ms|s)", output)
    if found is None:
        raise RuntimeError(output)
    return float(found[1]) * _UNITS_MS[found[2]]
