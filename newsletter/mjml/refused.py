"""What MJML or HTML could say and no letter may, with the reason and the way round it."""

from collections.abc import Mapping

__all__ = ["REFUSED", "REFUSED_HTML"]

_ELSEWHERE = "wird in Mailprogrammen nicht überall so gezeigt, wie es gemeint ist"
REFUSED: Mapping[str, tuple[str, str]] = {
    "mj-font": (
        "lädt Schriften von fremden Rechnern",
        'Eine Schrift nehmen, die alle haben: font-family="Arial, sans-serif".',
    ),
    "mj-include": ("umgeht die Prüfung der Vorlagen", "{% include … %} schreiben."),
    "mj-social": ("lädt Bilder von fremden Rechnern", "Links mit mj-text oder eigene Bilder mit mj-image nehmen."),
    "mj-social-element": (
        "lädt Bilder von fremden Rechnern",
        "Links mit mj-text oder eigene Bilder mit mj-image nehmen.",
    ),
    "mj-hero": (_ELSEWHERE, "mj-section mit mj-image nehmen."),
    "mj-carousel": (_ELSEWHERE, "Die Bilder mit mj-image untereinander zeigen."),
    "mj-carousel-image": (_ELSEWHERE, "Die Bilder mit mj-image untereinander zeigen."),
    "mj-accordion": (_ELSEWHERE, "Den Text ganz zeigen, mit mj-text."),
    "mj-accordion-element": (_ELSEWHERE, "Den Text ganz zeigen, mit mj-text."),
    "mj-accordion-title": (_ELSEWHERE, "Den Text ganz zeigen, mit mj-text."),
    "mj-accordion-text": (_ELSEWHERE, "Den Text ganz zeigen, mit mj-text."),
    "mj-navbar": (_ELSEWHERE, "Die Links mit mj-text zeigen."),
    "mj-navbar-link": (_ELSEWHERE, "Die Links mit mj-text zeigen."),
    "mj-html-attributes": ("kennt die Maschine nicht", "Das Attribut unmittelbar am HTML-Tag schreiben."),
    "mj-selector": ("kennt die Maschine nicht", "Das Attribut unmittelbar am HTML-Tag schreiben."),
    "mj-html-attribute": ("kennt die Maschine nicht", "Das Attribut unmittelbar am HTML-Tag schreiben."),
}
"""Components of MJML that are left out: why (after „nicht vorgesehen, denn es …“), and what to do."""

REFUSED_HTML: Mapping[str, str] = {
    "applet": "Entfernen; Mailprogramme führen nichts aus.",
    "audio": "Auf die Website verlinken.",
    "base": "Adressen vollständig schreiben.",
    "button": "mj-button nehmen.",
    "embed": "Auf die Website verlinken.",
    "form": "Auf ein Formular der Website verlinken.",
    "frame": "Auf die Website verlinken.",
    "iframe": "Auf die Website verlinken.",
    "input": "Auf ein Formular der Website verlinken.",
    "link": "Gestaltung in mj-style schreiben.",
    "object": "Auf die Website verlinken.",
    "script": "Entfernen; Mailprogramme führen nichts aus.",
    "select": "Auf ein Formular der Website verlinken.",
    "style": "Gestaltung in mj-style schreiben.",
    "svg": "Als Bild (PNG oder JPEG) mit mj-image zeigen.",
    "textarea": "Auf ein Formular der Website verlinken.",
    "title": "mj-title nehmen.",
    "video": "Auf die Website verlinken.",
}
"""HTML elements no letter may contain, and what to do instead."""
