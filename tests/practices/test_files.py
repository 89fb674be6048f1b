"""Attached files: told by their content, kept once, gone when nobody names them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from threading import Thread

import pytest
from flask import Flask

from pspm.accounts.models import Body, User
from pspm.core.errors import InvalidInput, NotFound, StateConflict
from pspm.extensions import db
from pspm.practices import files, queries, services
from pspm.practices.models import Attachment, Practice, PracticeStatus
from tests.factories import make_practice
from tests.plans.test_concurrent_saves import run_both

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
ODT = "application/vnd.oasis.opendocument.text"


def make_zip(**members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def damaged_zip(**members: str) -> bytes:
    """An archive whose list of members is sound and whose content is not."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    data = bytearray(buffer.getvalue())
    data[45:50] = b"\xff" * 5
    return bytes(data)


DOCX = make_zip(**{"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("guide.pdf", PDF, "application/pdf"),
        ("GUIDE.PDF", PDF, "application/pdf"),
        ("map.png", PNG, "image/png"),
        ("photo.jpg", b"\xff\xd8\xff\xe0rest", "image/jpeg"),
        ("photo.jpeg", b"\xff\xd8\xff\xe0rest", "image/jpeg"),
        ("data.csv", "città;valore\r\nRoma;3\n".encode("cp1252"), "text/csv"),
        ("notes.txt", "Città".encode(), "text/plain"),
        ("text.odt", make_zip(mimetype=ODT), ODT),
        ("text.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("page.html", b"<html></html>", None),
        ("guide.pdf", b"<html>", None),
        ("map.png", PDF, None),
        ("photo.jpg", PNG, None),
        ("data.csv", PDF + b"\0", None),
        ("text.odt", DOCX, None),
        ("text.odt", make_zip(mimetype="application/zip"), None),
        ("text.docx", make_zip(mimetype=ODT), None),
        ("text.docx", b"PK\x03\x04 not really", None),
        ("text.docx", make_zip(**{"word/document.xml": "", "word/vbaProject.bin": ""}), None),
        ("empty.txt", b"", None),
        ("noending", PDF, None),
        ("text.odt", damaged_zip(mimetype=ODT), None),
    ],
)
def test_media_type_is_that_of_the_content(name: str, data: bytes, media_type: str | None) -> None:
    assert files.find_media_type(name, data) == media_type


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("guide.pdf", "guide.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\x\\Guida uso.PDF", "Guida uso.pdf"),
        ('a"b\r\nX: y.pdf', "a b X y.pdf"),
        (" .hidden.txt", "hidden.txt"),
        ("", ""),
        ("x" * 300 + ".pdf", "x" * 150 + ".pdf"),
    ],
)
def test_names_are_made_safe(name: str, clean: str) -> None:
    assert files.clean_name(name) == clean


@pytest.fixture
def practice(body: Body, author: User) -> Practice:
    return make_practice(body=body, author=author)


def add(practice: Practice, name: str = "guide.pdf", data: bytes = PDF) -> Attachment:
    return services.add_attachment(practice=practice, author=practice.created_by, filename=name, data=data)


def test_file_is_kept_under_its_hash(practice: Practice) -> None:
    attachment = add(practice)
    assert (attachment.filename, attachment.media_type, attachment.size) == (
        "guide.pdf",
        "application/pdf",
        len(PDF),
    )
    assert files.path_of(attachment.sha256).read_bytes() == PDF
    assert queries.get_practice(practice.public_id).attachments == [attachment]


def test_file_of_another_kind_is_refused(practice: Practice) -> None:
    with pytest.raises(InvalidInput) as caught:
        add(practice, "page.html", b"<script>")
    assert list(caught.value.fields) == ["file"]


def test_eleventh_file_is_refused(practice: Practice) -> None:
    for number in range(services.MAX_FILES):
        add(practice, data=PDF + bytes([number]))
    with pytest.raises(InvalidInput):
        add(practice)


def test_files_are_frozen_while_the_practice_is_checked(practice: Practice) -> None:
    attachment = add(practice)
    practice.status = PracticeStatus.SUBMITTED
    db.session.flush()
    with pytest.raises(StateConflict):
        add(practice)
    with pytest.raises(StateConflict):
        services.delete_attachment(practice=practice, attachment=attachment)


def test_bytes_go_with_the_last_file_that_names_them(practice: Practice) -> None:
    first, second = add(practice), add(practice, "copy.pdf")
    path = files.path_of(first.sha256)
    services.delete_attachment(practice=practice, attachment=first)
    db.session.commit()
    assert path.exists()
    services.delete_attachment(practice=practice, attachment=second)
    assert path.exists(), "not before the commit"
    db.session.commit()
    assert not path.exists()


def test_file_of_another_practice_is_not_found(practice: Practice) -> None:
    attachment = add(practice)
    with pytest.raises(NotFound):
        queries.get_attachment(queries.get_practice(make_practice().public_id), attachment.public_id)


def test_same_bytes_added_while_their_last_use_is_deleted_are_kept(
    app: Flask, practice: Practice, author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody names the bytes any more, and just before they go somebody adds them again."""
    attachment = add(practice)
    other = make_practice(body=practice.body, author=author)
    db.session.commit()
    other_id, author_id, sha256 = other.id, author.id, attachment.sha256

    def add_again() -> None:
        with app.app_context():
            services.add_attachment(
                practice=db.session.get_one(Practice, other_id),
                author=db.session.get_one(User, author_id),
                filename="again.pdf",
                data=PDF,
            )
            db.session.commit()

    adding = Thread(target=add_again)

    def remove_late(gone: str) -> None:
        adding.start()
        adding.join(timeout=0.5)
        files.path_of(gone).unlink()

    monkeypatch.setattr(files, "remove", remove_late)
    services.delete_attachment(practice=practice, attachment=attachment)
    db.session.commit()
    adding.join(timeout=20)
    assert queries.is_file_used(sha256)
    assert files.path_of(sha256).read_bytes() == PDF


def test_last_two_uses_deleted_at_once_leave_no_bytes(app: Flask, practice: Practice, author: User) -> None:
    other = make_practice(body=practice.body, author=author)
    path = files.path_of(add(practice).sha256)
    add(other)
    ids = practice.id, other.id
    db.session.commit()

    def deleter(practice_id: int) -> Callable[[], None]:
        def delete() -> None:
            found = db.session.get_one(Practice, practice_id)
            [attachment] = queries.get_practice(found.public_id).attachments
            services.delete_attachment(practice=found, attachment=attachment)

        return delete

    assert run_both(app, *map(deleter, ids)) == ["done", "done"]
    assert not path.exists()
