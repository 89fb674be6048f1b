"""Run all measurements and print them as one table; every figure stands beside the bare server's."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench import firstview, live, pages, pdf


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="pspm-bench-") as folder:
        print("| what | connections | requests/s | p50 ms | p99 ms | of the bare server | aim |")
        print("|---|---|---|---|---|---|---|")
        pages.run(Path(folder))
        print()
        print("| writers of one text | edit → seen p50, p99 ms | edit → on disk p50, p99 ms | aim, p99 |")
        print("|---|---|---|---|")
        live.run(Path(folder))
        print()
        firstview.run(Path(folder))
        print()
        pdf.run(Path(folder))


if __name__ == "__main__":
    main()
