"""A comment on a change, where pipelines of GitLab, GitHub and Forgejo run: written once, then changed."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.change_report import MARK
from generator.fetching import NotFetchedError, fetched

__all__ = ["Host", "NotCommentedError", "comment", "host_of"]


class NotCommentedError(Exception):
    """There is nothing to comment on, or it is not allowed; the message is a German sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """Where comments on a change are."""

    comments: str
    """The address of all of them."""

    one: str
    """The address of one, before its number."""

    change: str
    """The method by which one is changed."""

    headers: Mapping[str, str]
    """What says who writes."""


def host_of(environment: Mapping[str, str]) -> Host:
    """Return where to comment, as the environment of a pipeline says.

    GitLab's own token for a job may not write comments (docs.gitlab.com, CI/CD job token), so ``REPORT_TOKEN`` is to
    hold one of the project's, with the scope ``api``; GitHub and Forgejo give one with each run.

    Raises:
        NotCommentedError: it is no pipeline of a change, or there is no token.
    """
    try:
        if "CI_MERGE_REQUEST_IID" in environment:
            address = "{CI_API_V4_URL}/projects/{CI_PROJECT_ID}/merge_requests/{CI_MERGE_REQUEST_IID}/notes"
            notes = address.format_map(environment)
            return Host(comments=notes, one=notes, change="PUT", headers={"PRIVATE-TOKEN": environment["REPORT_TOKEN"]})
        if number := re.fullmatch(r"refs/pull/(\d+)/\w+", environment.get("GITHUB_REF", "")):
            issues = "{GITHUB_API_URL}/repos/{GITHUB_REPOSITORY}/issues".format_map(environment)
            return Host(
                comments=f"{issues}/{number[1]}/comments",
                one=f"{issues}/comments",
                change="PATCH",
                headers={"Authorization": f"Bearer {environment['GITHUB_TOKEN']}"},
            )
    except KeyError as missing:
        raise NotCommentedError(f"{missing.args[0]} ist nicht gesetzt.") from missing
    raise NotCommentedError("Dies ist keine Pipeline zu einer Änderung.")


def comment(host: Host, text: str) -> None:
    """Write a comment, in the place of the one that was written before.

    Raises:
        NotCommentedError: the host does not allow it.
    """
    try:
        # GitLab and GitHub count pages by „per_page“, Forgejo by „limit“.
        before = json.loads(fetched(f"{host.comments}?per_page=100&limit=100", headers=host.headers))
        earlier = next((item["id"] for item in before if _is_ours(item)), None)
        method, address = ("POST", host.comments) if earlier is None else (host.change, f"{host.one}/{earlier}")
        fetched(address, headers=host.headers, method=method, sent={"body": text})
    except (NotFetchedError, ValueError) as error:
        raise NotCommentedError(str(error)) from error


def _is_ours(item: Any) -> bool:
    return isinstance(item, dict) and str(item.get("body", "")).startswith(MARK)
