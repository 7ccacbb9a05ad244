"""The manifest says what a site consists of, and nothing else."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from generator.folders import files_in
from generator.manifest import MANIFEST, Manifest, manifest_of
from tests.conftest import NOW
from tests.sample import SAMPLE, build, sample, sample_with

NEWS = "---\ntitle: Radweg\nsummary: Fertig.\ndate: 2026-11-02\n{more}---\nDa.\n"

GOLDEN = """\
{
 "format": 1,
 "now": "2026-11-22T12:00:00+01:00",
 "base_url": "https://test.example.org/",
 "entries": {
  "brücke": "b/",
  "radweg": "a/"
 },
 "redirects": {
  "alt/": "a/"
 },
 "gone": [
  "alt/b/",
  "alt/plan.pdf"
 ],
 "files": {
  "a/index.html": "0a",
  "b.txt": "0b"
 }
}
"""


def test_two_manifests_are_compared_line_by_line() -> None:
    manifest = Manifest(
        now="2026-11-22T12:00:00+01:00",
        base_url="https://test.example.org/",
        entries={"radweg": "a/", "brücke": "b/"},
        redirects={"alt/": "a/"},
        gone=("alt/plan.pdf", "alt/b/"),
    )
    sealed = manifest.sealing({"b.txt": "0b", "a/index.html": "0a"})
    assert sealed.as_json().decode() == GOLDEN
    assert Manifest.from_json(GOLDEN).as_json().decode() == GOLDEN


@pytest.mark.parametrize(
    "fields",
    [
        {"files": None},
        {"files": ["index.html"]},
        {"files": {"index.html": 7}},
        {"entries": {"radweg": None}},
        {"redirects": "alt/"},
        {"gone": "alt/"},
        {"gone": [7]},
        {"now": 7},
        {"base_url": None},
        {"format": 2},
        {"weiteres": ""},
    ],
    ids=str,
)
def test_what_only_looks_like_a_manifest_is_none(fields: dict[str, object]) -> None:
    Manifest.from_json(GOLDEN)
    with pytest.raises(ValueError, match="form"):
        Manifest.from_json(json.dumps({**json.loads(GOLDEN), **fields}))


def test_it_names_texts_and_former_addresses() -> None:
    files = {
        "aktuelles/a.md": NEWS.format(more="aliases: [/alt/a/, b.html, c/index.html, index-d/]\n"),
        "aktuelles/b.md": NEWS.format(more="id: bruecke\n"),
    }
    manifest = manifest_of(build(files).site)
    assert manifest.entries == {"start": "", "a": "aktuelles/a/", "bruecke": "aktuelles/b/"}
    assert manifest.redirects == dict.fromkeys(["alt/a/", "b.html", "c/", "index-d/"], "aktuelles/a/")


@pytest.mark.parametrize("held", ["draft: ja", "publish: 2026-12-01", "expires: 2026-11-01"])
def test_what_is_held_back_changes_nothing_in_it(held: str) -> None:
    hidden = {"aktuelles/geheim.md": NEWS.format(more=f"{held}\naliases: [/verraten/]\n")}
    assert manifest_of(build({**SAMPLE, **hidden}).site) == manifest_of(sample().site)


def test_its_moment_is_told_in_the_zone_of_the_cooperation() -> None:
    assert manifest_of(sample("2026-11-22T11:00:00.9Z").site).now == "2026-11-22T12:00:00+01:00"
    other = sample_with("legal_form:", "timezone: UTC\nlegal_form:", within="kooperation.yml")
    assert manifest_of(build(other).site).now == "2026-11-22T11:00:00+00:00"


@pytest.mark.slow
def test_a_built_site_is_what_its_manifest_says(site: Path) -> None:
    manifest = json.loads((site / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["now"] == "2026-11-22T12:00:00+01:00" == NOW.replace("+", ":00+")
    files = {path: sha256((site / path).read_bytes()).hexdigest() for path in files_in(site) - {MANIFEST}}
    assert manifest["files"] == files
    assert list(manifest["files"]) == sorted(files)
    for url in (*manifest["entries"].values(), *manifest["redirects"]):
        assert (url if url.endswith(".html") else f"{url}index.html") in files
