"""The web editor is there where the settings want it, with forms made from the model, and nobody is led to it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from generator.channels.output import LazyFolders
from generator.channels.robots import robots
from generator.channels.server.policy import editor_policy, page_policy
from generator.channels.server.servers import published, unpublished
from generator.channels.sitemap import sitemap
from generator.cli import main
from generator.editor import bundle
from generator.editor.channel import editor
from generator.editor.fields import FormField, fields_of, settings_fields
from generator.engine.options import settings_of
from generator.engine.project import load_project
from generator.engine.theme import open_project
from generator.model.content_type import CONTENT_TYPES, PAGE, ContentType
from generator.model.cooperation import Cooperation
from generator.model.record import Record
from generator.model.shape import authored_fields, shape_of
from generator.model.web_editor import HOSTS, WebEditor
from tests.project import load_cases, write_project
from tests.sample import NOW, Built, come_out, sample

GIT = "https://git.example.org"
CASES = load_cases("web-editor-option")


def wanted(backend: str = "gitlab") -> WebEditor:
    host = HOSTS[backend]
    api = host.api if host.api.startswith("https:") else GIT + host.api
    return WebEditor(content="content", host=host, repository="allianz/web", address=GIT, api=api, client="abc")


def made(backend: str = "gitlab") -> Built:
    return come_out(no_folders, editor=wanted(backend))


def no_folders(site: Any) -> Iterator[Any]:
    """The channel without what npm installs."""
    yield from (file for file in editor(site) if not isinstance(file, LazyFolders))


def told(backend: str = "gitlab") -> Mapping[str, Any]:
    config: Mapping[str, Any] = yaml.safe_load(made(backend)["admin/config.yml"])
    return config


def test_without_the_option_there_is_no_editor() -> None:
    assert come_out(editor).files == {}
    assert b"admin" not in come_out(published)["_headers"]


def test_nobody_is_led_to_the_editor() -> None:
    files = made().files
    assert b'<meta name="robots" content="noindex">' in files["admin/"].data
    assert b"admin" not in sitemap("https://test.example.org/", files.values()).data
    assert b"admin" not in come_out(robots, editor=wanted())["robots.txt"]
    assert not any(b"admin/" in file.data for file in sample().files.values())


def test_the_page_states_its_policy_itself() -> None:
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', made()["admin/"].decode())
    stated = dict(part.split(" ", 1) for part in policy.replace("&#x27;", "'").split("; "))
    assert stated["connect-src"] == f"'self' blob: {GIT}"
    assert stated["script-src"] == "'self' 'unsafe-eval'"
    assert "frame-ancestors" not in stated


@pytest.mark.parametrize("backend", HOSTS)
def test_servers_are_told_of_the_editor_alone(backend: str) -> None:
    layout = {"editor": wanted(backend)}
    policy = editor_policy(wanted(backend).origins)
    opens = "same-origin-allow-popups"
    for files in (come_out(published, **layout).files, {file.path: file for file in unpublished(site_with(backend))}):
        for name in {".htaccess", "nginx.conf"} & files.keys():
            text = files[name].data.decode()
            assert text.count(policy) == 2, name
            assert text.count("X-Robots-Tag") == 2
            assert text.count(opens) == (2 if backend == "github" else 0)
            assert text.count(page_policy()) > 2


def site_with(backend: str) -> Any:
    site = sample().site
    return replace(site, layout=replace(site.layout, editor=wanted(backend)))


def test_static_hosts_narrow_the_policy_everywhere_else() -> None:
    text = come_out(published, *sample().site.entries, editor=wanted("github"))["_headers"].decode()
    rules = {block.splitlines()[0]: block for block in re.split(r"\n(?=/)", text)}
    assert "unsafe-eval" in rules["/*"]
    assert "Cross-Origin-Opener-Policy" not in rules["/*"]
    assert "Cross-Origin-Opener-Policy: same-origin-allow-popups" in rules["/admin/*"]
    assert "X-Robots-Tag: noindex" in rules["/admin/*"]
    for path in ("/", "/aktuelles/*", "/termine/*"):
        assert f"Content-Security-Policy: {page_policy()}" in rules[path]
        assert "Cross-Origin-Opener-Policy: same-origin\n" in rules[path] + "\n"
    assert "'wasm-unsafe-eval'" in rules["/suche/*"]


@pytest.mark.parametrize("backend", HOSTS)
def test_decap_is_told_where_texts_are(backend: str) -> None:
    config = told(backend)
    assert config["backend"]["name"] == HOSTS[backend].backend
    assert config["backend"]["repo"] == "allianz/web"
    assert config["locale"] == "de"
    assert "local_backend" not in config
    folders = {one["name"]: one.get("folder") for one in config["collections"]}
    assert folders["news"] == "content/aktuelles"
    assert folders["page"] == "content"


def names_in(model: type[Record], fields: list[FormField], left_out: frozenset[str] = frozenset()) -> None:
    """Make sure that a form asks for every field of a record, with the model's own words."""
    asked = {field["name"]: field for field in fields}
    written = {name: known for name, known in authored_fields(model) if name not in left_out}
    assert asked.keys() - {"body"} == written.keys()
    for name, known in written.items():
        assert (asked[name]["label"], asked[name]["hint"]) == (known.title, known.description)
        record = shape_of(known).record
        if record is not None:
            names_in(record, asked[name]["fields"])


@pytest.mark.parametrize("kind", [*CONTENT_TYPES, PAGE], ids=lambda kind: kind.name)
def test_forms_ask_for_every_field(kind: ContentType) -> None:
    fields = fields_of(kind, sample().site.cooperation, "content")
    names_in(kind.model, fields, frozenset(kind.model.stand_ins))


def test_the_form_of_the_settings_asks_for_every_field() -> None:
    names_in(Cooperation, settings_fields("content"))


def test_ids_are_chosen_from_the_lists_of_the_cooperation() -> None:
    fields = {field["name"]: field for field in fields_of(CONTENT_TYPES[0], sample().site.cooperation, "content")}
    assert fields["topics"]["options"] == [
        {"label": topic.name, "value": topic.id} for topic in sample().site.cooperation.topics
    ]
    assert fields["topics"]["multiple"] is True


def project_with(option: Mapping[str, Any], folder: Path) -> Path:
    config = write_project(folder, {})
    told = yaml.safe_dump(option, default_flow_style=True, width=1000).strip()
    text = config.read_text(encoding="utf-8").replace("[schaukasten]", f"[schaukasten: {{editor: {told}}}]")
    config.write_text(text, encoding="utf-8")
    return config


@pytest.mark.parametrize("name", CASES)
def test_mistakes_in_the_option_are_told(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = CASES[name]
    monkeypatch.setattr("generator.engine.editor_option.is_there", lambda: case.get("installed", True))
    result = CliRunner().invoke(main, ["check", "-f", str(project_with(case["option"], tmp_path)), "--now", NOW])
    assert result.exit_code == 1
    assert result.stderr.strip() == case["told"]


HOSTED: Mapping[str, tuple[Mapping[str, str], tuple[str, ...], bool]] = {
    "gitlab": ({"app_id": "abc"}, ("https://gitlab.com",), True),
    "forgejo": ({"app_id": "abc", "base_url": f"{GIT}/forge/"}, (GIT,), True),
    "gitea": (
        {"app_id": "abc", "base_url": GIT, "api_root": "https://api.example.org/v1"},
        (GIT, "https://api.example.org"),
        False,
    ),
    "github": ({"base_url": "https://login.example.org"}, ("https://api.github.com",), True),
}


@pytest.mark.parametrize("backend", HOSTED)
def test_what_the_option_leaves_out_follows_from_the_host(
    backend: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.engine.editor_option.is_there", lambda: True)
    further, origins, workflow = HOSTED[backend]
    config, plugin = load_project(project_with({"backend": backend, "repo": "a/b", **further}, tmp_path))
    found = settings_of(config, plugin.config).layout.editor
    assert found is not None
    assert (found.content, found.branch, found.origins, found.workflow) == ("content", "main", origins, workflow)


def test_a_project_behind_a_link_has_its_content_folder(tmp_path: Path) -> None:
    config = write_project(tmp_path / "project", {})
    (tmp_path / "link").symlink_to(config.parent)
    project = open_project(tmp_path / "link" / config.name, drafts=False, editor="http://127.0.0.1:1/api/v1")
    editor = project.settings.layout.editor
    assert editor is not None
    assert editor.content == "content"


def test_the_versions_that_are_asked_for_must_be_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked = json.loads((bundle.ASKED / "package.json").read_text(encoding="utf-8"))["dependencies"]
    monkeypatch.setattr(bundle, "INSTALLED", tmp_path)
    assert not bundle.is_there()
    for name in ("decap-cms", "js-yaml"):
        assert asked[name] in bundle.bundle_folder()
        manifest = tmp_path / "node_modules" / name / "package.json"
        manifest.parent.mkdir(parents=True)
        manifest.write_text('{"version": "0.1.0"}', encoding="utf-8")
        assert not bundle.is_there()
        manifest.write_text(json.dumps({"version": asked[name]}), encoding="utf-8")
    assert bundle.is_there()
