"""A long text both ways: the live fragment of the editor, and the Markdown of the item's column."""

from __future__ import annotations

from pycrdt import XmlFragment

from pspm.drafting.markdown.alignment import align
from pspm.drafting.markdown.fragment import read_fragment
from pspm.drafting.markdown.parsing import parse_markdown
from pspm.drafting.markdown.printing import print_blocks

__all__ = ["to_markdown", "write_markdown"]


def to_markdown(fragment: XmlFragment) -> str:
    """The Markdown that says what `fragment` says, always in the same form."""
    return print_blocks(read_fragment(fragment))


def write_markdown(fragment: XmlFragment, markdown: str) -> None:
    """Make `fragment` say `markdown`, leaving alone what already does; inside the caller's transaction."""
    blocks = parse_markdown(markdown)
    with fragment.doc.transaction():
        if read_fragment(fragment) != blocks:
            align(fragment, blocks)
