"""What static hosts read in a site's root: ``_headers`` and ``_redirects``.

Netlify and Cloudflare Pages read both, GitLab Pages reads redirects only. Hosts join what several rules say of a header
with a comma (docs.netlify.com/routing/headers, developers.cloudflare.com/pages/configuration/headers). So the rule for
everything says the least, and those for sections narrow it: of two policies a browser keeps to both. What cannot be
narrowed in this way stays as wide as it must be.
"""

from collections.abc import Iterator, Mapping

from generator.channels.server.answers import Serving
from generator.channels.server.policy import COOP, CORP, CSP, ROBOTS

__all__ = ["host_headers", "host_redirects"]

_MOST_RULES = 100
"""More rules of ``_headers`` Cloudflare does not read. A section left out keeps the wider policy."""


def host_headers(site: Serving) -> str:
    """Return the text of ``_headers``. How long files are kept is left to the host: it knows when they change."""
    editor = next((answer.headers for answer in site.answers if ROBOTS in answer.headers), {})
    # The editor's policy allows what the search's does.
    widest = editor.get(CSP, site.search_policy if site.search else site.policy)
    everywhere = {CSP: widest, CORP: "cross-origin", **site.common}
    narrow = {CSP: site.policy}
    if COOP in editor:
        # Two values joined would be none: each path is told its own.
        narrow[COOP] = everywhere.pop(COOP)
    rules = [_rule(f"{site.root}*", everywhere)]
    if editor:
        rules.append(_rule(f"{site.root}admin/*", {name: editor[name] for name in (ROBOTS, COOP) if name in editor}))
        rules += [_rule(f"{site.root}{site.search}*", narrow | {CSP: site.search_policy})] if site.search else []
    if widest != site.policy:
        rules += [_rule(path, narrow) for path in _narrowed(site)]
    return "# Von Schaukasten erzeugt.\n" + "".join(rules[:_MOST_RULES])


def _rule(path: str, headers: Mapping[str, str]) -> str:
    return f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())


def _narrowed(site: Serving) -> Iterator[str]:
    yield site.root
    for section in site.sections:
        yield f"{site.root}{section}*"


def host_redirects(site: Serving) -> str:
    """Return the text of ``_redirects``."""
    rules = (f"{old} {redirect.new} 301" for redirect in site.redirects for old in redirect.spellings)
    return "\n".join(["# Von Schaukasten erzeugt.", *rules, ""])
