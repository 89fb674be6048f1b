"""What a browser fetches comes compressed where it says that it can read that."""

from tests.client import CheckedClient


def test_style_comes_compressed(client: CheckedClient) -> None:
    plain = client.get("/static/css/pspm.css")
    packed = client.get("/static/css/pspm.css", headers={"Accept-Encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "br"
    assert len(packed.data) < len(plain.data) / 3


def test_fonts_stay_as_they_are(client: CheckedClient) -> None:
    font = "/static/fonts/titillium-web-latin-400.woff2"
    response = client.get(font, headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in response.headers
