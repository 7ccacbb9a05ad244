"""The files in which the site shows its pictures."""

from collections.abc import Iterator
from functools import partial

from generator.cache import digest
from generator.channels.output import LazyFile
from generator.model.picture import Picture, Variant
from generator.model.site import PublicSite

__all__ = ["pictures"]


def pictures(site: PublicSite) -> Iterator[LazyFile]:
    """Make each picture in the widths and forms that browsers choose from; a vector is published as it is."""
    for picture in site.pictures.values():
        if picture.kind == "vector":
            continue
        for variant in picture.variants:
            yield LazyFile(
                path=variant.url,
                url=variant.url,
                source=picture.path,
                identity=digest("picture", picture.digest, variant.form, str(variant.width)),
                make=partial(_made, site, picture, variant),
                large=True,
            )


def _made(site: PublicSite, picture: Picture, variant: Variant) -> bytes:
    # Imported here, for most builds find all files made.
    from generator.rendering.pictures.web import for_web  # noqa: PLC0415

    assert site.load is not None
    return for_web(site.load(picture.path), picture, variant)
