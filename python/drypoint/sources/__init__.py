"""Whatever holds rows, as a stream of Arrow record batches."""

from drypoint.sources._empty import empty_batch
from drypoint.sources._open import open_source
from drypoint.sources._source import Source

__all__ = ["Source", "empty_batch", "open_source"]
