"""The HTML that becomes a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import Flask, render_template
from markupsafe import Markup

from pspm.core.i18n import LANGUAGES, in_language
from pspm.documents.pdf.outline import flow_text, print_plan
from pspm.plans.snapshot import PlanSnapshot
from pspm.practices.models import Practice
from pspm.practices.terms import sdg_label

STYLE = Path(__file__).with_name("print.css")


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(css_string=css_string, flow=flow_text)


@dataclass(frozen=True, kw_only=True)
class Imprint:
    """What the title page says about the text itself."""

    made_at: datetime
    """When it was approved, or for a draft when it was printed."""
    number: int | None = None
    """Of the version; None for a draft."""
    sha256: str = ""
    address: str = ""


def plan_html(plan: PlanSnapshot, imprint: Imprint) -> str:
    """The whole plan, its labels in its own language where the site speaks it."""
    with in_language(label_language(plan.language)):
        return render_template(
            "documents/pdf/plan.html",
            plan=plan,
            parts=print_plan(plan),
            imprint=imprint,
            style=STYLE.as_uri(),
            label_language=label_language(plan.language),
        )


def practice_html(practice: Practice, address: str) -> str:
    """A published practice."""
    with in_language(label_language(practice.language)):
        return render_template(
            "documents/pdf/practice.html",
            practice=practice,
            address=address,
            sdg_lines=lambda numbers: "; ".join(f"{number}. {sdg_label(number)}" for number in numbers),
            style=STYLE.as_uri(),
            label_language=label_language(practice.language),
        )


def label_language(language: str) -> str:
    """The language of headings and labels of a document in `language`."""
    return language if language in LANGUAGES else "en"


def css_string(text: str) -> Markup:
    """`text` as a CSS string, safe inside a style element."""
    escaped = "".join(char if char.isalnum() or char == " " else f"\\{ord(char):x} " for char in text)
    return Markup(f'"{escaped}"')  # noqa: S704 - only letters, digits, spaces and escapes are left
