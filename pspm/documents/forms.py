"""Forms of `documents`: a file to import, and what is settled before it is."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from pspm.accounts.models import Body
from pspm.core.forms import BaseForm, Filled
from pspm.core.i18n import LANGUAGES
from pspm.documents.services.imports import Settled
from pspm.plans.forms.plans import title_field, year_field

_LANGUAGES = {**LANGUAGES, "es": "Español", "lv": "Latviešu"}
"""Languages that a plan can be written in, each under its own name."""


class UploadForm(BaseForm):
    file = FileField(
        _l("StratML file"),
        validators=[FileRequired(_l("Choose a file."))],
        description=_l("An XML file of StratML Part 1 or Part 2, up to 20 MB. You see first what it holds."),
        render_kw={"accept": ".xml,.stratml,application/xml,text/xml"},
    )


class ImportForm(BaseForm):
    """What the author settles on after the preview."""

    body = SelectField(_l("Body that leads the plan"), validators=[Filled()])
    title = title_field()
    language = SelectField(
        _l("Language of the text"),
        choices=[SelectChoice(code, name) for code, name in _LANGUAGES.items()],
        validators=[Filled()],
    )
    start_year = year_field(_l("First year"))
    end_year = year_field(_l("Last year"))

    @property
    def settled(self) -> Settled:
        return Settled(
            title=self.title.data or "",
            language=self.language.data,
            start_year=self.start_year.data or 0,
            end_year=self.end_year.data or 0,
        )

    def offer(self, bodies: Iterable[Body]) -> None:
        self.body.choices = [SelectChoice(body.public_id, body.name) for body in bodies]
