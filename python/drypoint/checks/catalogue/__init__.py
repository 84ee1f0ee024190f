"""The catalogue: one file a check, and the list of them."""

from drypoint.checks._derived import with_derived
from drypoint.checks._entry import Entry
from drypoint.checks.catalogue._blank import ENTRY as BLANK
from drypoint.checks.catalogue._columns import ENTRY as COLUMNS
from drypoint.checks.catalogue._columns_missing import ENTRY as COLUMNS_MISSING
from drypoint.checks.catalogue._columns_new import ENTRY as COLUMNS_NEW
from drypoint.checks.catalogue._columns_retyped import ENTRY as COLUMNS_RETYPED
from drypoint.checks.catalogue._completeness import ENTRY as COMPLETENESS
from drypoint.checks.catalogue._content import ENTRY as CONTENT
from drypoint.checks.catalogue._count import ENTRY as COUNT
from drypoint.checks.catalogue._distinct import ENTRY as DISTINCT
from drypoint.checks.catalogue._drift import ENTRY as DRIFT
from drypoint.checks.catalogue._duplicates import ENTRY as DUPLICATES
from drypoint.checks.catalogue._empty import ENTRY as EMPTY
from drypoint.checks.catalogue._exists import ENTRY as EXISTS
from drypoint.checks.catalogue._freshness import ENTRY as FRESHNESS
from drypoint.checks.catalogue._future import ENTRY as FUTURE
from drypoint.checks.catalogue._infinities import ENTRY as INFINITIES
from drypoint.checks.catalogue._length_max import ENTRY as LENGTH_MAX
from drypoint.checks.catalogue._length_mean import ENTRY as LENGTH_MEAN
from drypoint.checks.catalogue._length_min import ENTRY as LENGTH_MIN
from drypoint.checks.catalogue._length_quantile import ENTRY as LENGTH_QUANTILE
from drypoint.checks.catalogue._max import ENTRY as MAX
from drypoint.checks.catalogue._mean import ENTRY as MEAN
from drypoint.checks.catalogue._metric import ENTRY as METRIC
from drypoint.checks.catalogue._min import ENTRY as MIN
from drypoint.checks.catalogue._missing import ENTRY as MISSING
from drypoint.checks.catalogue._nans import ENTRY as NANS
from drypoint.checks.catalogue._negatives import ENTRY as NEGATIVES
from drypoint.checks.catalogue._nulls import ENTRY as NULLS
from drypoint.checks.catalogue._performance import ENTRY as PERFORMANCE
from drypoint.checks.catalogue._quantile import ENTRY as QUANTILE
from drypoint.checks.catalogue._range import ENTRY as RANGE
from drypoint.checks.catalogue._rows import ENTRY as ROWS
from drypoint.checks.catalogue._rows_failing import ENTRY as ROWS_FAILING
from drypoint.checks.catalogue._rows_meeting import ENTRY as ROWS_MEETING
from drypoint.checks.catalogue._rows_unknown import ENTRY as ROWS_UNKNOWN
from drypoint.checks.catalogue._schema import ENTRY as SCHEMA
from drypoint.checks.catalogue._stable import ENTRY as STABLE
from drypoint.checks.catalogue._std import ENTRY as STD
from drypoint.checks.catalogue._sum import ENTRY as SUM
from drypoint.checks.catalogue._trues import ENTRY as TRUES
from drypoint.checks.catalogue._type import ENTRY as TYPE
from drypoint.checks.catalogue._unique import ENTRY as UNIQUE
from drypoint.checks.catalogue._values_between import ENTRY as VALUES_BETWEEN
from drypoint.checks.catalogue._values_exclude import ENTRY as VALUES_EXCLUDE
from drypoint.checks.catalogue._values_in_reference import ENTRY as VALUES_IN_REFERENCE
from drypoint.checks.catalogue._values_include import ENTRY as VALUES_INCLUDE
from drypoint.checks.catalogue._values_top_within import ENTRY as VALUES_TOP_WITHIN
from drypoint.checks.catalogue._values_within import ENTRY as VALUES_WITHIN
from drypoint.checks.catalogue._zeros import ENTRY as ZEROS

__all__ = ["BASE", "CHECKS"]

BASE: tuple[Entry, ...] = (
    ROWS,
    ROWS_MEETING,
    ROWS_FAILING,
    ROWS_UNKNOWN,
    COLUMNS,
    COLUMNS_NEW,
    COLUMNS_MISSING,
    COLUMNS_RETYPED,
    SCHEMA,
    EXISTS,
    TYPE,
    NULLS,
    MISSING,
    COMPLETENESS,
    COUNT,
    DISTINCT,
    DUPLICATES,
    UNIQUE,
    VALUES_WITHIN,
    VALUES_EXCLUDE,
    VALUES_INCLUDE,
    VALUES_BETWEEN,
    VALUES_TOP_WITHIN,
    VALUES_IN_REFERENCE,
    MIN,
    MAX,
    RANGE,
    MEAN,
    STD,
    SUM,
    QUANTILE,
    NANS,
    INFINITIES,
    ZEROS,
    NEGATIVES,
    TRUES,
    EMPTY,
    BLANK,
    LENGTH_MIN,
    LENGTH_MAX,
    LENGTH_MEAN,
    LENGTH_QUANTILE,
    CONTENT,
    FRESHNESS,
    FUTURE,
    DRIFT,
    STABLE,
    METRIC,
    PERFORMANCE,
)
"""Those that have a file each, in the order of the documentation."""

CHECKS: dict[str, Entry] = {one.name: one for entry in BASE for one in with_derived(entry)}
"""All by name, with the shares and changes that derive from them."""
