"""What was typed together becomes the item's text, where there is an item to write it into."""

from __future__ import annotations

from pspm.core.clock import now
from pspm.drafting import queries, services
from pspm.drafting.models import LiveEdit
from pspm.extensions import db
from tests.drafting.conftest import Scene
from tests.drafting.test_document import edit


def test_text_that_nobody_wrote_together_is_left_alone(scene: Scene) -> None:
    assert services.settle_text(item=scene.item) is None
    assert queries.find_live_text(scene.item.id) is None


def test_words_for_an_item_that_was_deleted_meanwhile_wait(scene: Scene) -> None:
    services.open_text(item=scene.item)
    live = queries.find_live_text(scene.item.id)
    assert live is not None
    content = edit(live.state, "Typed just before.")
    db.session.add(LiveEdit(live_text_id=live.id, author_id=scene.anna.id, hub="h", content=content))
    scene.item.deleted_at = now()
    db.session.flush()
    services.settle_text(item=scene.item)
    assert scene.item.text == "The first words."
    scene.item.deleted_at = None
    services.settle_text(item=scene.item)
    assert scene.item.text == "The first words.\n\nTyped just before."
