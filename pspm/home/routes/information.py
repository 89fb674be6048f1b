"""What the service says about itself, to people and to machines."""

from __future__ import annotations

from email.utils import parseaddr

from flask import Response, current_app, render_template, url_for
from sqlalchemy.exc import SQLAlchemyError

from pspm.home import queries
from pspm.home.routes.blueprint import bp


@bp.get("/about")
def about_show() -> str:
    return render_template("home/about_show.html")


@bp.get("/privacy")
def privacy_show() -> str:
    return render_template("home/privacy_show.html", contact=_contact())


@bp.get("/accessibility")
def accessibility_show() -> str:
    return render_template("home/accessibility_show.html", contact=_contact())


def _contact() -> str:
    """The address from which the site's own e-mail comes."""
    return parseaddr(current_app.config["MAIL_SENDER"])[1]


@bp.get("/health")
def health_show() -> tuple[dict[str, str], int]:
    """For the machine that watches over this one: 200 while the database answers, else 503."""
    try:
        queries.is_database_up()
    except SQLAlchemyError:
        return {"status": "failing", "database": "unreachable"}, 503
    return {"status": "ok", "database": "ok"}, 200


@bp.get("/robots.txt")
def robots_show() -> Response:
    """Crawlers read what is public, and leave pages of work and windows of the list that repeat it."""
    lines = (
        "User-agent: *",
        *(
            f"Disallow: {path}"
            for path in (
                url_for("home.work_show"),
                "/account/",
                "/rounds/",
                f"{url_for('practices.practice_list')}?*before=",
            )
        ),
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
