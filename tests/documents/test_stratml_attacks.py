"""XML that means harm, and files that are no plans, are refused with a clear message."""

from __future__ import annotations

import time

import pytest

from pspm.core.errors import InvalidInput
from pspm.documents.stratml import xml
from pspm.documents.stratml.reader import read_plan

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 10)).replace("&lol0;", "&lol;")
    + "]><StrategicPlan><Name>&lol9;</Name></StrategicPlan>"
)
EXTERNAL = (
    '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><StrategicPlan><Name>&f;</Name></StrategicPlan>'
)
REMOTE_DTD = '<!DOCTYPE StrategicPlan SYSTEM "http://127.0.0.1:1/x.dtd"><StrategicPlan/>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (LAUGHS.encode(), "DOCTYPE"),
        (LAUGHS.replace('version="1.0"', 'version="1.0" encoding="UTF-16"').encode("utf-16"), "DOCTYPE"),
        (EXTERNAL.encode(), "DOCTYPE"),
        (REMOTE_DTD.encode(), "DOCTYPE"),
        (b"<a>" * 100 + b"</a>" * 100, "nested more than"),
        (b"<StrategicPlan>" + b"<a/>" * 400_001 + b"</StrategicPlan>", "elements"),
        (b"<StrategicPlan><Name>", "line 1"),
        (b"<StrategicPlan>\n\n<Name>&undefined;</Name></StrategicPlan>", "line 3"),
        (b"", "well-formed"),
        (b"%PDF-1.7 \x00\xff", "well-formed"),
        (b'<?xml version="1.0" encoding="no-such"?><StrategicPlan/>', "well-formed"),
        (b"<html><body>Plan</body></html>", "not StratML"),
        (b" " * (20 * 1024 * 1024 + 1), "20 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_is_refused(data: bytes, words: str) -> None:
    began = time.process_time()
    with pytest.raises(InvalidInput, match=words):
        read_plan(data)
    assert time.process_time() - began < 5


def test_parser_itself_expands_nothing() -> None:
    root = xml.etree.fromstring(EXTERNAL.encode(), xml.parser())
    assert "root:" not in "".join(root.itertext())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_other_encodings_are_read(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><StrategicPlan><Name>Qualità</Name></StrategicPlan>'
    assert read_plan(text.encode(encoding)).plan.title == "Qualità"
