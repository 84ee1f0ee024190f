//! What one string holds, told by its form alone.

/// Kinds of content, the more special first where two would fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Nothing, or whitespace.
    Blank,
    /// Digits with an optional sign.
    Integer,
    /// A decimal number with a point or an exponent; NaN and infinities by name.
    Decimal,
    /// true or false in any case.
    Boolean,
    /// An ISO 8601 date: 2013-01-31, or with slashes.
    Date,
    /// An ISO 8601 date and time, with fraction and zone if there are.
    Timestamp,
    /// A UUID in the form of RFC 9562, with hyphens.
    Uuid,
    /// local@domain.tld
    Email,
    /// scheme://…
    Url,
    /// An IPv4 or IPv6 address.
    Ip,
    /// A JSON object or array.
    Json,
    /// Anything else.
    Text,
}

impl Content {
    /// All of them, in the order in which they are counted. New ones are added at the end.
    pub const ALL: [Self; 12] = [
        Self::Blank,
        Self::Integer,
        Self::Decimal,
        Self::Boolean,
        Self::Date,
        Self::Timestamp,
        Self::Uuid,
        Self::Email,
        Self::Url,
        Self::Ip,
        Self::Json,
        Self::Text,
    ];
}

/// What `value` holds; whitespace around it does not matter.
pub(crate) fn of(value: &[u8]) -> Content {
    let value = value.trim_ascii();
    let Some(&first) = value.first() else { return Content::Blank };
    if is_integer(value) {
        return Content::Integer;
    }
    if matches!(first, b'0'..=b'9' | b'+' | b'-' | b'.' | b'n' | b'N' | b'i' | b'I')
        && is_decimal(value)
    {
        return Content::Decimal;
    }
    if value.eq_ignore_ascii_case(b"true") || value.eq_ignore_ascii_case(b"false") {
        return Content::Boolean;
    }
    if first.is_ascii_digit() {
        match after_date(value) {
            Some([]) => return Content::Date,
            Some(rest) if is_time(rest) => return Content::Timestamp,
            _ => {}
        }
    }
    if is_uuid(value) {
        Content::Uuid
    } else if is_ip(value) {
        Content::Ip
    } else if is_url(value) {
        Content::Url
    } else if is_email(value) {
        Content::Email
    } else if is_json(value) {
        Content::Json
    } else {
        Content::Text
    }
}

fn digits(value: &[u8]) -> bool {
    !value.is_empty() && value.iter().all(u8::is_ascii_digit)
}

fn is_integer(value: &[u8]) -> bool {
    digits(value.strip_prefix(b"-").or_else(|| value.strip_prefix(b"+")).unwrap_or(value))
}

fn is_decimal(value: &[u8]) -> bool {
    // Far longer than any number that was meant as one.
    value.len() <= 400 && std::str::from_utf8(value).is_ok_and(|text| text.parse::<f64>().is_ok())
}

/// What follows a date at the beginning, of a day that the calendar has.
fn after_date(value: &[u8]) -> Option<&[u8]> {
    let (date, rest) = value.split_at_checked(10)?;
    let separator = date[4];
    let (year, month, day) = (number(&date[..4])?, number(&date[5..7])?, number(&date[8..])?);
    let fits = year > 0 && (1..=days(year, month)).contains(&day);
    (matches!(separator, b'-' | b'/') && date[7] == separator && fits).then_some(rest)
}

/// The number that digits write.
fn number(part: &[u8]) -> Option<u32> {
    digits(part).then(|| part.iter().fold(0, |n, digit| n * 10 + u32::from(digit - b'0')))
}

/// The days of a month of the Gregorian calendar; 0 of a month that there is not.
fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    }
}

/// `T12:34`, with seconds, fraction and zone if there are.
fn is_time(rest: &[u8]) -> bool {
    let Some((b'T' | b't' | b' ', rest)) = rest.split_first() else { return false };
    let end = rest.iter().position(|byte| matches!(byte, b'Z' | b'z' | b'+' | b'-' | b' '));
    let (time, zone) = rest.split_at(end.unwrap_or(rest.len()));
    let (clock, fraction) = match time.iter().position(|&byte| matches!(byte, b'.' | b',')) {
        Some(point) => (&time[..point], Some(&time[point + 1..])),
        None => (time, None),
    };
    is_clock(clock, 2..=3) && fraction.is_none_or(digits) && is_zone(zone.trim_ascii())
}

/// Hours, minutes and perhaps seconds of two digits each, as many parts as `parts` allows.
fn is_clock(clock: &[u8], parts: std::ops::RangeInclusive<usize>) -> bool {
    let found =
        clock.split(|&byte| byte == b':').map(|part| number(part).filter(|_| part.len() == 2));
    let limits = [24, 60, 60];
    parts.contains(&found.clone().count())
        && found.zip(limits).all(|(part, limit)| part.is_some_and(|part| part < limit))
}

/// `Z`, `UTC`, `+01`, `+0100` or `+01:00`.
fn is_zone(zone: &[u8]) -> bool {
    match zone.split_first() {
        None | Some((b'Z' | b'z', [])) => true,
        Some((b'+' | b'-', offset)) => match offset {
            [hours @ .., b':', _, _] if hours.len() == 2 => is_clock(offset, 2..=2),
            [a, b, c, d] => is_clock(&[*a, *b, b':', *c, *d], 2..=2),
            _ => is_clock(offset, 1..=1),
        },
        _ => zone == b"UTC" || zone == b"GMT",
    }
}

fn is_uuid(value: &[u8]) -> bool {
    value.len() == 36
        && value.iter().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

fn is_ip(value: &[u8]) -> bool {
    value.len() <= 45
        && value.iter().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':'))
        && std::str::from_utf8(value).is_ok_and(|text| text.parse::<std::net::IpAddr>().is_ok())
}

fn is_url(value: &[u8]) -> bool {
    // A scheme has no colon, so the first one ends it.
    let Some(at) = value.iter().take(16).position(|&byte| byte == b':') else { return false };
    let scheme = &value[..at];
    value[at..].starts_with(b"://")
        && scheme.first().is_some_and(u8::is_ascii_alphabetic)
        && scheme.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte))
        && value.len() > at + 3
        && !value.iter().any(u8::is_ascii_whitespace)
}

/// The form that HTML forms accept, with a point in the domain.
fn is_email(value: &[u8]) -> bool {
    // Most text has none, which the standard library knows to tell in vectors.
    if !value.contains(&b'@') {
        return false;
    }
    let mut parts = value.split(|&byte| byte == b'@');
    let (Some(local), Some(domain), None) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(byte);
    let label = |label: &[u8]| {
        !label.is_empty() && label.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    };
    !local.is_empty()
        && local.len() <= 64
        && local.iter().all(plain)
        && domain.contains(&b'.')
        && domain.split(|&byte| byte == b'.').all(label)
}

fn is_json(value: &[u8]) -> bool {
    let closed = match value.first() {
        Some(b'{') => value.last() == Some(&b'}'),
        Some(b'[') => value.last() == Some(&b']'),
        _ => false,
    };
    closed && serde_json::from_slice::<serde::de::IgnoredAny>(value).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_told_by_their_form() {
        let cases: &[(Content, &[&str])] = &[
            (Content::Blank, &["", " \t"]),
            (Content::Integer, &["0", "-12", "+7", " 42 ", "00123"]),
            (Content::Decimal, &["1.5", "-.5", "1e9", "NaN", "inf", "-Infinity"]),
            (Content::Boolean, &["true", "FALSE", "True"]),
            (Content::Date, &["2013-01-31", "2013/01/31"]),
            (
                Content::Timestamp,
                &[
                    "2013-01-31T12:00",
                    "2013-01-31 12:00:01.5",
                    "2013-01-31T12:00:00Z",
                    "2013-01-31 12:00:00+01:00",
                    "2013-01-31 12:00:00 UTC",
                ],
            ),
            (Content::Uuid, &["123e4567-e89b-12d3-a456-426614174000"]),
            (Content::Email, &["a.b+c@example.org"]),
            (Content::Url, &["https://example.org/a?b", "s3://bucket/key"]),
            (Content::Ip, &["127.0.0.1", "::1", "2001:db8::8a2e:370:7334"]),
            (Content::Json, &["{}", "[1, 2]", "{\"a\": null}"]),
            (
                Content::Text,
                &[
                    "abc",
                    "1.2.3",
                    "2013-13-01",
                    "2013-01-31T",
                    "a@b",
                    "@",
                    "{x}",
                    "[",
                    "+",
                    "-",
                    "://",
                    "http://a b",
                    "é",
                    "1,5",
                    "2013-01-31T12",
                    "info",
                ],
            ),
        ];
        for (expected, strings) in cases {
            for string in *strings {
                assert_eq!(of(string.as_bytes()), *expected, "{string:?}");
            }
        }
    }
}
