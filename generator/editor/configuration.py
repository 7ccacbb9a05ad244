"""What Decap CMS is told: the file ``config.yml`` (decapcms.org/docs/configuration-options)."""

import json
from typing import Any

import yaml

from generator.channels.view import View
from generator.editor.collections import collections_of
from generator.model.site import PublicSite
from generator.model.web_editor import WebEditor

__all__ = ["as_yaml", "configuration"]

_MESSAGES = {
    "create": "{{collection}} „{{slug}}“ angelegt",
    "update": "{{collection}} „{{slug}}“ geändert",
    "delete": "{{collection}} „{{slug}}“ gelöscht",
    "uploadMedia": "Datei „{{path}}“ hochgeladen",
    "deleteMedia": "Datei „{{path}}“ gelöscht",
}


def configuration(site: PublicSite, editor: WebEditor) -> bytes:
    """Return what Decap CMS is told, as JSON."""
    logo = View(site).picture_of(site.cooperation.brand.logo)
    told = {
        "backend": _backend(editor),
        "publish_mode": "editorial_workflow" if editor.workflow else "simple",
        "locale": "de",
        "site_url": site.cooperation.base_url,
        "display_url": site.cooperation.base_url,
        **({"logo": {"src": f"../{logo['src']}"}} if logo else {}),
        "media_folder": f"{editor.content}/bilder",
        "public_folder": "/bilder",
        # A preview would have to know the theme and the generator's Markdown: it would show something else.
        "editor": {"preview": False},
        "slug": {"encoding": "ascii", "clean_accents": True, "sanitize_replacement": "-"},
        "collections": list(collections_of(site, editor.content)),
    }
    return json.dumps(told).encode()


def as_yaml(told: bytes) -> bytes:
    """Return the bytes of ``config.yml``; writing them takes a while."""
    text: str = yaml.safe_dump(json.loads(told), allow_unicode=True, sort_keys=False, width=120)
    return f"# Von Schaukasten erzeugt, aus dem Modell und den Angaben zur Zusammenarbeit.\n{text}".encode()


def _backend(editor: WebEditor) -> dict[str, Any]:
    host = editor.host
    if host is None:
        return {"name": "proxy", "proxy_url": editor.api, "branch": editor.branch}
    return {
        "name": host.backend,
        "repo": editor.repository,
        "branch": editor.branch,
        "base_url": editor.address,
        "api_root": editor.api,
        **host.signs_in,
        **({"app_id": editor.client} if editor.client else {}),
        "commit_messages": _MESSAGES,
    }
