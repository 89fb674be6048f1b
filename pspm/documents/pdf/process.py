"""WeasyPrint in a process of its own: the app never loads it, and it can be stopped."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pspm.core.errors import DomainError
from pspm.core.i18n import gettext as _

PROGRAM = Path(__file__).with_name("render.py")
STEPS = 7
"""As many as the program counts."""

TIME_LIMIT_SECONDS = 300
POLL_SECONDS = 0.25

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class AttachedFile:
    """A file inside the PDF: the source that it was made of."""

    name: str
    description: str
    content: bytes


def make_pdf(
    html: str, folder: Path, attached: Sequence[AttachedFile], report: Callable[[int, int], None]
) -> Path:
    """Lay `html` out in `folder` and return the PDF there.

    `report(done, total)` is called again and again; what it raises stops the work.
    """
    (folder / "document.html").write_text(html, encoding="utf-8")
    for file in attached:
        (folder / file.name).write_bytes(file.content)
    described = [{"file": file.name, "name": file.name, "description": file.description} for file in attached]
    (folder / "attachments.json").write_text(json.dumps(described), encoding="utf-8")
    with (folder / "errors").open("wb") as errors:
        # -I: nothing of the caller's environment or folder is imported.
        command = [sys.executable, "-I", str(PROGRAM), str(folder)]
        process = subprocess.Popen(command, stdout=errors, stderr=errors, cwd=folder)  # noqa: S603 - our own program
        try:
            _wait(process, folder / "progress", report)
        finally:
            process.kill()
            process.wait()
    if process.returncode:
        log.error("the PDF could not be made: %s", (folder / "errors").read_text(errors="replace")[-4000:])
        raise DomainError(_("The PDF could not be made. The administrators can find the reason in the log."))
    return folder / "document.pdf"


def _wait(process: subprocess.Popen[bytes], progress: Path, report: Callable[[int, int], None]) -> None:
    deadline, done = time.monotonic() + TIME_LIMIT_SECONDS, 0
    while True:
        try:
            process.wait(POLL_SECONDS)
        except subprocess.TimeoutExpired:
            done = max(done, _steps_done(progress))  # the file is empty while it is written anew
            report(done, STEPS)
        else:
            return
        if time.monotonic() > deadline:
            raise DomainError(_("Making the PDF took too long, so it was stopped."))


def _steps_done(progress: Path) -> int:
    """The step that is being done, counted from 1, is not yet done."""
    text = progress.read_text(encoding="ascii") if progress.is_file() else ""
    return max(0, int(text or 0) - 1)
