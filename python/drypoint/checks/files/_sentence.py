"""A check in one line: `quantile(0.99) between 10 and 500`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint.checks._entry import REQUIRED, meant
from drypoint.checks._limit import BETWEEN, OPERATORS, Limit
from drypoint.checks.catalogue import CHECKS
from drypoint.checks.files._literals import QUOTED, literal, read_bound
from drypoint.errors import ParameterError

if TYPE_CHECKING:
    from drypoint.checks._check import Check
    from drypoint.checks._entry import Argument, Entry

__all__ = [
    "Sentence",
    "SentenceError",
    "base_of",
    "below",
    "inline",
    "is_keyed",
    "read_sentence",
    "sentence",
]

WORDS = re.compile(r"[A-Za-z_][\w.]*")
PLAIN_BOUND = re.compile(r"[^\s\"(),]+(?: [^\s\"(),]+)*?(?=\s*(?:[,)]|\sand\s|$))")
ARGUMENT_NAME = re.compile(r"([a-z_]+)\s*=\s*")
MISTAKES = {"=": "==", "=<": "<=", "=>": ">=", "<>": "!=", "is": "==", "in": BETWEEN}


class Sentence(NamedTuple):
    """What a line says.

    Attributes:
        entry: the check of the catalogue.
        arguments: those that stand in parentheses.
        limit: what it is compared with; None of a judgement.
    """

    entry: Entry
    arguments: dict[str, Any]
    limit: Limit | None


class SentenceError(Exception):
    """What is wrong in a line, and how many characters from its beginning."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


def base_of(entry: Entry) -> Entry:
    """The entry that shares and changes are made of."""
    return entry if entry.base is None else base_of(entry.base)


def is_inline(argument: Argument) -> bool:
    """Whether it is a single value, which stands in parentheses; lists stand below."""
    return "enum" in argument.form.schema or argument.form.schema.get("type") not in (
        None,
        "array",
        "object",
    )


def is_keyed(entry: Entry) -> bool:
    """Whether its name is a key, since what it takes is a list or a mapping."""
    return not entry.takes_limit and not all(is_inline(one) for one in entry.required)


def below(entry: Entry) -> list[Argument]:
    """The arguments that stand below the check, each as a key."""
    return [one for one in base_of(entry).arguments if is_keyed(entry) or not is_inline(one)]


def inline(entry: Entry) -> list[Argument]:
    """The arguments that stand in parentheses."""
    return [one for one in base_of(entry).arguments if not is_keyed(entry) and is_inline(one)]


# ---- Writing


def subject(check: Check) -> str:
    """What is asked, with its arguments: `quantile(0.99).change`."""
    base = base_of(check.entry)
    given = dict(check.arguments)
    texts = [
        literal(given[one.name], in_sentence=True)
        if one.default is REQUIRED
        else f"{one.name}={literal(given[one.name], in_sentence=True)}"
        for one in inline(check.entry)
        if given[one.name] != one.default
    ]
    call = f"({', '.join(texts)})" if texts else ""
    return f"{base.name}{call}{check.check.removeprefix(base.name)}"


def sentence(check: Check) -> str:
    """The line of a check, with its limit if it has one."""
    limit = check.limit
    if limit is None:
        return subject(check)
    ends = [literal(one, in_sentence=True) for one in (limit.bound, limit.upper)]
    if limit.operator == BETWEEN:
        return f"{subject(check)} between {ends[0]} and {ends[1]}"
    return f"{subject(check)} {limit.operator} {ends[0]}"


# ---- Reading


def read_sentence(text: str, of: str) -> Sentence:
    """What a line says.

    Args:
        text: the line.
        of: whether it is asked of a `column` or of the `table`.

    Raises:
        SentenceError: it is no check; with what may have been meant.
    """
    return Reader(text).sentence(of)


class Reader:
    """Takes one thing after the other from the left of a line."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def sentence(self, of: str) -> Sentence:
        """The whole line."""
        words, called, values = self._subject()
        entry = entry_named(words, of)
        arguments = self._named(entry, called, words, values)
        return Sentence(entry, arguments, self._limit(entry))

    def _take(self, form: re.Pattern[str]) -> str | None:
        found = form.match(self._text, self._at)
        if found is None:
            return None
        self._at = found.end()
        self._space()
        return found[0]

    def _space(self) -> None:
        while self._text[self._at : self._at + 1].isspace():
            self._at += 1

    def _takes(self, token: str) -> bool:
        if not self._text.startswith(token, self._at):
            return False
        self._at += len(token)
        self._space()
        return True

    def _error(self, message: str) -> SentenceError:
        return SentenceError(message, self._at)

    def _subject(self) -> tuple[str, str, list[tuple[str | None, Any]]]:
        """The name of the check, the part of it before the parentheses, and what is in them."""
        self._space()
        first = self._take(WORDS)
        if first is None:
            raise self._error(f"{self._text!r} is no check: it begins with its name")
        if not self._takes("("):
            return first, "", []
        values: list[tuple[str | None, Any]] = []
        while not self._takes(")"):
            if values and not self._takes(","):
                raise self._error("arguments stand apart by commas, and end with a parenthesis")
            values.append((self._argument_name(), self._literal("an argument")))
        rest = self._take(WORDS) if self._takes(".") else None
        return (first if rest is None else f"{first}.{rest}"), first, values

    def _argument_name(self) -> str | None:
        found = self._take(ARGUMENT_NAME)
        return None if found is None else found.partition("=")[0].strip()

    def _literal(self, what: str) -> Any:
        start = self._at
        found = self._take(QUOTED) or self._tagged() or self._take(PLAIN_BOUND)
        if found is None:
            raise self._error(f"{what} is missing: a number, text in quotes, a date or a duration")
        try:
            return read_bound(found.strip())
        except ParameterError as error:
            raise SentenceError(str(error), start) from None

    def _tagged(self) -> str | None:
        """A tag with its value in quotes; one without quotes is plain."""
        return self._take(re.compile(rf"!\w+ {QUOTED.pattern}"))

    def _named(
        self, entry: Entry, called: str, words: str, values: list[tuple[str | None, Any]]
    ) -> dict[str, Any]:
        """Arguments by name."""
        base = base_of(entry)
        if called and called != base.name:
            right = f"{base.name}(…){words.removeprefix(base.name)}"
            raise SentenceError(f"the arguments of {words} stand after {base.name}: {right}", 0)
        names = [one.name for one in entry.required if is_inline(one)]
        given: dict[str, Any] = {}
        for name, value in values:
            if name is None and not names:
                raise SentenceError(f"{words}: takes no more arguments than that, got {value!r}", 0)
            key = names.pop(0) if name is None else name
            if key in given:
                raise SentenceError(f"{words}: {key} is given twice", 0)
            given[key] = value
        return given

    def _limit(self, entry: Entry) -> Limit | None:
        """The comparison, which is the rest of the line."""
        if not self._text[self._at :]:
            if entry.takes_limit:
                raise self._error(f"{entry.name} needs a limit, such as {entry.name} < 10")
            return None
        start = self._at
        operator = self._operator()
        lower = self._literal("the limit")
        upper = None
        if operator == BETWEEN:
            if not self._takes("and "):
                raise self._error("between takes two ends: between 10 and 500")
            upper = self._literal("the upper end")
        if self._text[self._at :]:
            raise self._error(f"the check ends before {self._text[self._at :]!r}")
        try:
            return Limit(operator, lower, upper)
        except ParameterError as error:
            raise SentenceError(str(error), start) from None

    def _operator(self) -> str:
        """One of the comparisons."""
        for one in (f"{BETWEEN} ", *sorted(OPERATORS, key=len, reverse=True)):
            follows = self._text[self._at + len(one) : self._at + len(one) + 1]
            if follows not in ("=", ">") and self._takes(one):
                return one.strip()
        word = self._text[self._at :].split(None, 1)[0]
        better = MISTAKES.get(word)
        hint = f"; did you mean {better}?" if better else ""
        known = ", ".join([*OPERATORS, BETWEEN])
        raise self._error(f"{word!r} is no comparison, those are {known}{hint}")


def entry_named(words: str, of: str) -> Entry:
    """The check of that name; a SentenceError says what may have been meant."""
    found = CHECKS.get(words)
    if found is None:
        names = [name for name, one in CHECKS.items() if one.of == of]
        raise SentenceError(f"there is no check {words!r}{meant(words, names)}", 0)
    if found.of != of:
        place = "below the column, in columns:" if found.of == "column" else "below table:"
        raise SentenceError(f"{words} is asked of the {found.of}; it stands {place}", 0)
    return found
