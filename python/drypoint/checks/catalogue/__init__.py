"""The catalogue: one file a check, and the list of them."""

from drypoint.checks._derived import with_derived
from drypoint.checks._entry import Entry
from drypoint.checks.catalogue._columns import ENTRY as COLUMNS
from drypoint.checks.catalogue._max import ENTRY as MAX
from drypoint.checks.catalogue._mean import ENTRY as MEAN
from drypoint.checks.catalogue._min import ENTRY as MIN
from drypoint.checks.catalogue._nulls import ENTRY as NULLS
from drypoint.checks.catalogue._quantile import ENTRY as QUANTILE
from drypoint.checks.catalogue._rows import ENTRY as ROWS
from drypoint.checks.catalogue._schema import ENTRY as SCHEMA

__all__ = ["BASE", "CHECKS"]

BASE: tuple[Entry, ...] = (
    ROWS,
    COLUMNS,
    SCHEMA,
    NULLS,
    MIN,
    MAX,
    MEAN,
    QUANTILE,
)
"""Those that have a file each, in the order of the documentation."""

CHECKS: dict[str, Entry] = {one.name: one for entry in BASE for one in with_derived(entry)}
"""All by name, with the shares and changes that derive from them."""
