"""The wire format of protocol buffers: as much of it as these files need.

Total: any bytes give a message or a `DecodeError`. What is read is a constant times the input.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, TypeAlias

from drypoint.errors import DecodeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "Message",
    "blob",
    "delimited",
    "double",
    "int64",
    "packed",
    "read_delimited",
    "read_varint",
    "uint",
    "varint",
]

VARINT, EIGHT, BYTES, FOUR = 0, 1, 2, 5
LONGEST_VARINT = 70
"""Ten bytes of seven bits hold 64."""
MASK = (1 << 64) - 1
SIGN = 1 << 63

Field: TypeAlias = int | bytes


# ---- Reading


def read_varint(data: bytes, at: int) -> tuple[int, int]:
    """An unsigned integer of 64 bits at *at*, and where it ends."""
    value = 0
    for shift in range(0, LONGEST_VARINT, 7):
        if at >= len(data):
            raise DecodeError(f"cut short: an integer at byte {at} of {len(data)}")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:  # noqa: PLR2004 # the top bit says that more bytes follow
            return value & MASK, at
    raise DecodeError(f"an integer before byte {at} has more than ten bytes")


def read_bytes(data: bytes, at: int, size: int) -> tuple[bytes, int]:
    """So many bytes at *at*, and where they end."""
    if size > len(data) - at:
        raise DecodeError(f"cut short: need {size} bytes at byte {at}, got {len(data) - at}")
    return data[at : at + size], at + size


def read_delimited(data: bytes, at: int) -> tuple[bytes, int]:
    """A message with its length before it, and where it ends."""
    size, at = read_varint(data, at)
    return read_bytes(data, at, size)


def read_field(data: bytes, at: int) -> tuple[int, Field, int]:
    """The number and the value of a field, and where it ends."""
    key, at = read_varint(data, at)
    number, kind = key >> 3, key & 7
    if not number:
        raise DecodeError(f"a field before byte {at} has number 0")
    if kind == VARINT:
        value, at = read_varint(data, at)
        return number, value, at
    if kind == BYTES:
        return (number, *read_delimited(data, at))
    if kind in (EIGHT, FOUR):
        return (number, *read_bytes(data, at, 8 if kind == EIGHT else 4))
    raise DecodeError(f"a field before byte {at} is of wire type {kind}, which is not in use")


class Message:
    """The fields of a message by number; of one that is there several times the last counts."""

    def __init__(self, data: bytes) -> None:
        """From its bytes."""
        self.fields: dict[int, list[Field]] = {}
        at = 0
        while at < len(data):
            number, value, at = read_field(data, at)
            self.fields.setdefault(number, []).append(value)

    def __contains__(self, number: int) -> bool:
        return number in self.fields

    def uint(self, number: int) -> int:
        """An unsigned integer; 0 where there is none."""
        found = self.fields.get(number, [0])[-1]
        if not isinstance(found, int):
            raise DecodeError(f"field {number} is no integer")
        return found

    def int64(self, number: int) -> int:
        """A signed integer; 0 where there is none."""
        found = self.uint(number)
        return found - (1 << 64) if found & SIGN else found

    def double(self, number: int) -> float:
        """A float; 0 where there is none."""
        found = self.blob(number, b"\0" * 8)
        if len(found) != 8:  # noqa: PLR2004 # the size of a double
            raise DecodeError(f"field {number} is no double")
        return float(struct.unpack("<d", found)[0])

    def blob(self, number: int, missing: bytes = b"") -> bytes:
        """Bytes; *missing* where there are none."""
        return as_blob(number, self.fields.get(number, [missing])[-1])

    def blobs(self, number: int) -> list[bytes]:
        """All bytes of a field that is repeated."""
        return [as_blob(number, found) for found in self.fields.get(number, [])]

    def text(self, number: int) -> str:
        """Text; empty where there is none."""
        try:
            return self.blob(number).decode()
        except UnicodeDecodeError as error:
            raise DecodeError(f"field {number} is no text: {error}") from error

    def message(self, number: int) -> Message:
        """A message; an empty one where there is none."""
        return Message(self.blob(number))

    def messages(self, number: int) -> Iterator[Message]:
        """All messages of a field that is repeated, one after the other."""
        return map(Message, self.blobs(number))

    def texts(self, number: int) -> dict[str, str]:
        """A map of text to text."""
        return {entry.text(1): entry.text(2) for entry in self.messages(number)}

    def uints(self, number: int) -> list[int]:
        """Unsigned integers, packed or one by one."""
        made = []
        for found in self.fields.get(number, []):
            if isinstance(found, int):
                made.append(found)
                continue
            at = 0
            while at < len(found):
                value, at = read_varint(found, at)
                made.append(value)
        return made


def as_blob(number: int, found: Field) -> bytes:
    """The bytes of a field."""
    if isinstance(found, int):
        raise DecodeError(f"field {number} is an integer where bytes should be")
    return found


# ---- Writing


def varint(value: int) -> bytes:
    """An integer of 64 bits; negative ones by their two's complement."""
    value &= MASK
    made = bytearray()
    while value > 0x7F:  # noqa: PLR2004 # more than seven bits
        made.append(value & 0x7F | 0x80)
        value >>= 7
    made.append(value)
    return bytes(made)


def uint(number: int, value: int) -> bytes:
    """A field of an integer; nothing if it is 0, which is what a missing one means."""
    return int64(number, value) if value else b""


def int64(number: int, value: int) -> bytes:
    """A field of an integer, also if it is 0."""
    return varint(number << 3 | VARINT) + varint(value)


def double(number: int, value: float) -> bytes:
    """A field of a float."""
    return varint(number << 3 | EIGHT) + struct.pack("<d", value)


def blob(number: int, value: bytes | str) -> bytes:
    """A field of bytes, text or a message."""
    return varint(number << 3 | BYTES) + delimited(
        value.encode() if isinstance(value, str) else value
    )


def packed(number: int, values: Iterable[int]) -> bytes:
    """A field of several integers."""
    return blob(number, b"".join(map(varint, values)))


def delimited(value: bytes) -> bytes:
    """A message with its length before it."""
    return varint(len(value)) + value
