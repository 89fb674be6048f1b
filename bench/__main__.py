"""Run all measurements and print them as one table; every figure stands beside the bare server's."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench import firstview, pages, pdf


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="pspm-bench-") as folder:
        print("| what | connections | requests/s | p50 ms | p99 ms | of the bare server | aim |")
        print("|---|---|---|---|---|---|---|")
        pages.run(Path(folder))
        print()
        firstview.run(Path(folder))
        print()
        pdf.run(Path(folder))


if __name__ == "__main__":
    main()
