"""Files that can be made again (PDFs) and files that wait (uploads), in the data folder."""

from __future__ import annotations

import os
import time
from pathlib import Path

from flask import current_app

from pspm.core.ids import new_public_id

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


def put_upload(owner: str, data: bytes) -> str:
    """Keep a file for its owner until it is imported; those forgotten for a day go. Returns its token."""
    folder = _folder("uploads")
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - UPLOADS_KEPT_SECONDS:
            old.unlink(missing_ok=True)
    token = new_public_id()
    (folder / f"{owner}-{token}").write_bytes(data)
    return token


def find_upload(owner: str, token: str) -> bytes | None:
    """The owner's file, if it is still there."""
    path = _upload_path(owner, token)
    return path.read_bytes() if path and path.is_file() else None


def drop_upload(owner: str, token: str) -> None:
    path = _upload_path(owner, token)
    if path:
        path.unlink(missing_ok=True)


def _upload_path(owner: str, token: str) -> Path | None:
    """Where the file would lie; None for a token that was never one of ours."""
    return _folder("uploads") / f"{owner}-{token}" if token.isalnum() and token.isascii() else None


def _folder(name: str) -> Path:
    folder: Path = current_app.config["DATA_DIR"] / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
