"""Renders one template component as a page would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, render_template_string
from lxml import html

Render = Callable[..., html.HtmlElement]


@pytest.fixture
def render(app: Flask) -> Render:
    """`render("field", "{{ field(f.title) }}", f=form)`: the markup in one element, on the page at `path`."""

    def rendered(names: str, source: str, *, path: str = "/", **context: Any) -> html.HtmlElement:
        imports = "".join(f'{{% from "components/{name}.html" import {name} %}}' for name in names.split())
        with app.test_request_context(path):
            return html.fragment_fromstring(
                render_template_string(imports + source, **context), create_parent="div"
            )

    return rendered
