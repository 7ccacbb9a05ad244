"""Whatever looks non-public in a text, but is not marked in a way that keeps it back."""

import re
from collections.abc import Iterator

from generator.model.entry import Entry
from generator.model.minutes import Minutes
from generator.problems import Problem
from generator.reading.suspicion import is_mark, is_suspicious
from generator.reading.yaml_tree import YamlTree

__all__ = ["check_suspicions"]

_HEADING = re.compile(r"\n#{1,6}(.*)")
"""Looked for with the line feed before it: at the beginning of each line it would take as long as all the rest."""

_FENCED = re.compile(r"^(`{3,}) *[\w-]* *\n(?:.*\n)*?\1 *$", re.MULTILINE)
"""A narrower form than Python-Markdown's, so that nothing is passed over that would not be code."""

_ATTRIBUTES = re.compile(r"\{[^{}]*\}\s*$")


def check_suspicions(entry: Entry, tree: YamlTree, *, fences: bool) -> Iterator[Problem]:
    """Yield a problem for each place that looks non-public and would be public all the same.

    What stands in the body of minutes is looked at where they are taken apart.

    Args:
        entry: the text.
        tree: its fields as written, for their lines.
        fences: whether what stands between lines of ``` is shown as it is written, and so announces nothing.
    """
    if entry.draft:
        return
    place = str(entry.source.path)
    for index, attachment in enumerate(entry.attachments):
        if attachment.public and is_suspicious(attachment.title):
            yield Problem(
                place,
                tree.line_of(("attachments", index, "title")),
                f"Die Anlage „{attachment.title}“ sieht nach etwas Nichtöffentlichem aus.",
                "„public: nein“ dazuschreiben oder, wenn sie öffentlich ist, den Titel ändern.",
            )
    if isinstance(entry, Minutes):
        if is_suspicious(entry.title):
            yield Problem(
                place,
                tree.line_of(("title",)),
                "Der Titel sieht nach dem Protokoll einer nichtöffentlichen Sitzung aus.",
                "„draft: ja“ schreiben oder, wenn es öffentlich ist, den Titel ändern.",
            )
        return
    body = f"\n{entry.source.body}"
    if fences and "```" in body:
        body = _FENCED.sub(lambda code: "\n" * code[0].count("\n"), body)
    for heading in _HEADING.finditer(body):
        if is_mark(_ATTRIBUTES.sub("", heading[1].strip().rstrip("#").rstrip())):
            yield Problem(
                place,
                entry.source.body_line + body.count("\n", 0, heading.start()),
                "Diese Überschrift kündigt etwas Nichtöffentliches an; zurückgehalten wird es nur in Protokollen.",
                "Den Abschnitt aus dem Text nehmen oder, wenn er öffentlich ist, die Überschrift ändern.",
            )
