"""What can go wrong.

Everything that drypoint raises on purpose is a `DrypointError`, and also the built-in exception
that Python people expect there:

* DrypointError
  - ParameterError   (also ValueError)     a parameter or a question is out of range
  - InputTypeError   (also TypeError)      data of a type that cannot be taken
  - InputValueError  (also ValueError)     data of the right type that cannot be taken all the same
  - DecodeError      (also ValueError)     the bytes are not such a sketch, or are damaged
  - MergeError       (also ValueError)     two sketches cannot be united
  - CapacityError    (also OverflowError)  more weight than a sketch can count
  - BusyError        (also RuntimeError)   the sketch is used by the very stream that feeds it
  - SourceError      (also OSError)        a file is missing, empty, broken or of no known format

What is worth knowing but stops nothing is a `DrypointWarning`, which is also a UserWarning.

What raises leaves the sketch as it was. The Rust core raises these same classes: it imports them
from here.
"""

__all__ = [
    "BusyError",
    "CapacityError",
    "DecodeError",
    "DrypointError",
    "DrypointWarning",
    "InputTypeError",
    "InputValueError",
    "MergeError",
    "ParameterError",
    "SourceError",
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
    """The bytes are not such a sketch, are cut short, or are damaged."""


class MergeError(DrypointError, ValueError):
    """Two sketches cannot be united."""


class CapacityError(DrypointError, OverflowError):
    """More weight than a sketch can count."""


class BusyError(DrypointError, RuntimeError):
    """The sketch is used by the very stream that feeds it."""


class SourceError(DrypointError, OSError):
    """A file is not there, is empty, broken, or of a format that is not known."""


class DrypointWarning(UserWarning):
    """Something is worth knowing: rows that could not be computed, segments that were too many."""
