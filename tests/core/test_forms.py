"""What fields say by themselves."""

from __future__ import annotations

from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import DateTimeLocalField, IntegerField, SelectField, StringField
from wtforms.validators import Length

from pspm.core.forms import BaseForm, Filled
from pspm.core.i18n import in_language


class SampleForm(BaseForm):
    year = IntegerField()
    opens_at = DateTimeLocalField()
    kind = SelectField(choices=["one"])
    title = StringField(validators=[Length(max=3)])
    name = StringField(validators=[Filled()])


def test_a_field_says_in_the_readers_language_what_would_be_right(app: Flask) -> None:
    typed = MultiDict({"year": "x", "opens_at": "x", "kind": "x", "title": "long"})
    with app.test_request_context("/"), in_language("it"):
        form = SampleForm(typed, meta={"csrf": False})
        assert not form.validate()
        assert form.errors == {
            "year": ["Scrivi un numero intero."],
            "opens_at": ["Scegli un giorno e un'ora."],
            "kind": ["Scegli una voce dell'elenco."],
            "title": ["Usa al massimo 3 caratteri."],
            "name": ["Compila questo campo."],
        }
