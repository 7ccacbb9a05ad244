"""What others' programs say of the finished pages: the Nu checker, html-validate, Lighthouse."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.browser import CHROMIUM, FLAGS
from tests.node import FOLDER, run_node
from tests.page_types import PAGE_TYPES

pytestmark = pytest.mark.slow

CHECKER = FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
LIGHTHOUSE = FOLDER / "node_modules" / ".bin" / "lighthouse"

IN_SHORT = ("home",)
"""The types of pages that Lighthouse looks at in the short form: it takes a quarter of a minute for each."""

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 0.99
LEAST_WITH_RESULTS = 0.97
"""Performance of the search with a query in the address: its program (68 KB) and index come before a result is seen."""

TRIES = 3
"""Speed is measured on a machine that does other things as well."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let Lighthouse look at a few types of pages, or at all of them in the long form."""
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", PAGE_TYPES if metafunc.config.getoption("--full") else IN_SHORT)


def test_the_nu_checker_objects_to_nothing(site: Path) -> None:
    if shutil.which("java") is None or not CHECKER.exists():
        pytest.skip("Java or the Nu checker is not installed (make tests/node_modules)")
    command = ["java", "-jar", str(CHECKER), "--skip-non-html", "--format", "json", str(site)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    messages = json.loads(result.stderr)["messages"]
    assert [f"{one['url']}:{one.get('lastLine')}: {one['message']}" for one in messages] == []


def test_html_validate_objects_to_nothing(site: Path) -> None:
    script = """
    const { HtmlValidate, StaticConfigLoader } = require("html-validate");
    const presets = ["html-validate:standard", "html-validate:a11y"];
    const validator = new HtmlValidate(new StaticConfigLoader({ root: true, extends: presets }));
    const told = [];
    for (const file of input) {
        const report = await validator.validateFile(file);
        for (const { messages } of report.results)
            told.push(...messages.map(({ line, ruleId, message }) => `${file}:${line}: ${ruleId}: ${message}`));
    }
    return told;
    """
    files = sorted(str(file) for file in site.rglob("*.html"))
    assert len(files) > 80
    assert run_node(script, files) == []


@pytest.mark.xdist_group("lighthouse")
def test_lighthouse_is_content(name: str, served: str, addresses: Mapping[str, str], tmp_path: Path) -> None:
    if CHROMIUM is None or not LIGHTHOUSE.exists():
        pytest.skip("Chromium or Lighthouse is not installed (make tests/node_modules)")
    found: dict[str, str] = {}
    for number in range(TRIES):
        # Of a page that is not there Lighthouse tells nothing else, so that page is asked for by its own address.
        address = "404.html" if name == "not found" else addresses[name]
        report = lighthouse(served + address, tmp_path / f"{number}.json")
        found = lacking(report, asked_of(name), LEAST_WITH_RESULTS if "?q=" in address else LEAST)
        if not found.keys() & {"performance"}:
            break
        time.sleep(5)
    assert found == {}


def asked_of(name: str) -> tuple[str, ...]:
    """Return the categories that count: a page that search engines are not to list fails theirs, as it should."""
    return CATEGORIES if PAGE_TYPES[name].found_by_search else CATEGORIES[:-1]


def lighthouse(address: str, file: Path) -> Any:
    """Return Lighthouse's report on a page as a phone shows it."""
    command = [str(LIGHTHOUSE), address, "--quiet", "--output=json", f"--output-path={file}"]
    command += [f"--chrome-flags={' '.join(FLAGS)}"]
    environment = {**os.environ, "CHROME_PATH": str(CHROMIUM)}
    subprocess.run(command, capture_output=True, timeout=180, check=True, env=environment)
    return json.loads(file.read_text(encoding="utf-8"))


def failed(report: Any, audit: str) -> bool:
    score = report["audits"][audit]["score"]
    return score is not None and score < LEAST


def lacking(report: Any, categories: tuple[str, ...], least: float) -> dict[str, str]:
    """Return the categories that fall short, each with its score and what lowers it; the least is that of speed."""
    assert set(categories) <= report["categories"].keys()
    found = {}
    for category in categories:
        score = report["categories"][category]["score"]
        if score < (least if category == "performance" else LEAST):
            audits = {row["id"] for row in report["categories"][category]["auditRefs"] if row["weight"]}
            low = {name: report["audits"][name].get("displayValue", "") for name in audits if failed(report, name)}
            found[category] = f"{score}: {low}"
    return found
