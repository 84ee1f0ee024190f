"""What can go wrong.

Everything that drypoint raises on purpose is a `DrypointError`, and also the built-in exception
that Python people expect there:

* DrypointError
  - ParameterError   (also ValueError)     a parameter or a question is out of range
  - InputTypeError   (also TypeError)      data of a type that cannot be taken
  - InputValueError  (also ValueError)     data of the right type that cannot be taken all the same
  - DecodeError      (also ValueError)     the bytes are no such sketch or profile, or are damaged
  - MergeError       (also ValueError)     two sketches or profiles cannot be united
  - CapacityError    (also OverflowError)  more weight than a sketch can count
  - BusyError        (also RuntimeError)   it waits for whoever asks, or for a thread lost in a fork
  - SourceError      (also OSError)        a file is missing, empty, broken or of no known format
  - DeliveryError    (also RuntimeError)   profiles could not be delivered; it holds them
  - ClosedError      (also ValueError)     a logger is used after it was closed
  - CheckFailedError (also AssertionError) a profile does not pass a suite; it holds the results
  - SuiteError       (also ValueError)     a file is no suite; it says in which line and column
  - MissingExtraError (also ImportError)   a library of an extra is not installed

What is worth knowing but stops nothing is a warning:

* DrypointWarning  (also UserWarning)
  - UnknownMetricWarning  a file of others has metrics that have no place here
  - MixedTypesWarning     a file of others has one sketch for values of several types

What raises leaves everything as it was. The Rust core raises these same
classes: it imports them from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "BusyError",
    "CapacityError",
    "CheckFailedError",
    "ClosedError",
    "DecodeError",
    "DeliveryError",
    "DrypointError",
    "DrypointWarning",
    "InputTypeError",
    "InputValueError",
    "MergeError",
    "MissingExtraError",
    "MixedTypesWarning",
    "ParameterError",
    "SourceError",
    "SuiteError",
    "UnknownMetricWarning",
]


class DrypointError(Exception):
    """Whatever drypoint raises on purpose."""


class ParameterError(DrypointError, ValueError):
    """A parameter or a question is out of range: a k, a rank, NaN as a quantile."""


class InputTypeError(DrypointError, TypeError):
    """Data of a type that cannot be taken: text for a sketch of numbers, a table for a column."""


class InputValueError(DrypointError, ValueError):
    """Data of the right type that cannot be taken: 2**64, broken UTF-8, offsets that lie."""


class DecodeError(DrypointError, ValueError):
    """The bytes are no such sketch or profile, are cut short, or are damaged."""


class MergeError(DrypointError, ValueError):
    """Two sketches or profiles cannot be united."""


class CapacityError(DrypointError, OverflowError):
    """More weight than a sketch can count."""


class BusyError(DrypointError, RuntimeError):
    """What is asked would wait for ever.

    A sketch is used by the stream that feeds it, a profiler by a metric that it updates, or a
    thread that was at work on it was lost when the process was forked.
    """


class SourceError(DrypointError, OSError):
    """A file is not there, is empty, broken, or of a format that is not known."""


class DeliveryError(DrypointError, RuntimeError):
    """Profiles could not be delivered in time.

    Attributes:
        profiles: those that were not delivered; they are complete, and may be kept elsewhere.
    """

    def __init__(self, message: str, profiles: Sequence[Any] = ()) -> None:
        super().__init__(message)
        self.profiles = list(profiles)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (*self.args, self.profiles)


class ClosedError(DrypointError, ValueError):
    """A logger is used after it was closed."""


class CheckFailedError(DrypointError, AssertionError):
    """A profile does not pass a suite.

    Attributes:
        results: what every check of the suite found.
    """

    def __init__(self, message: str, results: Any = None) -> None:
        super().__init__(message)
        self.results = results

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (*self.args, self.results)


class SuiteError(DrypointError, ValueError):
    """A file is no suite of checks.

    Attributes:
        file: its name; None of text that is in no file.
        line: where it is wrong, from 1; None where it is the whole file.
        column: likewise, in characters from 1.
    """

    def __init__(
        self,
        message: str,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(message, file, line, column)
        self.message = message
        self.file = file
        self.line = line
        self.column = column

    def __str__(self) -> str:
        places = [one for one in (self.file, self.line, self.column) if one is not None]
        return ": ".join([":".join(map(str, places)), self.message] if places else [self.message])


class MissingExtraError(DrypointError, ImportError):
    """A library that only some things need is not installed; it says which extra has it."""


class DrypointWarning(UserWarning):
    """Something is worth knowing: rows that could not be computed, segments that were too many."""


class UnknownMetricWarning(DrypointWarning):
    """A file of another library holds metrics that a profile has no place for."""


class MixedTypesWarning(DrypointWarning):
    """A file of another library has one sketch for the values of several types."""
