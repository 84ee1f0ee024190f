"""The characters that whylogs tells apart."""

__all__ = ["RANGES"]

RANGES = {
    "emoticon": (0x1F600, 0x1F64F),
    "control": (0x00, 0x1F),
    "digits": (0x30, 0x39),
    "latin-upper": (0x41, 0x5A),
    "latin-lower": (0x61, 0x7A),
    "basic-latin": (0x00, 0x7F),
    "extended-latin": (0x80, 0x2AF),
}
"""Its ranges of characters, for `Parameters(ranges=…)`; some overlap."""
