"""What is wrong with a finished letter: what mail programs would clip, block, change, or load from elsewhere."""

from collections.abc import Collection

from generator.problems import Problem
from newsletter.mjml.finished import FinishedLetter
from newsletter.mjml.lint_access import ACCESS_RULES
from newsletter.mjml.lint_privacy import PRIVACY_RULES
from newsletter.mjml.lint_programs import PROGRAM_RULES

__all__ = ["lint"]


def lint(
    html: str, *, hosts: Collection[str], tokens: Collection[str] = (), path: str = "letter.html"
) -> tuple[Problem, ...]:
    """Return everything that is wrong with a letter, in the order of its lines.

    Args:
        html: the finished HTML.
        hosts: where pictures may come from, as ``bilder.example.org``.
        tokens: placeholders that the sending system replaces; an address may begin with one, a text contain it.
        path: the file that problems name.
    """
    letter = FinishedLetter.of(html, path, frozenset(host.lower() for host in hosts), tuple(tokens))
    rules = (*PROGRAM_RULES, *PRIVACY_RULES, *ACCESS_RULES)
    return tuple(sorted({problem for rule in rules for problem in rule(letter)}))
