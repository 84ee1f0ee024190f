"""Whatever holds rows, as a stream of Arrow record batches."""

from drypoint.sources._open import open_source
from drypoint.sources._source import Source

__all__ = ["Source", "open_source"]
