"""The constraints of whylogs 1.6.4 by their names, with the verdicts that it gives."""

from drypoint.checks.whylogs._conditions import (
    condition_count_below,
    condition_meets,
    condition_never_meets,
)
from drypoint.checks.whylogs._constraint import (
    Constraint,
    Constraints,
    ConstraintsBuilder,
    ReportResult,
)
from drypoint.checks.whylogs._counts import (
    column_is_probably_unique,
    count_below_number,
    distinct_number_in_range,
    frequent_strings_in_reference_set,
    n_most_common_items_in_set,
    no_missing_values,
    null_percentage_below_number,
    null_values_below_number,
)
from drypoint.checks.whylogs._numbers import (
    greater_than_number,
    is_in_range,
    is_non_negative,
    mean_between_range,
    quantile_between_range,
    smaller_than_number,
    stddev_between_range,
)
from drypoint.checks.whylogs._types import (
    column_has_non_zero_types,
    column_has_zero_count_types,
    column_is_nullable_boolean,
    column_is_nullable_datatype,
    column_is_nullable_fractional,
    column_is_nullable_integral,
    column_is_nullable_object,
    column_is_nullable_string,
)

__all__ = [
    "Constraint",
    "Constraints",
    "ConstraintsBuilder",
    "ReportResult",
    "column_has_non_zero_types",
    "column_has_zero_count_types",
    "column_is_nullable_boolean",
    "column_is_nullable_datatype",
    "column_is_nullable_fractional",
    "column_is_nullable_integral",
    "column_is_nullable_object",
    "column_is_nullable_string",
    "column_is_probably_unique",
    "condition_count_below",
    "condition_meets",
    "condition_never_meets",
    "count_below_number",
    "distinct_number_in_range",
    "frequent_strings_in_reference_set",
    "greater_than_number",
    "is_in_range",
    "is_non_negative",
    "mean_between_range",
    "n_most_common_items_in_set",
    "no_missing_values",
    "null_percentage_below_number",
    "null_values_below_number",
    "quantile_between_range",
    "smaller_than_number",
    "stddev_between_range",
]
