"""publiccode.yml keeps to the standard, version 0.5 (keys and limits of its core schema)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from pspm import __version__

ROOT = Path(__file__).resolve().parents[2]
REQUIRED = {
    "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType",
    "description", "legal", "maintenance", "localisation",
}  # fmt: skip
OPTIONAL = {"softwareVersion", "releaseDate", "categories", "intendedAudience", "dependsOn", "roadmap"}
STATUSES = {"concept", "development", "beta", "stable", "obsolete"}
MAINTENANCE = {"internal": "contacts", "contract": "contractors", "community": "contacts", "none": ""}


def load() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
    return content


def test_publiccode_has_the_keys_of_the_standard() -> None:
    content = load()
    assert set(content) >= REQUIRED
    assert set(content) <= REQUIRED | OPTIONAL
    assert content["developmentStatus"] in STATUSES
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", content["releaseDate"])


def test_publiccode_describes_in_bounds() -> None:
    for language, text in load()["description"].items():
        assert len(language) == 2
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]
        assert all(len(feature) <= 100 for feature in text["features"])


def test_publiccode_names_who_maintains() -> None:
    maintenance = load()["maintenance"]
    assert maintenance[MAINTENANCE[maintenance["type"]]][0]["name"]


def test_publiccode_agrees_with_the_project() -> None:
    content = load()
    assert content["softwareVersion"] == __version__
    assert content["legal"]["license"] == "EUPL-1.2"
    catalogues = {path.name for path in (ROOT / "translations").iterdir() if path.is_dir()}
    assert set(content["localisation"]["availableLanguages"]) == catalogues
