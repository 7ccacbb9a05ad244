"""What others' programs say of letters: html-validate, the data of caniemail.com, SpamAssassin."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest

from generator.model.mailing import Mailing
from newsletter.mjml.markup import parse
from newsletter.mjml.tree import Text, walk
from newsletter.package import Draft, package
from newsletter.profile import PROFILES
from newsletter.text import letter_text
from newsletter.views import mso
from tests import test_letter_browser
from tests.demo_letters import NAMES, DemoLetter
from tests.node import run_node
from tests.project import load_cases

pytestmark = pytest.mark.slow

RULES: Mapping[str, Any] = load_cases("letter-html")["rules"]
SPAM = load_cases("letter-spam")

VALIDATE = """
    const { HtmlValidate, StaticConfigLoader } = require("html-validate");
    const off = Object.fromEntries(input.off.map((rule) => [rule, "off"]));
    const validator = new HtmlValidate(new StaticConfigLoader({
        extends: ["html-validate:recommended"], elements: ["html5", input.elements], rules: off }));
    const results = {};
    for (const [name, html] of Object.entries(input.letters)) {
        const report = await validator.validateString(html);
        results[name] = report.results.flatMap((one) => one.messages.map((said) => `${said.ruleId}: ${said.message}`));
    }
    return results;
"""

SUPPORT = """
    // The program knows fewer mail programs by name than its data does.
    const path = require("path"), folder = path.join(process.cwd(), "node_modules", "caniemail", "dist");
    const { clientNames } = await import(path.join(folder, "clients.js"));
    const { caniemail, rawData } = await import(path.join(folder, "index.js"));
    clientNames.push(...input.clients);
    for (const { stats } of rawData.data) {
        for (const [family, form] of input.clients.map((name) => name.split("."))) {
            stats[family] ??= {};
            stats[family][form] ??= { "0": "u" };  // nobody has tried it
        }
    }
    const found = {};
    for (const { html, clients } of input.letters) {
        // It does not look into media queries by itself.
        const all = html.replace(/@media[^{]*\\{((?:[^{}]*\\{[^{}]*\\})*[^{}]*)\\}/g, "$& $1");
        for (const [client, issues] of caniemail({ clients, html: all }).issues.errors) {
            for (const { title } of issues) {
                // It takes „text-transform“ for „transform“.
                const isProperty = /^[a-z-]+$/.test(title);
                if (isProperty && !new RegExp(`(?<![-\\\\w])${title}\\\\s*:`).test(all)) continue;
                (found[title] ??= new Set()).add(client);
            }
        }
    }
    return Object.fromEntries(Object.entries(found).map(([title, clients]) => [title, [...clients].sort()]));
"""

WORD = "outlook.windows"
CLIENTS = (
    *(f"gmail.{form}" for form in ("desktop-webmail", "ios", "android")),
    *(f"outlook.{form}" for form in ("macos", "outlook-com", "ios", "android")),
    *(f"apple-mail.{form}" for form in ("macos", "ios")),
    *(f"{name}.{form}" for name in ("gmx", "web-de") for form in ("desktop-webmail", "ios", "android")),
    "t-online-de.desktop-webmail",
)


def validated(letters: Mapping[str, str]) -> dict[str, list[str]]:
    """Return what html-validate says of each letter."""
    given = {"letters": letters, "off": list(RULES["rules"]), "elements": RULES["elements"]}
    return dict(run_node(VALIDATE, given))


def test_the_html_is_valid(letters: Mapping[str, DemoLetter]) -> None:
    assert validated({name: letters[name].html for name in NAMES}) == {name: [] for name in NAMES}


def test_html_that_is_not_valid_is_told() -> None:
    html = '<!DOCTYPE html><html lang="de"><head><title>x</title></head><body><p><div>a</div></p></body></html>'
    assert any(said.startswith("no-implicit-close") for said in validated({"bad": html})["bad"])


def test_every_rule_left_out_is_needed(letters: Mapping[str, DemoLetter]) -> None:
    given = {"letters": {"everything": letters["everything"].html}, "off": [], "elements": {}}
    said = {one.partition(":")[0] for one in run_node(VALIDATE, given)["everything"]}
    assert said == {*RULES["rules"], "attribute-allowed-values"}
    assert all(reason.strip() for reason in RULES["rules"].values())


def unsupported(letters: list[str]) -> dict[str, list[str]]:
    """Return what is used in letters and ignored by mail programs: their names by feature."""
    given = [{"html": html, "clients": CLIENTS} for html in letters]
    given += [{"html": mso(html), "clients": [WORD]} for html in letters]
    return dict(run_node(SUPPORT, {"letters": given, "clients": [*CLIENTS, WORD]}))


def test_what_mail_programs_ignore_has_a_fallback(letters: Mapping[str, DemoLetter]) -> None:
    """No more and no less than is listed: what is used no longer leaves the list."""
    listed = {row["feature"]: sorted(row["clients"]) for row in test_letter_browser.UNSUPPORTED}
    assert unsupported([letters[name].html for name in NAMES]) == listed


def test_every_fallback_is_told_and_tested() -> None:
    for row in test_letter_browser.UNSUPPORTED:
        assert row["fallback"].strip(), row["feature"]
        assert callable(getattr(test_letter_browser, row["test"])), row["feature"]


def test_what_mail_programs_ignore_is_found() -> None:
    found = unsupported(['<html><body><p style="display: flex">a</p></body></html>'])
    assert found["display:flex"] == ["gmx.desktop-webmail", "outlook.windows", "web-de.desktop-webmail"]


def message(html: str, subject: str) -> bytes:
    """Return a plain message with HTML and its words."""
    made = EmailMessage(policy=SMTP)
    made["From"] = Address("Kommunale Allianz Kranichwald", "newsletter", "kranichwald.example.org")
    made["To"] = Address("", "leserin", "post.example.org")
    made["Subject"] = subject
    made["Date"] = "Thu, 19 Nov 2026 10:00:00 +0100"
    made["Message-ID"] = "<ausgabe-7.2026-11-19@kranichwald.example.org>"
    body = html.partition("<body")[2]
    words = (node.text.strip() for node in walk(parse("<body" + body, "letter.html").root) if isinstance(node, Text))
    made.set_content("\n\n".join(filter(None, words)))
    made.add_alternative(html, subtype="html")
    return made.as_bytes()


def spam(mail: bytes) -> tuple[float, str]:
    """Return SpamAssassin's points for a message, more being worse, and its report."""
    program = shutil.which("spamassassin")
    if program is None:
        pytest.skip("SpamAssassin is not installed (Debian: apt-get install spamassassin)")
    result = subprocess.run([program, "--local", "-t"], input=mail, capture_output=True, timeout=60, check=False)
    report = result.stdout.decode("utf-8", "replace").rpartition("Content analysis details:")[2]
    points = re.search(r"\(\s*(-?[\d.]+) points", report)
    assert points, result.stderr
    return float(points[1]), report


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_is_not_taken_for_spam(name: str, letters: Mapping[str, DemoLetter]) -> None:
    letter, html = letters[name].letter, letters[name].html
    mailing = Mailing(unsubscribe="newsletter-abmelden@kranichwald.example.org")
    made = Draft(letter=letter, path="a.md", html=html, text=letter_text(letter), mailing=mailing, problems=())
    points, report = spam(package(made, PROFILES["plain"])["letter.eml"])
    assert points <= 0.0, report


@pytest.mark.parametrize("name", SPAM)
def test_spam_is_told(name: str) -> None:
    case = SPAM[name]
    points, report = spam(message(case["html"], case["subject"]))
    assert points >= case["points"], report
