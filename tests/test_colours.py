"""Contrast is that of the standard, and whatever a brand's colours are, the site's texts can be read."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from generator.channels.site_colours import SiteColours, dark_colours, light_colours
from generator.colours import BLACK, ENOUGH, GOOD, WHITE, contrast, on, pale
from generator.model.brand import Brand
from tests.properties import property_settings

COLOURS = st.tuples(*[st.integers(0, 255)] * 3).map(lambda rgb: "#{:02x}{:02x}{:02x}".format(*rgb))


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#ffffff", "#000000", 21.0), ("#777777", "#ffffff", 4.48), ("#1f4d3a", "#1f4d3a", 1.0)]
)
def test_contrast_is_that_of_the_standard(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == ratio
    assert contrast(one, other) == contrast(other, one)


def texts_and_grounds(colours: SiteColours) -> list[float]:
    texts = (colours.ink, colours.quiet, colours.head, colours.link, colours.alert)
    return [contrast(text, ground) for text, ground in product(texts, (colours.paper, colours.ground, colours.tint))]


@given(COLOURS, COLOURS, COLOURS)
@property_settings(500)
def test_every_text_of_the_site_can_be_read(colour: str, link: str, accent: str) -> None:
    try:
        brand = Brand(colour=colour, link=link, accent=accent)
    except ValidationError:
        assert min(contrast(link, WHITE), contrast(link, pale(colour))) < ENOUGH
        return
    for colours in (light_colours(brand), dark_colours(brand)):
        assert min(texts_and_grounds(colours)) >= GOOD
        assert contrast(colours.on_surface, colours.surface) >= ENOUGH
        assert contrast(colours.accent, colours.paper) >= 3
        assert contrast(colours.ink, colours.paper) >= 12


@given(COLOURS)
@property_settings(500)
def test_every_ground_that_is_taken_can_be_read_on(ground: str) -> None:
    try:
        brand = Brand(link=BLACK, ground=ground)
    except ValidationError:
        return
    for colours in (light_colours(brand), dark_colours(brand)):
        assert min(texts_and_grounds(colours)) >= GOOD


@given(COLOURS)
def test_text_on_a_colour_is_black_or_white(colour: str) -> None:
    assert on(colour) in {BLACK, WHITE}
    assert contrast(on(colour), colour) >= ENOUGH


def test_colours_that_can_be_read_stay_as_they_are() -> None:
    brand = Brand(colour="#1f4d3a", link="#004466", ground="#f3ead8")
    colours = light_colours(brand)
    assert (colours.head, colours.link, colours.ground, colours.surface) == ("#1f4d3a", "#004466", "#f3ead8", "#1f4d3a")
