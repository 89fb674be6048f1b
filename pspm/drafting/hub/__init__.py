"""The place where live writers meet: WebSockets at `/live/items/<item>`, served beside the pages.

One asyncio task for each connection; texts are read and written in threads, with the app's own services.
"""

from pspm.drafting.hub.hub import Hub

__all__ = ["Hub"]
