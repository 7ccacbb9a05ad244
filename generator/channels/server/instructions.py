"""How to put the site on a server, in German, for whoever runs it."""

from generator.channels.server.answers import Serving

__all__ = ["instructions"]

_TEXT = """\
# {host}{root} auf einem Webserver

Dieser Ordner wird bei jedem Bau neu geschrieben. Er gehört nicht zur Seite; veröffentlicht wird nur `build/site`.

## nginx

`nginx.conf` wird in den `server`-Block eingebunden und enthält alles außer Zertifikat und Ordner: Kopfzeilen für die
Sicherheit, Dateitypen, Kompression, Zwischenspeicherung, Weiterleitungen und die Fehlerseite. Ein eigenes
`location {below}` entfällt.

```nginx
server {{
    listen 443 ssl;
    http2 on;
    server_name {host};
    ssl_certificate     /etc/ssl/{host}.pem;
    ssl_certificate_key /etc/ssl/{host}.key;
    root {folder};
    include /etc/nginx/schaukasten/nginx.conf;
}}
server {{
    listen 80;
    server_name {host};
    return 301 https://$host$request_uri;
}}
```

{place}

Neue Weiterleitungen gelten, sobald nginx seine Einstellungen neu liest: nach jeder Veröffentlichung die Datei kopieren,
`nginx -t`, dann `systemctl reload nginx`. `http2 on;` gibt es ab nginx 1.25.1, davor `listen 443 ssl http2;`.

## Apache

Alles steht in `.htaccess` im Stamm der Seite und wird mit ihr kopiert. Für ihren Ordner muss
`AllowOverride FileInfo Indexes` (oder `All`) gelten, und diese Module müssen an sein:

```sh
a2enmod alias deflate dir filter headers mime
```

Die Umleitung von http auf https gehört in die Einstellungen des Servers.

## Statische Hoster

| Datei im Stamm | Netlify | Cloudflare Pages | GitLab Pages |
|---|---|---|---|
| `_headers` | ja | ja | nein |
| `_redirects` | ja | ja | ja |

Netlify und GitLab Pages geben einer Datei den Vorrang vor der Weiterleitung. Damit frühere Adressen dort mit 301
antworten und nicht mit einer Seite, die weiterleitet, in `mkdocs.yml` unter `- schaukasten:` den Hoster nennen:
`server: netlify` oder `server: gitlab`. GitLab Pages kennt keine eigenen Kopfzeilen; GitHub Pages und Codeberg lesen
keine der Dateien.

## security.txt

{security}

## Prüfen

```sh
curl -sI {origin}{root} | grep -i content-security-policy
curl -sI {origin}{root}gibt-es-nicht/ | head -1    # HTTP/2 404
```
"""

_AT_THE_ROOT = "Nach `{folder}` kommt der Inhalt von `build/site`."

_BELOW = (
    "Die Seite liegt unter `{root}`: Nach `{folder}{root}` kommt der Inhalt von `build/site`, und `root` zeigt auf den "
    "Ordner darüber."
)

_SECURITY_AT_THE_ROOT = "Wenn es sie gibt, liegt sie mit der Seite am richtigen Platz: `/.well-known/security.txt`."

_SECURITY_BELOW = (
    "Sie muss im Stamm des Hosts liegen (RFC 9116). `{root}.well-known/security.txt` gehört deshalb zusätzlich nach\n"
    "`/.well-known/security.txt`, als Kopie oder mit einer Weiterleitung."
)


def instructions(site: Serving) -> str:
    """Return the page for the site's address."""
    at_the_root = site.root == "/"
    folder = f"/srv/www/{site.host}"
    place = (_AT_THE_ROOT if at_the_root else _BELOW).format(root=site.root, folder=folder)
    security = (_SECURITY_AT_THE_ROOT if at_the_root else _SECURITY_BELOW).format(root=site.root)
    return _TEXT.format(
        host=site.host,
        root=site.root,
        below=site.below,
        origin=site.origin,
        folder=folder,
        place=place,
        security=security,
    )
