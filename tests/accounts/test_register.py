"""`flask bodies import`: the real register, and files with every kind of fault."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from pspm.accounts.models import Body, BodyKind, BodyStatus
from pspm.accounts.queries import list_bodies
from pspm.accounts.register import kind_of
from pspm.extensions import db
from tests.factories import make_body

HEADER = "ipa_code,name,category,website\n"
GOOD = "m_ef,Ministero dell'Economia e delle Finanze,Presidenza del Consiglio,https://www.mef.gov.it\n"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return tmp_path / "register.csv"


def run(app: Flask, *args: str, **kwargs: object) -> Result:
    return app.test_cli_runner().invoke(args=list(args), **kwargs)  # type: ignore[arg-type]


def load(app: Flask, register: Path, text: str | bytes) -> Result:
    register.write_bytes(text if isinstance(text, bytes) else text.encode())
    return run(app, "bodies", "import", str(register))


def test_real_register_loads_in_seconds_and_once(app: Flask, shared_data: Path) -> None:
    file = str(shared_data / "italy" / "public_bodies_ipa.csv")
    begun = time.monotonic()
    first = run(app, "bodies", "import", file)
    assert time.monotonic() - begun < 60
    assert "11951 added, 0 changed, 0 unchanged, 0 rejected, 104 without their website." in first.output
    assert "line 93: website left out: http://ATO 2 CZ." in first.stderr
    assert db.session.query(Body).count() == 11_951
    assert db.session.query(Body).filter_by(kind=BodyKind.LOCAL).count() > 8_000
    second = run(app, "bodies", "import", file)
    assert (second.exit_code, "0 added, 0 changed, 11951 unchanged" in second.output) == (0, True)
    found = list_bodies(search="ministero economia finanze")
    assert [body.kind for body in found.items] == [BodyKind.MINISTRY]


def test_list_of_the_whole_register_is_quick(app: Flask, shared_data: Path) -> None:
    run(app, "bodies", "import", str(shared_data / "italy" / "public_bodies_ipa.csv"))
    client = app.test_client()
    client.get("/bodies")
    begun = time.monotonic()
    for query in ("", "?page=400", "?q=comune+san&kind=local", "?q=nothing+of+the+kind"):
        assert client.get(f"/bodies{query}").status_code == 200
    assert time.monotonic() - begun < 2


def test_changes_are_taken_over_and_blanks_are_not(app: Flask, register: Path) -> None:
    known = make_body(
        ipa_code="m_ef", name="Old name", acronym="MEF", website="https://old.example.it", country="IT"
    )
    waiting = make_body(ipa_code="new", name="Asked for", status=BodyStatus.REQUESTED)
    db.session.commit()
    answer = load(
        app,
        register,
        HEADER + "m_ef,Ministero  nuovo,Presidenza del Consiglio,\nnew,Ente nuovo,Altri Enti Locali,\n",
    )
    assert "0 added, 2 changed, 0 unchanged" in answer.output
    db.session.expire_all()
    assert (known.name, known.acronym, known.website) == ("Ministero nuovo", "MEF", "https://old.example.it")
    assert known.search_text == "ministero nuovo mef m ef"
    assert (waiting.name, waiting.status) == ("Ente nuovo", BodyStatus.REQUESTED)


def test_optional_columns(app: Flask, register: Path) -> None:
    text = (
        "\ufeffName,IPA_Code,kind,acronym,country,category,website\n"
        "Riga city council,lv_rd,local,RD,LV,,https://www.riga.lv\n"
        "Nuovo ente,it_ne,,,,Regioni,\n"
    )
    assert "2 added" in load(app, register, text).output
    riga, other = db.session.query(Body).order_by(Body.ipa_code.desc()).all()
    assert (riga.acronym, riga.country, riga.kind) == ("RD", "LV", BodyKind.LOCAL)
    assert (other.acronym, other.country, other.kind) == ("", "IT", BodyKind.REGION)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("x,Name", "2 columns instead of 4"),
        (",Name,Category,", "ipa_code is empty"),
        ("x, ,Category,", "name is empty"),
        (f"{'x' * 41},Name,Category,", "ipa_code is longer than 40 characters"),
        (f"x,{'n' * 301},Category,", "name is longer than 300 characters"),
        ("M_EF,Double,Category,", "code M_EF is on line 2 too"),
        ("x,Na\udcffme,Category,", "not in UTF-8"),
        (f"x,{'n' * 140_000},Category,", "field larger than field limit"),
    ],
)
def test_bad_lines_are_reported_and_the_others_loaded(
    app: Flask, register: Path, line: str, reason: str
) -> None:
    text = HEADER + GOOD + line + "\n\n" + "last,Last one,Altri,\n"
    answer = load(app, register, text.encode("utf-8", "surrogateescape"))
    assert answer.exit_code == 0
    assert f"line 3: {reason}" in answer.stderr
    assert "2 added, 0 changed, 0 unchanged, 1 rejected" in answer.output


@pytest.mark.parametrize(
    ("kind", "country", "reason"),
    [
        ("emperor", "IT", "kind is emperor, not one of: ministry, agency"),
        ("", "Italy", "country is Italy, not two"),
    ],
)
def test_bad_values_of_optional_columns(
    app: Flask, register: Path, kind: str, country: str, reason: str
) -> None:
    text = f"ipa_code,name,category,website,kind,country\nx,Name,,,{kind},{country}\n"
    answer = load(app, register, text)
    assert reason in answer.stderr
    assert answer.exit_code == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "missing: ipa_code, name, category, website"),
        ("ipa_code,name\n", "missing: category, website"),
        (HEADER.replace("website", "website,fax"), "unknown or named twice: fax"),
        (HEADER.replace("website", "website,name"), "unknown or named twice"),
    ],
)
def test_other_files_are_refused(app: Flask, register: Path, text: str, reason: str) -> None:
    answer = load(app, register, text)
    assert answer.exit_code == 1
    assert reason in answer.output


def test_empty_register_is_no_fault(app: Flask, register: Path) -> None:
    answer = load(app, register, HEADER)
    assert (answer.exit_code, "0 added" in answer.output) == (0, True)


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("Comuni e loro Consorzi e Associazioni", BodyKind.LOCAL),
        ("Comunita' Montane e loro Consorzi e Associazioni", BodyKind.LOCAL),
        ("Città Metropolitane", BodyKind.LOCAL),
        ("Agenzie Regionali Sanitarie", BodyKind.HEALTH),
        ("Agenzie Fiscali", BodyKind.AGENCY),
        ("Universita' e Istituti di Istruzione Universitaria Pubblici", BodyKind.EDUCATION),
        ("Gestori di Pubblici Servizi", BodyKind.IN_HOUSE),
        ("Teatri Stabili ad Iniziativa Pubblica", BodyKind.OTHER_PUBLIC),
        ("", BodyKind.OTHER_PUBLIC),
    ],
)
def test_kind_follows_the_category(category: str, kind: BodyKind) -> None:
    assert kind_of(category) is kind
