"""Every type and property that pages use is one of schema.org's, by its vocabulary as types (schema-dts)."""

import json

import pytest

from tests.node import run_node
from tests.sample import Built, sample
from tests.structured_data import demo

pytestmark = pytest.mark.slow

CHECK = """
const ts = require("typescript");
const options = { noEmit: true, strict: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2020 };
options.moduleResolution = ts.ModuleResolutionKind.Node10;
const name = require("path").resolve("pages.ts");
const lines = input.map((page, index) => `export const p${index}: Graph = ${page};`);
const text = ['import type { Graph } from "schema-dts";', ...lines].join("\\n");
const host = ts.createCompilerHost(options);
const read = host.getSourceFile;
host.getSourceFile = (file, ...rest) =>
    file === name ? ts.createSourceFile(file, text, options.target) : read(file, ...rest);
const program = ts.createProgram([name], options, host);
return ts.getPreEmitDiagnostics(program).map((found) => {
    const page = found.file ? found.file.getLineAndCharacterOfPosition(found.start).line - 1 : -1;
    return [page, ts.flattenDiagnosticMessageText(found.messageText, " ").slice(0, 400)];
});
"""


def unknown(blocks: dict[str, str]) -> dict[str, list[str]]:
    """Return what the vocabulary does not know, by the address of the page."""
    found: dict[str, list[str]] = {}
    for page, message in run_node(CHECK, list(blocks.values())):
        found.setdefault(list(blocks)[page] if page >= 0 else "", []).append(message)
    return found


def blocks(built: Built) -> dict[str, str]:
    return {url: staged.meta["structured_data"] for url, staged in built.pages.items()}


def test_pages_use_the_words_of_schema_org() -> None:
    found = unknown(blocks(demo()))
    # What programs are to fill in has a name of its own form (schema.org, „Potential Actions“).
    assert found.keys() <= {""}
    assert [message for message in found.get("", []) if "query-input" not in message] == []


def test_other_words_are_found() -> None:
    graph = json.loads(blocks(sample())["impressum/"])
    graph["@graph"][0]["titel"] = "Impressum"
    assert "titel" in str(unknown({"impressum/": json.dumps(graph)}))
