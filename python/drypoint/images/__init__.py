"""Images as columns of facts, for `derive=` of a profile: `pip install "drypoint[images]"`."""

from drypoint.images._columns import columns

__all__ = ["columns"]
