"""Fields and forms: labels, hints and errors are tied to their controls, whatever the kind of field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    Form,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from pspm.core.forms import Filled
from tests.components.conftest import Render

LETTERS: Any = ["a", "b"]


class Sample(Form):
    title = StringField("Title", [Filled("Give a title.")], description="In one sentence.")
    text = TextAreaField("Text")
    level = SelectField("Level", choices=LETTERS, default="a")
    years = SelectMultipleField(
        "Years",
        choices=LETTERS,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    aspect = RadioField("Aspect", choices=LETTERS, default="a")
    agreed = BooleanField("Agreed")
    file = FileField("File")
    secret = PasswordField("Secret")
    revision = HiddenField(default="3")
    lines = FieldList(StringField("Line", [Filled("Give a line.")]), min_entries=2)


@pytest.fixture
def wrong(app: Flask) -> Iterator[Sample]:
    with app.test_request_context("/"):
        form = Sample()
        form.validate()
        yield form


def test_field_ties_hint_and_error_to_its_control(render: Render, wrong: Sample) -> None:
    page = render("field", "{{ field(form.title) }}", form=wrong)
    (control,) = page.xpath("//input")
    assert control.get("aria-describedby") == "title-hint title-error"
    assert control.get("aria-invalid") == "true"
    assert page.xpath("//label[@for='title']")[0].text_content() == "Title (required)"
    assert "Give a title." in page.xpath("//*[@id='title-error']")[0].text_content()


@pytest.mark.parametrize("name", ["text", "level", "agreed", "file", "secret"])
def test_field_labels_every_kind_of_control(render: Render, name: str) -> None:
    page = render("field", "{{ field(form[name], id='other') }}", form=Sample(), name=name)
    (control,) = page.xpath("//input|//textarea|//select")
    assert control.get("id") == "other"
    assert len(page.xpath("//label[@for='other']")) == 1
    assert control.get("aria-describedby") is None


@pytest.mark.parametrize("name", ["years", "aspect"])
def test_field_groups_choices_under_a_legend(render: Render, name: str) -> None:
    form = Sample()
    page = render("field", "{{ field(form[name]) }}", form=form, name=name)
    assert page.xpath("//fieldset/legend")[0].text_content().strip() == form[name].label.text
    ids = page.xpath("//input/@id")
    assert len(ids) == 2
    assert page.xpath("//label/@for") == ids


def test_field_prints_a_hidden_field_bare(render: Render) -> None:
    page = render("field", "{{ field(form.revision) }}", form=Sample())
    assert [child.tag for child in page] == ["input"]


def test_form_lists_what_is_wrong_with_links_to_the_fields(render: Render, wrong: Sample) -> None:
    page = render("form", "{% call form(form=wrong) %}{% endcall %}", wrong=wrong)
    (summary,) = page.xpath("//*[@role='alert']")
    assert summary.xpath(".//a/@href") == ["#title", "#lines-0", "#lines-1"]


def test_form_carries_its_token_key_and_way_back(render: Render) -> None:
    source = "{% call form(action='/x', autosave='plan-3', submit='Send', cancel='/back') %}{% endcall %}"
    page = render("form", source)
    (form,) = page.xpath("//form[@method='post'][@action='/x'][@data-autosave='plan-3']")
    assert form.xpath("./input[@name='csrf_token']/@value") != [""]
    assert form.xpath(".//button")[0].text == "Send"
    assert form.xpath(".//a/@href") == ["/back"]


def test_post_button_posts_what_is_given_and_leaves_out_none(render: Render) -> None:
    source = (
        "{% from 'components/button.html' import post_button %}"
        "{{ post_button('Go', '/x', confirm='Sure?', revision=3, note=None) }}"
    )
    (form,) = render("icon", source).xpath("//form")
    assert form.get("data-confirm") == "Sure?"
    assert form.xpath("./input/@name") == ["csrf_token", "revision"]
