//! Hours of the day, days of the week, and times to come, all in UTC.

use arrow_array::Array;
use arrow_schema::{DataType, TimeUnit};
use drypoint_sketches::{Kernel, dispatch};

use super::Metric;
use crate::arrow::fold;
use crate::arrow::sink::{Integer, Kind, Sink};
use crate::record::{Field, Form, Record, Value};
use crate::{Error, Parameters};

const HOURS_A_DAY: i64 = 24;
const DAYS_A_WEEK: i64 = 7;
/// 1970-01-01 was a Thursday; weeks begin on Monday.
const FIRST_WEEKDAY: usize = 3;
const NANOSECONDS_A_DAY: i64 = 86_400_000_000_000;

/// When times fall.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// By hour of the day; all zero for dates.
    pub hours: [u64; HOURS_A_DAY as usize],
    /// By day of the week, from Monday; all zero for times of day.
    pub weekdays: [u64; DAYS_A_WEEK as usize],
    /// After the clock that was given; 0 without one.
    pub future: u64,
    ticks: Ticks,
    /// The clock in ticks.
    clock: Option<i64>,
}

/// What a tick is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ticks {
    /// A date is a count of days.
    Days,
    /// A date may be a count of milliseconds, too.
    DateMilliseconds,
    /// A timestamp has a day and an hour.
    Timestamp(TimeUnit),
    /// A time of day has an hour.
    TimeOfDay(TimeUnit),
}

impl Ticks {
    fn of(data_type: &DataType) -> Option<Self> {
        Some(match data_type {
            DataType::Date32 => Self::Days,
            DataType::Date64 => Self::DateMilliseconds,
            DataType::Timestamp(unit, _) => Self::Timestamp(*unit),
            DataType::Time32(unit) | DataType::Time64(unit) => Self::TimeOfDay(*unit),
            _ => return None,
        })
    }

    fn have_hours(self) -> bool {
        matches!(self, Self::Timestamp(_) | Self::TimeOfDay(_))
    }

    fn have_days(self) -> bool {
        !matches!(self, Self::TimeOfDay(_))
    }

    /// Ticks of a day.
    fn per_day(self) -> i64 {
        let per_second = match self {
            Self::Days => return 1,
            Self::DateMilliseconds => 1_000,
            Self::Timestamp(unit) | Self::TimeOfDay(unit) => match unit {
                TimeUnit::Second => 1,
                TimeUnit::Millisecond => 1_000,
                TimeUnit::Microsecond => 1_000_000,
                TimeUnit::Nanosecond => 1_000_000_000,
            },
        };
        86_400 * per_second
    }
}

const HOURS_A_WEEK: u64 = (HOURS_A_DAY * DAYS_A_WEEK) as u64;

/// Ticks by hour of the week in which 1970 began, a Thursday at midnight.
type Week = [u64; HOURS_A_WEEK as usize];

/// Times whose hours are found before they are counted, in as many tables by turns as
/// [`Tally`](super::Tally) has, for the same reason.
const PIECE: usize = 256;
const TURNS: usize = 4;
/// A table that every byte is a place of.
type Turn = [u32; 256];

/// The hours of the week of times, where an hour has so many ticks.
struct HoursOfWeek<'a, T, const PER_HOUR: i64> {
    values: &'a [T],
    week: &'a mut Week,
}

impl<T: Integer, const PER_HOUR: i64> Kernel for HoursOfWeek<'_, T, PER_HOUR> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { values, week } = self;
        let (mut hours, mut turns) = ([0; PIECE], [[0; 256]; TURNS]);
        let (pieces, rest) = values.as_chunks::<PIECE>();
        for piece in pieces {
            if near_hours::<T, PER_HOUR>(piece, &mut hours) {
                for hours in hours.as_chunks::<TURNS>().0 {
                    for (turn, &hour) in turns.iter_mut().zip(hours) {
                        turn[usize::from(hour as u8)] += 1;
                    }
                }
            } else {
                hours_of_week::<T, PER_HOUR>(piece, week);
            }
        }
        hours_of_week::<T, PER_HOUR>(rest, week);
        let sums = |hour: usize| turns.iter().map(|turn: &Turn| u64::from(turn[hour])).sum::<u64>();
        week.iter_mut().enumerate().for_each(|(hour, count)| *count += sums(hour));
    }
}

/// How often 2 divides the ticks of an hour, and what then remains: halving both as often as goes
/// makes room.
const fn halved(per_hour: i64) -> (u32, u64) {
    let shift = per_hour.trailing_zeros();
    (shift, per_hour as u64 >> shift)
}

/// The hours of the week in the lowest byte of each of `hours`, in doubles, for vectors have no
/// division of integers; whether all times are near enough to 1970: thousands of years, in
/// nanoseconds 146.
///
/// With a whole number h below 2^50, (h + 1/2) / d is at least 1 / 2d from any whole number, and closer
/// than that to what comes out with 1 / d rounded. So less a half it rounds to the whole number of
/// times that d goes into h.
#[inline(always)]
fn near_hours<T: Integer, const PER_HOUR: i64>(
    values: &[T; PIECE],
    hours: &mut [u64; PIECE],
) -> bool {
    /// A double whose last bit is worth 1, as are those of its neighbours on both sides.
    const ROUND: f64 = f64::from_bits(0x433 << 52 | 1 << 51);
    /// The least of them.
    const BITS: u64 = 0x433 << 52;
    const WORTH: f64 = f64::from_bits(BITS);
    let (shift, per_hour) = const { halved(PER_HOUR) };
    // Whole weeks, 2^49 at least: before them no time is negative that is near.
    let weeks = const { (1u64 << 49).div_ceil(halved(PER_HOUR).1 * HOURS_A_WEEK) };
    let ahead = (weeks * per_hour * HOURS_A_WEEK) << shift;
    let whole = |h: f64, parts: f64| h * (1.0 / parts) + (0.5 / parts - 0.5) + ROUND - ROUND;
    let mut far = 0;
    for (hour, &value) in hours.iter_mut().zip(values) {
        let ticks = (value.into() as u64).wrapping_add(ahead) >> shift;
        far |= ticks;
        let h = f64::from_bits(BITS | ticks & u64::MAX >> 14) - WORTH;
        let all = whole(h, per_hour as f64);
        let of_week = all - whole(all, HOURS_A_WEEK as f64) * HOURS_A_WEEK as f64;
        *hour = (of_week + WORTH).to_bits();
    }
    far >> 50 == 0
}

/// Divides numbers that are not negative by a constant, which takes a tenth of a division by a number that
/// is not known, and half of one that may be negative.
#[inline(always)]
fn hours_of_week<T: Integer, const PER_HOUR: i64>(values: &[T], week: &mut Week) {
    // Whole weeks, more than any value is below 0.
    let (shift, odd) = const { halved(PER_HOUR) };
    let weeks = (1 << 60) / (odd * HOURS_A_WEEK) * (odd * HOURS_A_WEEK);
    for &value in values {
        let halved = ((value.into() >> shift) + weeks as i64) as u64;
        week[(halved / odd % HOURS_A_WEEK) as usize] += 1;
    }
}

/// A few values are not worth the tables.
fn count<T: Integer, const PER_HOUR: i64>(values: &[T], week: &mut Week) {
    if values.len() < PIECE {
        hours_of_week::<T, PER_HOUR>(values, week);
    } else {
        dispatch(HoursOfWeek::<T, PER_HOUR> { values, week });
    }
}

impl Calendar {
    fn see<T: Integer>(&mut self, values: &[T], weight: u64) {
        let mut week: Week = [0; HOURS_A_WEEK as usize];
        match self.ticks.per_day() {
            1 => {
                let days = values.iter().map(|&value| value.into().rem_euclid(DAYS_A_WEEK));
                days.for_each(|day| week[(HOURS_A_DAY * day) as usize] += 1);
            }
            86_400 => count::<T, 3_600>(values, &mut week),
            86_400_000 => count::<T, 3_600_000>(values, &mut week),
            86_400_000_000 => count::<T, 3_600_000_000>(values, &mut week),
            _ => count::<T, 3_600_000_000_000>(values, &mut week),
        }
        self.add(&week, weight);
        if let Some(clock) = self.clock {
            let later = values.iter().map(|&value| u64::from(value.into() > clock));
            self.future += later.sum::<u64>() * weight;
        }
    }

    fn add(&mut self, week: &Week, weight: u64) {
        for (day, hours) in week.chunks(HOURS_A_DAY as usize).enumerate() {
            if self.ticks.have_days() {
                let weekday = (day + FIRST_WEEKDAY) % DAYS_A_WEEK as usize;
                self.weekdays[weekday] += hours.iter().sum::<u64>() * weight;
            }
            if self.ticks.have_hours() {
                let ours = self.hours.iter_mut().zip(hours);
                ours.for_each(|(ours, hour)| *ours += hour * weight);
            }
        }
    }
}

impl Sink for Calendar {
    const NAME: &'static str = "a column of times";
    const TAKES: &'static str = "dates, times or timestamps";

    fn takes(kind: Kind) -> bool {
        kind == Kind::Temporal
    }

    fn ints<T: Integer>(&mut self, values: &[T]) -> Result<(), Error> {
        self.see(values, 1);
        Ok(())
    }

    fn int(&mut self, value: i64, weight: u64) -> Result<(), Error> {
        self.see(&[value], weight);
        Ok(())
    }
}

impl Metric for Calendar {
    const FIELDS: &'static [Field] =
        &[("hours", Form::Counts), ("weekdays", Form::Counts), ("future", Form::Count)];

    fn new(data_type: &DataType, parameters: &Parameters) -> Result<Option<Self>, Error> {
        let Some(ticks) = Ticks::of(data_type) else { return Ok(None) };
        let clock = parameters.clock.filter(|_| ticks.have_days());
        let clock = clock.map(|clock| clock.div_euclid(NANOSECONDS_A_DAY / ticks.per_day()));
        let (hours, weekdays) = Default::default();
        Ok(Some(Self { hours, weekdays, future: 0, ticks, clock }))
    }

    fn update(&mut self, array: &dyn Array, weights: Option<&[u64]>) -> Result<(), Error> {
        fold(self, array, weights)
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.hours
            .iter_mut()
            .zip(other.hours)
            .for_each(|(ours, theirs)| *ours = ours.saturating_add(theirs));
        self.weekdays
            .iter_mut()
            .zip(other.weekdays)
            .for_each(|(ours, theirs)| *ours = ours.saturating_add(theirs));
        self.future = self.future.saturating_add(other.future);
        Ok(())
    }

    fn encode(&self) -> Vec<Value> {
        vec![
            Value::Counts(self.hours.into()),
            Value::Counts(self.weekdays.into()),
            Value::Count(self.future),
        ]
    }

    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        self.hours = record.counts_of("hours")?;
        self.weekdays = record.counts_of("weekdays")?;
        self.future = record.count("future");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn hours_are_those_of_a_division(
            unit in prop::sample::select(vec![
                TimeUnit::Second, TimeUnit::Millisecond, TimeUnit::Microsecond, TimeUnit::Nanosecond
            ]),
            hours in prop::collection::vec(any::<i64>(), 300),
            shift in 0u32..64,
            aside in -1i64..=1
        ) {
            let data_type = DataType::Timestamp(unit, None);
            let per_hour = Ticks::Timestamp(unit).per_day() / 24;
            // On the hour and beside it, near and far.
            let ticks = hours.iter().map(|hour| (hour >> shift).saturating_mul(per_hour));
            let ticks: Vec<i64> = ticks.map(|tick| tick.saturating_add(aside)).collect();
            let mut expected = Calendar::new(&data_type, &Parameters::default()).unwrap().unwrap();
            for tick in &ticks {
                let hour = tick.div_euclid(per_hour).rem_euclid(24 * 7) as usize;
                expected.hours[hour % 24] += 1;
                expected.weekdays[(hour / 24 + FIRST_WEEKDAY) % 7] += 1;
            }
            let found = calendar(&data_type, &ticks);
            prop_assert_eq!((found.hours, found.weekdays), (expected.hours, expected.weekdays));
        }
    }

    fn calendar(data_type: &DataType, ticks: &[i64]) -> Calendar {
        let parameters = Parameters { clock: Some(0), ..Parameters::default() };
        let mut made = Calendar::new(data_type, &parameters).unwrap().unwrap();
        made.ints(ticks).unwrap();
        made
    }

    #[test]
    fn times_fall_on_the_hour_and_the_day_that_a_calendar_says() {
        // 1969-12-31 23:59:59 was a Wednesday; 2013-01-01 05:00 a Tuesday.
        let made = calendar(&DataType::Timestamp(TimeUnit::Second, None), &[-1, 1_357_016_400]);
        assert_eq!((made.hours[23], made.hours[5]), (1, 1));
        assert_eq!((made.weekdays[2], made.weekdays[1]), (1, 1));
        assert_eq!(made.future, 1);
        let dates = calendar(&DataType::Date32, &[0, 15_706]);
        assert_eq!((dates.weekdays[3], dates.weekdays[1]), (1, 1));
        assert_eq!(dates.hours, [0; 24]);
    }

    #[test]
    fn the_outermost_ticks_fall_somewhere() {
        for unit in [TimeUnit::Second, TimeUnit::Nanosecond] {
            let made = calendar(&DataType::Timestamp(unit, None), &[i64::MIN, i64::MAX]);
            assert_eq!(made.hours.iter().sum::<u64>(), 2);
            assert_eq!(made.weekdays.iter().sum::<u64>(), 2);
        }
    }
}
