"""What happens to plans, told to the features above, of which plans know nothing."""

from blinker import Namespace

_signals = Namespace()
text_wanted = _signals.signal("text-wanted")
"""A plan's whole text is about to be frozen or copied: whatever is still under way belongs into it now."""
item_changed = _signals.signal("item-changed")
"""An item has a new revision, in the present transaction."""
