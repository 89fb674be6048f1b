"""Attached files: what they are (by their content, not their name) and where they lie."""

from __future__ import annotations

import hashlib
import io
import lzma
import os
import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath

from flask import current_app

FOLDER = "attachments"
MAX_MIMETYPE_BYTES = 200
MAX_ZIP_ENTRIES = 10_000
MAX_NAME = 150

_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    EOFError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip
"""What reading a damaged, encrypted or forged archive can end in."""
_WORD = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"


def _starts_with(*magic: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(magic)


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def _is_text(data: bytes) -> bool:
    return not _CONTROL.search(data)


def _zip_with(member: str, content: str = "") -> Callable[[bytes], bool]:
    """A zip archive that holds `member` (with exactly `content`, if given) and no macros."""

    def matches(data: bytes) -> bool:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                names = archive.namelist()
                if len(names) > MAX_ZIP_ENTRIES or member not in names:
                    return False
                if any(name.lower().endswith("vbaproject.bin") for name in names):
                    return False
                with archive.open(member) as inner:
                    return not content or inner.read(MAX_MIMETYPE_BYTES) == content.encode()
        except _BROKEN:
            return False

    return matches


def _odf(kind: str) -> tuple[str, Callable[[bytes], bool]]:
    media_type = f"{_ODF}.{kind}"
    return media_type, _zip_with("mimetype", media_type)


KINDS: Mapping[str, tuple[str, Callable[[bytes], bool]]] = {
    ".pdf": ("application/pdf", _is_pdf),
    ".png": ("image/png", _starts_with(b"\x89PNG\r\n\x1a\n")),
    ".jpg": ("image/jpeg", _starts_with(b"\xff\xd8\xff")),
    ".jpeg": ("image/jpeg", _starts_with(b"\xff\xd8\xff")),
    ".csv": ("text/csv", _is_text),
    ".txt": ("text/plain", _is_text),
    ".odt": _odf("text"),
    ".ods": _odf("spreadsheet"),
    ".odp": _odf("presentation"),
    ".docx": (f"{_WORD}.wordprocessingml.document", _zip_with("word/document.xml")),
    ".xlsx": (f"{_WORD}.spreadsheetml.sheet", _zip_with("xl/workbook.xml")),
    ".pptx": (f"{_WORD}.presentationml.presentation", _zip_with("ppt/presentation.xml")),
}
"""By the ending of the name: the media type, and whether the content is of it."""


def find_media_type(filename: str, data: bytes) -> str | None:
    """The media type of a file whose content agrees with its name; None if it may not be attached."""
    kind = KINDS.get(PurePath(filename).suffix.lower())
    return kind[0] if kind and data and kind[1](data) else None


def clean_name(filename: str) -> str:
    """The last part of a name, safe on every system, its ending kept."""
    last = _UNSAFE.sub(" ", filename.replace("\\", "/").rpartition("/")[2])
    path = PurePath(" ".join(last.split()).lstrip(". "))
    return path.stem[:MAX_NAME] + path.suffix.lower() if path.name else ""


def path_of(sha256: str) -> Path:
    """Where the file with this hash lies."""
    folder: Path = current_app.config["DATA_DIR"]
    return folder / FOLDER / sha256[:2] / sha256


def hash_of(data: bytes) -> str:
    """The SHA-256 under which `data` is kept."""
    return hashlib.sha256(data).hexdigest()


def store(data: bytes, sha256: str) -> None:
    """Keep `data` under its hash; the same bytes are kept once. The caller holds the file's lock."""
    path = path_of(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
            part.write(data)
            part.flush()
            os.fsync(part.fileno())
        Path(part.name).replace(path)


def remove(sha256: str) -> None:
    """Take a file away; the caller holds its lock and knows that no attachment names it any more."""
    path_of(sha256).unlink(missing_ok=True)
