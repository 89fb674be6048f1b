"""Forms of `reviews`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateTimeLocalField,
    HiddenField,
    RadioField,
    SearchField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from pspm.accounts.models import Body
from pspm.core.forms import BaseForm, Filled
from pspm.core.i18n import current_language
from pspm.core.languages import language_names
from pspm.plans.models import Item, ItemKind
from pspm.plans.terms import term as plan_term
from pspm.reviews.models import Aspect, Audience, Outcome, Round, RoundState
from pspm.reviews.queries import DecisionState, Filter
from pspm.reviews.services import MAX_LENGTH
from pspm.reviews.terms import QUESTIONS, term

_TYPE = _l("Write something here.")
OPENS, CLOSES = time(9), time(18)
LASTS = timedelta(days=30)
"""What is suggested for a new round, by the site's clock."""


class RoundForm(BaseForm):
    """A round's settings. Times are typed and shown in the site's time zone."""

    title = StringField(
        _l("Title"),
        [Filled(_l("Give the round a title.")), Length(max=300)],
        description=_l("For example “Consultation on the three-year ICT plan”."),
    )
    introduction = TextAreaField(
        _l("Introduction"),
        [Length(max=MAX_LENGTH)],
        description=_l("What you ask of the readers, and what will come of their comments."),
    )
    audience = RadioField(_l("Who may comment"), [Filled(_l("Choose who may comment."))])
    bodies = SelectMultipleField(
        _l("Invited bodies"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    body_search = SearchField(
        _l("Find a body to invite"),
        description=_l("Part of its name, its acronym or its IPA code. Then tick those to invite."),
    )
    opens_at = DateTimeLocalField(_l("Opens"), [Filled(_l("Say when the round opens."))])
    closes_at = DateTimeLocalField(_l("Closes"), [Filled(_l("Say when the round closes."))])

    def __init__(self, round: Round | None, state: RoundState, **kwargs: Any) -> None:
        """Once the round is started its audience stays, and once it is open its opening time."""
        super().__init__(**kwargs)
        self.round = round
        self.audience.choices = [(audience.value, term(audience)) for audience in Audience]
        if state is not RoundState.PREPARED:
            del self.audience
        if state is RoundState.OPEN:
            del self.opens_at

    def offer(self, chosen: Iterable[Body], found: Iterable[Body] = ()) -> None:
        """Those chosen, ticked, and after them those found by the search."""
        bodies = {body.public_id: body for body in (*chosen, *found)}
        self.bodies.choices = [(body.public_id, _body_label(body)) for body in bodies.values()]

    def values(self) -> dict[str, Any]:
        """What the services take, but for the bodies; fields that stay come from the round."""
        values: dict[str, Any] = {
            "title": self.title.data,
            "introduction": self.introduction.data or "",
        }
        if self.round is not None:
            values |= {"audience": self.round.audience, "opens_at": self.round.opens_at}
        if "audience" in self:
            values["audience"] = Audience(self.audience.data)
        for name in ("opens_at", "closes_at"):
            if name in self:
                values[name] = _as_utc(self[name].data)
        return values

    @classmethod
    def suggested(cls, moment: datetime) -> RoundForm:
        """A new round's form: from tomorrow morning on for thirty days, for invited bodies."""
        first = as_local(moment).date() + timedelta(days=1)
        times = {
            "opens_at": datetime.combine(first, OPENS),
            "closes_at": datetime.combine(first + LASTS, CLOSES),
        }
        form = cls(None, RoundState.PREPARED, formdata=None, audience=Audience.INVITED.value, **times)
        form.offer([])
        return form

    @classmethod
    def of(cls, round: Round, state: RoundState) -> RoundForm:
        form = cls(
            round,
            state,
            data={
                "title": round.title,
                "introduction": round.introduction,
                "audience": round.audience.value,
                "bodies": [body.public_id for body in round.bodies],
                "opens_at": as_local(round.opens_at),
                "closes_at": as_local(round.closes_at),
            },
            formdata=None,
        )
        form.offer(round.bodies)
        return form


def _written_in() -> SelectField:
    """What a reader's language is not known by: the interface may be in another than the text."""
    return SelectField(
        _l("Language of your text"),
        default=current_language,
        choices=lambda: list(language_names(current_language()).items()),
        description=_l("Screen readers speak it so."),
    )


class CommentForm(BaseForm):
    """A comment on an item, or a reply (without the first two fields)."""

    aspect = RadioField(_l("What is your comment about?"), default=Aspect.GENERAL.value)
    quote = TextAreaField(
        _l("Words that you comment on"),
        [Length(max=2000)],
        description=_l("If you like: copy them from the text above."),
    )
    text = TextAreaField(_l("Your comment"), [Filled(_TYPE), Length(max=MAX_LENGTH)])
    language = _written_in()
    revision = HiddenField()
    parent = HiddenField()

    def __init__(self, item: Item, *args: Any, reply: bool = False, **kwargs: Any) -> None:
        """A page may show the forms of several items: the ids of their fields end in the item's."""
        super().__init__(*args, **kwargs)
        self.aspect.choices = [(aspect.value, str(asked)) for aspect, asked in QUESTIONS[item.kind].items()]
        if reply:
            del self.aspect, self.quote
            self.text.label.text = _("Your reply")
        for field in self:
            field.id = f"{field.short_name}-{item.public_id}"


class ContributionEditForm(BaseForm):
    text = TextAreaField(_l("Your text"), [Filled(_TYPE), Length(max=MAX_LENGTH)])
    language = _written_in()


class DecisionForm(BaseForm):
    """A decision; `revision` is the public id of the change that carries it out."""

    outcome = RadioField(_l("Outcome"), [Filled(_l("Choose an outcome."))])
    reason = TextAreaField(
        _l("Reason"),
        [Filled(_l("Give the reason for the decision.")), Length(max=MAX_LENGTH)],
        description=_l("The author and everybody else will read it."),
    )
    revision = SelectField(_l("Change that carries it out"), default="", validate_choice=False)

    def __init__(self, changes: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome.choices = [(outcome.value, term(outcome)) for outcome in Outcome]
        self.revision.choices = [("", _("No change of the text")), *changes]


class _FilterForm(BaseForm):
    """Read from the address; a value that it does not know counts as none."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = SearchField(_l("Words in comment or reason"))
    outcome = SelectField(_l("Outcome"), default="", validate_choice=False)
    item = SelectField(_l("Part of the plan"), default="", validate_choice=False)

    def __init__(self, items: Sequence[tuple[str, str]]) -> None:
        super().__init__(formdata=request.args)
        self.outcome.choices = [("", _("All outcomes")), *((each.value, term(each)) for each in Outcome)]
        self.item.choices = [("", _("The whole plan")), *items]

    @property
    def chosen(self) -> dict[str, str]:
        """The filled fields, for an address with the same choices."""
        return {name: value for name, value in self.data.items() if value}

    @property
    def chosen_outcome(self) -> Outcome | None:
        return next((each for each in Outcome if each.value == self.outcome.data), None)


class DeskFilter(_FilterForm):
    state = SelectField(_l("State of the decision"), default="", validate_choice=False)
    kind = SelectField(_l("Kind"), default="", validate_choice=False)

    def __init__(self, items: Sequence[tuple[str, str]]) -> None:
        super().__init__(items)
        self.state.choices = [("", _("All states")), *((each.value, term(each)) for each in DecisionState)]
        self.kind.choices = [("", _("All kinds")), *((each.value, plan_term(each)) for each in ItemKind)]

    @property
    def wanted(self) -> Filter:
        return Filter(
            state=next((each for each in DecisionState if each.value == self.state.data), None),
            kind=next((each for each in ItemKind if each.value == self.kind.data), None),
            outcome=self.chosen_outcome,
            item=self.item.data or "",
            search=self.q.data or "",
        )


class RegisterFilter(_FilterForm):
    body = SelectField(_l("Body"), default="", validate_choice=False)

    def __init__(self, items: Sequence[tuple[str, str]], bodies: Iterable[Body]) -> None:
        super().__init__(items)
        self.body.choices = [("", _("All bodies")), *((body.public_id, body.name) for body in bodies)]

    @property
    def wanted(self) -> Filter:
        return Filter(
            outcome=self.chosen_outcome,
            item=self.item.data or "",
            body=self.body.data or "",
            search=self.q.data or "",
        )


def as_local(moment: datetime) -> datetime:
    """The wall clock of the site's time zone, as a `datetime-local` field shows it."""
    return moment.astimezone(_zone()).replace(tzinfo=None)


def _as_utc(wall_clock: datetime) -> datetime:
    return wall_clock.replace(tzinfo=_zone()).astimezone(UTC)


def _zone() -> ZoneInfo:
    return ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"])


def _body_label(body: Body) -> str:
    return f"{body.name} ({body.acronym})" if body.acronym else body.name
