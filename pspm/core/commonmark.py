"""The one Markdown parser: pages, documents and live drafting read the same language."""

from __future__ import annotations

from markdown_it import MarkdownIt

parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
