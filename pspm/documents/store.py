"""Files that can be made again (PDFs) and files that wait (uploads), in the data folder."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path

from flask import current_app

from pspm.core.errors import NotFound
from pspm.core.i18n import gettext as _

UPLOADS_KEPT_SECONDS = 24 * 60 * 60


def pdf_folder() -> Path:
    return _folder("documents")


def pdf_path(key: str) -> Path:
    return pdf_folder() / f"{key}.pdf"


def find_pdf(key: str) -> Path | None:
    """The PDF that was made under this key, if it is there."""
    path = pdf_path(key)
    return path if path.is_file() else None


def put_pdf(key: str, made: Path) -> None:
    """Take over a file that was made in the same folder; a reader sees the whole of it or nothing."""
    os.replace(made, pdf_path(key))


def put_upload(upload: str, data: bytes) -> None:
    """Keep a file until it is imported or discarded; `upload` is an identifier of ours."""
    _upload_path(upload).write_bytes(data)


def has_upload(upload: str) -> bool:
    return _upload_path(upload).is_file()


def read_upload(upload: str) -> bytes:
    """The file. Raises NotFound if it is no longer here."""
    try:
        return _upload_path(upload).read_bytes()
    except FileNotFoundError:
        raise NotFound(gone_message()) from None


def gone_message() -> str:
    return _("This file is no longer here. Upload it again.")


def drop_upload(upload: str) -> None:
    for path in (_upload_path(upload), _faults_path(upload)):
        path.unlink(missing_ok=True)


def put_faults(upload: str, lines: Iterable[str]) -> None:
    """Keep what was found wrong in a file beside it, a line for each fault."""
    with _faults_path(upload).open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def read_faults(upload: str, start: int, stop: int) -> list[str]:
    """The lines from `start` up to `stop`, without reading the others into memory."""
    try:
        with _faults_path(upload).open(encoding="utf-8") as file:
            return [line.rstrip("\n") for line in islice(file, start, stop)]
    except FileNotFoundError:
        raise NotFound(gone_message()) from None


def sweep_uploads() -> None:
    """Delete the files that nobody imported or discarded for a day."""
    for path in _folder("uploads").iterdir():
        with suppress(FileNotFoundError):  # imported at this moment
            if path.stat().st_mtime < time.time() - UPLOADS_KEPT_SECONDS:
                path.unlink()


def _upload_path(upload: str) -> Path:
    return _folder("uploads") / f"{upload}.xml"


def _faults_path(upload: str) -> Path:
    return _folder("uploads") / f"{upload}.faults"


def _folder(name: str) -> Path:
    folder: Path = current_app.config["DATA_DIR"] / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
