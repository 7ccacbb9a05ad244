"""The direction of the imports: each part knows only what stands before it, and each library only one place."""

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from tests.project import ROOT

LAYERS = (
    (
        "generator",
        "generator.characters",
        "generator.content",
        "generator.colours",
        "generator.slug",
        "generator.exchange",
        "generator.folders",
        "generator.lock",
        "generator.orphans",
        "generator.fetching",
        "generator.memory",
        "generator.program",
        "generator.progress",
        "generator.shares",
        "generator.cache",
        "generator.file_cache",
    ),
    ("generator.problems", "generator.model"),
    (
        "generator.clock",
        "generator.drafts",
        "generator.given_path",
        "generator.locale",
        "generator.placeholder",
        "generator.schema",
    ),
    ("generator.settings",),
    ("generator.reading", "generator.stores"),
    ("generator.gate", "generator.hints"),
    ("generator.rendering",),
    ("generator.search",),
    ("generator.channels", "generator.scaffold.kinds", "generator.scaffold.place"),
    ("generator.editor",),
    ("generator.plan", "generator.reasons"),
    (
        "newsletter",
        "newsletter.letter",
        "newsletter.locale",
        "newsletter.nodes",
        "newsletter.palette",
        "newsletter.pictures",
        "newsletter.private",
        "newsletter.refusal",
        "newsletter.selection",
        "newsletter.words",
        "newsletter.wrapping",
    ),
    (
        "newsletter.addresses",
        "newsletter.channel",
        "newsletter.choice",
        "newsletter.compose",
        "newsletter.inline",
        "newsletter.letter_picture",
        "newsletter.mjml",
        "newsletter.plan",
        "newsletter.profile",
        "newsletter.profile_settings",
        "newsletter.prose",
        "newsletter.syntax",
        "newsletter.tables",
    ),
    (
        "newsletter.html",
        "newsletter.message",
        "newsletter.preflight",
        "newsletter.preview",
        "newsletter.text",
        "newsletter.views",
    ),
    ("newsletter.package",),
    ("newsletter.secret", "newsletter.service"),
    ("newsletter.lists",),
    ("newsletter.delivery",),
    (
        "generator.claims",
        "generator.finishing",
        "generator.flaws",
        "generator.leaks",
        "generator.manifest",
        "generator.published",
        "generator.notices",
        "generator.ready_files",
        "generator.stage",
        "generator.transaction",
        "generator.site_changes",
        "generator.vanished",
        "generator.problems_page",
    ),
    ("generator.composing",),
    (
        "generator.build",
        "generator.foresight",
        "generator.plan_report",
        "generator.change_report",
        "generator.preview",
        "generator.terminal",
    ),
    ("generator.checker", "generator.commenting"),
    ("generator.engine",),
    ("generator.cli",),
    (
        "generator.commands",
        "generator.hook",
        "generator.importing",
        "generator.publishing",
        "generator.scaffold",
        "generator.vscode",
    ),
    (
        "newsletter.cli",
        "newsletter.delivery.dkim_command",
        "newsletter.delivery.ledger_command",
        "newsletter.delivery.send_command",
        "newsletter.lists.command",
        "newsletter.output",
        "newsletter.previews",
    ),
    ("generator.__main__",),
)

KNOWN_TO = {
    "PIL": [
        "generator.rendering.drawing.card_painter",
        "generator.rendering.drawing.icon",
        "generator.rendering.drawing.lettering",
        "generator.rendering.pictures.encoders",
        "generator.rendering.pictures.raster",
        "generator.rendering.pictures.web",
    ],
    "cryptography": ["newsletter.delivery.dkim"],
    "css_inline": ["newsletter.mjml.inliner"],
    "email": ["generator.importing.moments", "newsletter.message"],
    "email_validator": ["newsletter.delivery.address"],
    "feedgen": ["generator.channels.feed_formats"],
    "icalendar": ["generator.channels.calendar_format"],
    "lxml": [
        "generator.importing.html_markdown",
        "generator.importing.xml_file",
        "generator.rendering.files.office",
        "generator.rendering.files.svg",
    ],
    "mailmanclient": ["newsletter.lists.mailman"],
    "markdown": ["generator.rendering.markdown", "generator.rendering.needed"],
    "minio": ["generator.publishing.bucket"],
    "mjml": ["newsletter.mjml.engine"],
    "nh3": ["generator.rendering.markdown"],
    "pagefind": ["generator.search.pagefind_index"],
    "pikepdf": ["generator.rendering.files.pdf"],
    "platformdirs": ["newsletter.delivery.ledger_place"],
    "resvg_py": ["generator.rendering.pictures.vector"],
    "simplemma": ["generator.search.dictionary"],
    "smtplib": ["newsletter.delivery.connection", "newsletter.delivery.login"],
    "sqlite3": ["generator.cache", "newsletter.delivery.store"],
    "watchdog": ["generator.preview.watching"],
}

OWN = ("generator", "newsletter")
FILES = sorted(file for package in OWN for file in (ROOT / package).rglob("*.py"))


def module_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def imports_of(file: Path) -> Sequence[str]:
    return tuple(_imports_of(file))


def _imports_of(file: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def layer_of(module: str) -> int:
    matching = [
        (len(name), number)
        for number, names in enumerate(LAYERS)
        for name in names
        if module == name or (name not in OWN and module.startswith(f"{name}."))
    ]
    assert matching, f"{module} belongs to no layer"
    return max(matching)[1]


def test_imports_point_downwards() -> None:
    upwards = [
        (module_of(file), name)
        for file in FILES
        for name in imports_of(file)
        if name.split(".")[0] in OWN and layer_of(name) > layer_of(module_of(file))
    ]
    assert upwards == []


def test_every_module_belongs_to_a_layer() -> None:
    for file in FILES:
        layer_of(module_of(file))


def test_the_generator_does_not_know_the_newsletter() -> None:
    files = [file for file in FILES if module_of(file).split(".")[0] == "generator"]
    knowing = [module_of(file) for file in files for name in imports_of(file) if name.split(".")[0] == "newsletter"]
    assert knowing == []


@pytest.mark.parametrize(("library", "modules"), KNOWN_TO.items())
def test_a_library_is_known_where_it_is_needed(library: str, modules: list[str]) -> None:
    users = [module_of(file) for file in FILES if any(name.split(".")[0] == library for name in imports_of(file))]
    assert users == modules


def test_the_engine_is_known_to_its_adapter_only() -> None:
    files = [file for file in FILES if not module_of(file).startswith("generator.engine")]
    engines = {"mkdocs", "material", "properdocs"}
    assert [module_of(file) for file in files for name in imports_of(file) if name.split(".")[0] in engines] == []


def test_only_the_gate_makes_something_public() -> None:
    makers = [module_of(file) for file in FILES if re.search(r"\bPublicSite\(", file.read_text(encoding="utf-8"))]
    assert makers == ["generator.gate"]


def test_only_a_look_ahead_goes_past_the_rules() -> None:
    using = {
        file.name
        for file in FILES
        if re.search(r"^[^#\n]*\bas_if_public\b(?!`)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert using == {"gate.py", "foresight.py"}


def test_only_the_clock_reads_the_time() -> None:
    forbidden = {"datetime.now", "datetime.today", "date.today", "datetime.utcnow", "time.time"}
    reading = [
        (module_of(file), call)
        for file in FILES
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call) and (call := ast.unparse(node.func)) in forbidden
    ]
    assert {module for module, _ in reading} <= {"generator.clock"}


@pytest.mark.parametrize("folder", ["model", "channels"])
def test_the_middle_touches_no_files(folder: str) -> None:
    forbidden = {"os", "shutil", "subprocess", "socket", "urllib.request", "tempfile"}
    for file in (ROOT / "generator" / folder).rglob("*.py"):
        assert not forbidden & set(imports_of(file)), module_of(file)
        text = file.read_text(encoding="utf-8")
        assert "open(" not in text, module_of(file)
        assert ".read_text(" not in text, module_of(file)
