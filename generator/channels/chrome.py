"""What every page shows of the cooperation: its name, contact, members and legal pages."""

from generator.channels.icons import icon_links
from generator.channels.previews import site_preview
from generator.channels.site_colours import surfaces
from generator.channels.variants import home_variants
from generator.channels.view import Data, View
from generator.model.site import PublicSite

__all__ = ["chrome"]


def chrome(site: PublicSite) -> Data:
    """Return what header and footer show. It is part of every page, so a change of it builds every page anew."""
    view = View(site)
    cooperation = site.cooperation
    office = cooperation.contact
    return {
        "name": cooperation.name,
        "short_name": cooperation.short_name or cooperation.name,
        "claim": cooperation.claim,
        "logo": view.picture_of(cooperation.brand.logo),
        "icons": icon_links(view),
        "preview": site_preview(view),
        "surfaces": surfaces(cooperation.brand),
        "search": site.layout.search,
        "url": cooperation.base_url,
        "calendar": view.at.calendar,
        # The scheme that calendar programs have registered for subscribing.
        "webcal": f"webcal:{cooperation.base_url.partition(':')[2]}",
        "contact": view.contact(office) | {"address": office.address, "hours": office.hours},
        "variants": home_variants(view),
        "members": [view.municipality(item.id) for item in cooperation.municipalities],
        "legal": {
            "imprint": cooperation.legal.imprint,
            "privacy": cooperation.legal.privacy,
            "accessibility": cooperation.legal.accessibility,
        },
        "at": {
            name: getattr(view.at, name)
            for name in (
                "news",
                "events",
                "minutes",
                "decisions",
                "leitbild",
                "editions",
                "topics",
                "municipalities",
                "committees",
                "search",
                "archive",
            )
        },
    }
