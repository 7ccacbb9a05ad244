"""Node's packages for the tests (``tests/package.json``), which `make` installs where there is npm."""

import json
import shutil
import subprocess
from typing import Any

import pytest

from tests.project import ROOT

__all__ = ["run_node"]

FOLDER = ROOT / "tests"
OLDEST = 20
"""The oldest Node that runs the packages."""


def run_node(script: str, data: Any) -> Any:
    """Run JavaScript with the packages at hand.

    Args:
        script: the body of an async function of ``input``, which returns something that JSON can say.
        data: its input.
    """
    node = shutil.which("node")
    if node is None or not (FOLDER / "node_modules").is_dir():
        pytest.skip("Node or its packages are not installed (make tests/node_modules)")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    if int(version.lstrip("v").partition(".")[0]) < OLDEST:
        pytest.skip(f"Node {version.strip()} is older than {OLDEST}")
    program = f"""
        const input = JSON.parse(require("fs").readFileSync(0, "utf8"));
        (async () => {{ {script} }})().then(
            (result) => require("fs").writeSync(1, JSON.stringify(result)),
            (error) => {{ console.error(error); process.exit(1); }});
    """
    command = [node, "-e", program]
    result = subprocess.run(
        command, cwd=FOLDER, input=json.dumps(data), capture_output=True, text=True, timeout=300, check=False
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)
