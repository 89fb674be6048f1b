"""Forms of `practices`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    HiddenField,
    IntegerField,
    SearchField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from pspm.accounts.models import Body
from pspm.core.forms import BaseForm, Filled
from pspm.core.i18n import LANGUAGES, current_language
from pspm.core.languages import language_names
from pspm.practices import vocabulary
from pspm.practices.models import Practice
from pspm.practices.search import Filters
from pspm.practices.services import FIELDS

MAX_TEXT = 20_000
MAX_KEYWORDS = 20
MAX_KEYWORD_LETTERS = 500
YEARS = NumberRange(1980, 2100, _l("Give a year with four digits, such as 2024."))


def sector_choices() -> dict[str, list[tuple[str, str]]]:
    """Divisions as headings, each with itself and its groups to choose from."""
    labels = vocabulary.sectors(current_language())
    return {
        f"{code} {label}": [
            (inner, f"{inner} {name}") for inner, name in labels.items() if inner.startswith(code)
        ]
        for code, label in labels.items()
        if "." not in code
    }


def sdg_choices() -> list[tuple[int, str]]:
    return [(number, f"{number}. {label}") for number, label in vocabulary.sdgs(current_language()).items()]


class KeywordsField(StringField):
    """Words parted by commas; a list of them as data, each once."""

    data: list[str] | None  # type: ignore[assignment]

    def _value(self) -> str:
        return ", ".join(self.data or [])

    def process_formdata(self, valuelist: list[str]) -> None:
        words = (" ".join(word.split()) for value in valuelist for word in value.split(","))
        self.data = list(dict.fromkeys(word for word in words if word))[:MAX_KEYWORDS]
        if len(self._value()) > MAX_KEYWORD_LETTERS:
            raise ValueError(_("Use at most %(max)d characters.", max=MAX_KEYWORD_LETTERS))


def _text(label: str, description: str) -> TextAreaField:
    return TextAreaField(label, [Length(max=MAX_TEXT)], description=description)


class PracticeForm(BaseForm):
    """All that authors write; each field's help says what a good answer is, with an example."""

    revision = HiddenField()
    body_id = SelectField(
        _l("Body"),
        description=_l("In whose name you propose the practice. Its planners can edit it too."),
    )
    title = StringField(
        _l("Title"),
        [Filled(_l("Give the practice a title.")), Length(max=300)],
        description=_l(
            "What was done, for whom. For example “One digital counter for all business permits”."
        ),
    )
    summary = TextAreaField(
        _l("Summary"),
        [Length(max=500)],
        description=_l(
            "Two or three sentences: the problem, what you did, what came of it, with a figure. "
            "At most 500 characters."
        ),
    )
    context = _text(
        _l("Context and challenge"),
        _l(
            "How things were before and for whom that was a problem. For example “Permits took 90 days on "
            "average, and one application in three came back incomplete”."
        ),
    )
    solution = _text(
        _l("Solution"),
        _l("What you did, step by step, and who did it, so that a colleague elsewhere could follow."),
    )
    results = _text(
        _l("Results and evidence"),
        _l(
            "What changed, measured how, since when; say also what did not work. For example “From 90 to 31 "
            "days within a year (source: register of permits, 2024)”."
        ),
    )
    success_conditions = _text(
        _l("Conditions for success"),
        _l("Without what it would have failed: a law, a sponsor, data, skills. For example “A named owner”."),
    )
    lessons = _text(
        _l("Lessons learned"),
        _l("What you would do otherwise next time. For example “Train the help desk before the launch”."),
    )
    replication = _text(
        _l("How to replicate it"),
        _l("Where another body begins, in which order, and what it can take over as it is."),
    )
    resources = _text(
        _l("Resources needed"),
        _l("Money, people and time. For example “€ 120,000 for the software, two people for nine months”."),
    )
    start_year = IntegerField(
        _l("Start year"), [Optional(), YEARS], description=_l("When it began, such as 2022.")
    )
    end_year = IntegerField(
        _l("End year"), [Optional(), YEARS], description=_l("Leave it empty while it goes on.")
    )
    country = SelectField(_l("Country"), description=_l("Where it was applied."))
    sector = SelectField(
        _l("Sector"),
        description=_l("The function of government that it serves (COFOG): a whole division or one group."),
    )
    sdgs = SelectMultipleField(
        _l("Sustainable Development Goals"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_l("Those that it clearly helps; one to three are enough."),
    )
    language = SelectField(
        _l("Language of the text"), description=_l("The search uses it to find other forms of a word.")
    )
    keywords = KeywordsField(
        _l("Keywords"),
        description=_l("Separated by commas. For example “permits, one-stop shop, small businesses”."),
    )
    licence = SelectField(
        _l("Licence"),
        description=_l("What others may do with your text. With CC BY they may reuse it and must name you."),
    )
    contact = StringField(
        _l("Contact"),
        [Length(max=254)],
        description=_l(
            "An office's address that is still read in two years, such as “innovation@body.example”."
        ),
    )

    def __init__(self, *args: Any, bodies: Iterable[Body] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = current_language()
        self.body_id.choices = [(body.public_id, body.name) for body in bodies]
        if not self.body_id.choices:
            del self.body_id
        self.country.choices = list(vocabulary.countries(language).items())
        self.sector.choices = {"": [("", _l("None chosen"))], **sector_choices()}
        self.sdgs.choices = sdg_choices()
        self.language.choices = list(language_names(language).items())
        self.licence.choices = [
            (identifier, f"{identifier}: {licence[0]}") for identifier, licence in vocabulary.LICENCES.items()
        ]

    @classmethod
    def new(cls, bodies: Iterable[Body]) -> PracticeForm:
        """An empty form in the language of who writes."""
        language = current_language()
        return cls(
            formdata=None, bodies=bodies, data={"language": language, "licence": "CC-BY-4.0", "country": "IT"}
        )

    @classmethod
    def of(cls, practice: Practice) -> PracticeForm:
        data = {name: getattr(practice, name) for name in FIELDS}
        return cls(formdata=None, data={**data, "revision": practice.revision_number})

    def values(self) -> dict[str, Any]:
        """What the services take."""
        empty: dict[str, Any] = {"start_year": None, "end_year": None, "sdgs": [], "keywords": []}
        return {name: self[name].data or empty.get(name, "") for name in FIELDS}

    @property
    def expected_revision(self) -> int:
        """The revision that the form was made from; 0, which never is the last, if that is not a number."""
        text = self.revision.data or ""
        return int(text) if text.isdecimal() and len(text) < 9 else 0


class RemarkForm(BaseForm):
    """What should change before an entry can be published."""

    remark = TextAreaField(
        _l("Remarks"),
        [Length(max=MAX_TEXT)],
        description=_l(
            "What should change and why. For example “Say how the 31 days were measured, and by whom”."
        ),
    )


class AttachmentForm(BaseForm):
    """One more file."""

    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))])


class LinkSearchForm(BaseForm):
    """Finds what can be linked."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = SearchField(_l("Search"), [Length(max=200)])


class SearchForm(BaseForm):
    """What the public list is searched and narrowed by; all of it stands in the address."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = SearchField(_l("Words"))
    sector = SelectField(_l("Sector"), validate_choice=False)
    sdg = SelectField(_l("Sustainable Development Goal"), validate_choice=False)
    country = SelectField(_l("Country"), validate_choice=False)
    language = SelectField(_l("Language"), validate_choice=False)
    sort = SelectField(
        _l("Order"),
        choices=[SelectChoice("", _l("Best match first")), SelectChoice("newest", _l("Newest first"))],
        validate_choice=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = current_language()
        self.sector.choices = {"": [("", _l("All sectors"))], **sector_choices()}
        self.sdg.choices = [("", _l("All goals")), *((str(number), label) for number, label in sdg_choices())]
        self.country.choices = [("", _l("All countries")), *vocabulary.countries(language).items()]
        languages = language_names(language).items()
        self.language.choices = [
            ("", _l("All languages")),
            *sorted(languages, key=lambda pair: pair[0] not in LANGUAGES),
        ]

    @property
    def filters(self) -> Filters:
        """The filters, as far as they are of the kind that they should be."""
        sdg = self.sdg.data or ""
        return Filters(
            sector=self.sector.data or "",
            sdg=int(sdg) if sdg.isdecimal() and len(sdg) < 4 else None,
            country=self.country.data or "",
            language=self.language.data or "",
        )
