"""What a browser fetches comes compressed where it says that it can read that."""

import pytest

from tests.client import CheckedClient

ACCEPTED = {"Accept-Encoding": "br, gzip"}


# Flask-Compress leaves the file that it streams to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_style_comes_compressed(client: CheckedClient) -> None:
    with client.get("/static/css/pspm.css") as plain:
        size = len(plain.data)
    with client.get("/static/css/pspm.css", headers=ACCEPTED) as packed:
        assert packed.headers["Content-Encoding"] == "br"
        assert len(packed.data) < size / 3


def test_fonts_stay_as_they_are(client: CheckedClient) -> None:
    with client.get("/static/fonts/titillium-web-latin-400.woff2", headers=ACCEPTED) as font:
        assert font.data.startswith(b"wOF2")
        assert "Content-Encoding" not in font.headers
