"""Whatever a cooperation's colours are, its letters can be read."""

from hypothesis import given
from hypothesis import strategies as st

from generator.colours import contrast
from newsletter.palette import palette
from tests.properties import property_settings

COLOURS = st.tuples(*[st.integers(0, 255)] * 3).map(lambda rgb: "#{:02x}{:02x}{:02x}".format(*rgb))


@given(COLOURS, COLOURS)
@property_settings(500)
def test_every_text_can_be_read_on_its_ground(brand: str, link: str) -> None:
    for colours in palette(brand, link):
        assert contrast(colours.on_brand, colours.brand) >= 7
        for ground in (colours.paper, colours.tint, colours.ground):
            assert contrast(colours.ink, ground) >= 7
            assert contrast(colours.quiet, ground) >= 7
            assert contrast(colours.link, ground) >= 7


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    light, _ = palette("#1f4d3a", "#004466")
    assert (light.brand, light.link) == ("#1f4d3a", "#004466")
