"""New plans: templates in each language, and plans from plain data."""

from __future__ import annotations

import pytest
import yaml

from pspm.accounts.models import BodyStatus, User
from pspm.core.errors import InvalidInput, StateConflict
from pspm.core.i18n import LANGUAGES
from pspm.extensions import db
from pspm.plans import queries, services
from pspm.plans.models import ItemKind, Plan, Revision
from pspm.plans.snapshot import BodySnapshot, ItemSnapshot, PlanSnapshot
from pspm.plans.templates import FOLDER, ORDER, get_template, label_plurals, list_templates
from pspm.plans.tree import MAX_DEPTH, may_stand_under


def begin(author: User, **changes: object) -> Plan:
    values = {"title": "x", "language": "it", "start_year": 2027, "end_year": 2029, **changes}
    return services.create_plan(body=author.memberships[0].body, author=author, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["it", "en"])
def test_each_level_label_of_a_template_has_a_plural(language: str) -> None:
    labels = {label for template in list_templates(language) for label in template.labels.values()}
    assert labels <= label_plurals().keys()


@pytest.mark.parametrize("key", ORDER)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_begins_a_plan(author: User, key: str, language: str) -> None:
    plan = begin(author, template_key=key, language=language)
    template = get_template(key, language)
    items = queries.list_items(plan)
    assert [item.title for item in items] == [part.title for part in template.walk()]
    assert plan.labels == template.labels
    assert db.session.query(Revision).filter_by(plan_id=plan.id).count() == len(items)
    for item in items:
        assert template.guidance_for(item.kind, item.template_part)


@pytest.mark.parametrize("key", ORDER)
def test_templates_say_everything_in_every_language(key: str) -> None:
    def check(value: object) -> None:
        if isinstance(value, dict):
            assert not set(value) & set(LANGUAGES) or set(LANGUAGES) <= set(value), value
            for each in value.values():
                check(each)
        elif isinstance(value, list):
            for each in value:
                check(each)

    check(yaml.safe_load((FOLDER / f"{key}.yaml").read_text("utf-8")))


def test_parts_of_templates_have_keys_of_their_own_and_allowed_places() -> None:
    for template in list_templates("en"):
        keys = [part.key for part in template.walk()]
        assert len(keys) == len(set(keys))
        for part in template.walk():
            for child in part.children:
                assert may_stand_under(child.kind, part.kind)


def test_a_language_without_words_takes_the_english_ones() -> None:
    assert get_template("ict", "lv") == get_template("ict", "en")


def test_guidance_is_of_the_part_then_of_the_kind() -> None:
    template = get_template("ict", "en")
    assert "two or three sentences" in template.guidance_for(ItemKind.SECTION, "mission")
    assert "can be checked" in template.guidance_for(ItemKind.OBJECTIVE, "")
    assert get_template("blank", "en").guidance_for(ItemKind.GOAL, "") == ""


def test_an_unknown_template_is_refused(author: User) -> None:
    with pytest.raises(InvalidInput) as caught:
        begin(author, template_key="../secret")
    assert "template_key" in caught.value.fields


@pytest.mark.parametrize("years", [(2029, 2027), (2027, 2047)])
def test_impossible_years_are_refused(author: User, years: tuple[int, int]) -> None:
    with pytest.raises(InvalidInput):
        begin(author, start_year=years[0], end_year=years[1])


def test_a_body_that_waits_for_approval_has_no_plans(author: User) -> None:
    author.memberships[0].body.status = BodyStatus.REQUESTED
    with pytest.raises(StateConflict):
        begin(author)


def snapshot(*items: ItemSnapshot) -> PlanSnapshot:
    body = BodySnapshot(name="x")
    return PlanSnapshot(title="p", language="en", start_year=2026, end_year=2028, body=body, items=items)


def test_a_snapshot_with_a_wrong_place_is_refused_whole(author: User) -> None:
    wrong = snapshot(
        ItemSnapshot(kind=ItemKind.GOAL, title="g"), ItemSnapshot(kind=ItemKind.ACTION, title="lost action")
    )
    with pytest.raises(InvalidInput, match="lost action"):
        services.import_snapshot(snapshot=wrong, body=author.memberships[0].body, author=author)
    assert db.session.query(Plan).count() == 0


def test_a_snapshot_that_is_too_deep_is_refused(author: User) -> None:
    item = ItemSnapshot(kind=ItemKind.OBJECTIVE, title="o")
    for _level in range(MAX_DEPTH):
        item = ItemSnapshot(kind=ItemKind.OBJECTIVE, title="o", children=(item,))
    goal = ItemSnapshot(kind=ItemKind.GOAL, title="g", children=(item,))
    with pytest.raises(InvalidInput, match="levels"):
        services.import_snapshot(snapshot=snapshot(goal), body=author.memberships[0].body, author=author)
