"""The function that users call; what does the work is loaded by the first call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drypoint.fairness._fairness_table import FairnessTable
    from drypoint.profiles import ProfileSet

__all__ = ["fairness"]


def fairness(  # noqa: PLR0913 # each is one thing to be said of what is judged
    profiles: ProfileSet,
    *,
    favorable: Any,
    group: str | Sequence[str] | None = None,
    label: str | None = None,
    task: str | None = None,
    reference: str | tuple[str | None, ...] | None = None,
    limits: Mapping[str, float] | None = None,
    confidence: float = 0.95,
    min_rows: int = 30,
) -> FairnessTable:
    """How groups of people fare beside each other, and whether that is accepted.

    Groups are the segments of *profiles*. Where these were made with a classification
    (`performance=`), all measures of `MEASURES` are taken of what was predicted; of a column of
    outcomes alone (*label*) those of selection.

    Intervals are Wilson's (1927) of rates, Newcombe's (1998) of differences, and Donner and Zou's
    (2012) of ratios. Those of one measure hold at once with *confidence* (Bonferroni) for all
    groups that are judged: over the groups, or over all pairs of them where the reference was found
    in the data.

    Args:
        profiles: the segments.
        favorable: the outcome that people wish for, as it is in the column.
        group: the keys that make the groups, some of those of the segments; several make groups of
            each combination. None for all.
        label: a column of outcomes to be judged, instead of predictions.
        task: the name of the task whose predictions are judged; needed where there are several.
        reference: the group that others are compared with, by the value of its key, or a tuple of
            several. None for the one with the greatest selection rate, as the four-fifths rule has
            it, of those with *min_rows* or more.
        limits: by the name of the measure, what is accepted: of `disparate_impact` a ratio from
            this, 0.8 (the four-fifths rule), up to its inverse; of all others a difference up to
            this, 0.1.
        confidence: in (0, 1).
        min_rows: a group with fewer rows, of those that a measure rests on, is not judged.

    Returns:
        A row for each group but the reference, and each measure; rates of all groups are in its
        `groups`. Rows without an outcome are in no rate, but counted; rows of the remainder of
        *profiles* are in no group.

    Raises:
        ParameterError: something that is named is not there, a number is out of range, the
            favorable outcome never came, or there are less than two groups.
        InputTypeError: *profiles* is no profile set.

    Examples:
        >>> import drypoint as dp
        >>> loans = {"sex": ["f", "m"] * 500, "granted": ["no", "yes", "yes", "yes"] * 250}
        >>> found = dp.fairness(
        ...     dp.profile(loans, segment_by="sex"), favorable="yes", label="granted"
        ... )
        >>> found.reference, [(one.group, one.measure, one.verdict) for one in found][0]
        ({'sex': 'm'}, ({'sex': 'f'}, 'disparate_impact', 'fail'))
        >>> print(f"{found[0].value:.2f}, from {found[0].value.lower:.2f}")
        0.50, from 0.46
    """
    from drypoint.fairness._run import run

    return run(profiles, favorable, group, label, task, reference, limits, confidence, min_rows)
