//! The bytes of Apache `DataSketches`, family 7.
//!
//! | byte | content |
//! | --- | --- |
//! | 0 | preamble words: 2 list, 3 set, 10 registers |
//! | 1, 2 | serial version 1, family 7 |
//! | 3, 4 | `lg_k`; log2 of the coupon or exception table |
//! | 5 | flags: 4 empty, 8 compact, 16 out of order |
//! | 6 | list: coupons; registers: the value that 4-bit registers count from |
//! | 7 | 2 bits mode (list, set, registers), 2 bits type (4, 6, 8) |
//! | 8… | list: coupons. Set: their number, coupons. Registers: HIP estimate f64, Σ 2^-register below 32 and from 32 on, f64 each; registers at the value of byte 6, u32; exceptions, u32; registers; exceptions |
//!
//! The compact form leaves free places of tables out; we read both and write the compact one.
//! Whatever follows from the registers (the sums, the counts) is computed and not believed.

use super::coupon::{Coupon, Coupons, Room};
use super::packing::{self, exception_table};
use super::registers::Registers;
use super::sketch::HllType;
use super::state::State;
use crate::Error;
use crate::wire::{FAMILY_HLL, Reader};

const NAME: &str = "HLL";
const VERSION: u8 = 1;
const EMPTY: u8 = 4;
const COMPACT: u8 = 8;
const OUT_OF_ORDER: u8 = 16;
const LIST: u8 = 0;
const SET: u8 = 1;
const REGISTERS: u8 = 2;

/// Bytes before the registers.
pub(super) const PREAMBLE: usize = 40;

/// The order in which coupons are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// In which they lie in the table.
    Table,
    Ascending,
}

pub(super) fn encode(state: &State, hll_type: HllType, order: Order) -> Vec<u8> {
    match state {
        State::Coupons(coupons) => encode_coupons(coupons, hll_type, order),
        State::Registers(registers) => encode_registers(registers, hll_type),
    }
}

fn type_bits(hll_type: HllType) -> u8 {
    match hll_type {
        HllType::Hll4 => 0,
        HllType::Hll6 => 1 << 2,
        HllType::Hll8 => 2 << 2,
    }
}

fn encode_coupons(coupons: &Coupons, hll_type: HllType, order: Order) -> Vec<u8> {
    let list = coupons.is_list();
    let count = coupons.count();
    let (words, mode) = if list { (2, LIST) } else { (3, SET) };
    let flags = if count == 0 { COMPACT | EMPTY } else { COMPACT };
    let listed = if list { count as u8 } else { 0 };
    let (lg_k, lg_places) = (coupons.lg_k(), coupons.lg_places());
    let mode = mode | type_bits(hll_type);
    let mut out = vec![words, VERSION, FAMILY_HLL, lg_k, lg_places, flags, listed, mode];
    if !list {
        out.extend(count.to_le_bytes());
    }
    let mut words: Vec<u32> = coupons.iter().map(|coupon| coupon.0).collect();
    if order == Order::Ascending {
        words.sort_unstable();
    }
    out.extend(words.iter().flat_map(|word| word.to_le_bytes()));
    out
}

fn encode_registers(registers: &Registers, hll_type: HllType) -> Vec<u8> {
    let (lg_k, bytes) = (registers.lg_k(), registers.bytes());
    let base = if hll_type == HllType::Hll4 { registers.floor() } else { 0 };
    let at_base = bytes.iter().filter(|&&value| value == base).count() as u32;
    let (packed, exceptions) = packing::pack(bytes, hll_type, base);
    let table = exception_table(&exceptions, lg_k);
    let lg_table = if exceptions.is_empty() { 0 } else { table.len().trailing_zeros() as u8 };
    let order = if registers.hip().is_some() { 0 } else { OUT_OF_ORDER };
    let sums = registers.inverse_sums();

    let mut out = Vec::with_capacity(PREAMBLE + packed.len() + 4 * exceptions.len());
    let mode = REGISTERS | type_bits(hll_type);
    out.extend([10, VERSION, FAMILY_HLL, lg_k, lg_table, COMPACT | order, base, mode]);
    out.extend(registers.hip().unwrap_or(0.0).to_le_bytes());
    out.extend(sums.low.to_le_bytes());
    out.extend(sums.high.to_le_bytes());
    out.extend(at_base.to_le_bytes());
    out.extend((exceptions.len() as u32).to_le_bytes());
    out.extend(packed);
    out.extend(table.iter().filter(|&&place| place != 0).flat_map(|place| place.to_le_bytes()));
    out
}

/// The first eight bytes.
struct Header {
    lg_k: u8,
    lg_table: u8,
    flags: u8,
    /// Coupons of a list, or the base of 4-bit registers.
    count: u8,
    mode: u8,
    hll_type: HllType,
}

pub(super) fn decode(bytes: &[u8]) -> Result<(State, HllType), Error> {
    let mut reader = Reader::new(NAME, bytes);
    let header = read_header(&mut reader)?;
    let state = if header.flags & EMPTY != 0 {
        State::new(header.lg_k)
    } else if header.mode == REGISTERS {
        State::Registers(read_registers(&mut reader, &header)?)
    } else {
        State::Coupons(read_coupons(&mut reader, &header)?)
    };
    Ok((state, header.hll_type))
}

fn read_header(reader: &mut Reader<'_>) -> Result<Header, Error> {
    let words = reader.u8("preamble size")?;
    let version = reader.u8("serial version")?;
    reader.family(FAMILY_HLL)?;
    if version != VERSION {
        return Err(reader.corrupt("serial version", VERSION, version));
    }
    let lg_k = reader.u8("lg_k")?;
    if !(4..=21).contains(&lg_k) {
        return Err(reader.corrupt("lg_k", "4 to 21", lg_k));
    }
    let lg_table = reader.u8("table size")?;
    let flags = reader.u8("flags")?;
    let count = reader.u8("count")?;
    let mode_byte = reader.u8("mode")?;
    let hll_type = match (mode_byte >> 2) & 3 {
        0 => HllType::Hll4,
        1 => HllType::Hll6,
        2 => HllType::Hll8,
        other => return Err(reader.corrupt("type", "0 (4 bits), 1 (6) or 2 (8)", other)),
    };
    let mode = mode_byte & 3;
    let expected = match mode {
        LIST => 2,
        SET => 3,
        REGISTERS => 10,
        _ => return Err(reader.corrupt("mode", "0 (list), 1 (set) or 2 (registers)", mode)),
    };
    if words != expected {
        return Err(reader.corrupt("preamble size", expected, words));
    }
    Ok(Header { lg_k, lg_table, flags, count, mode, hll_type })
}

fn read_coupons(reader: &mut Reader<'_>, header: &Header) -> Result<Coupons, Error> {
    let compact = header.flags & COMPACT != 0;
    let count =
        if header.mode == LIST { u32::from(header.count) } else { reader.u32("coupon count")? };
    let places = if compact {
        count as usize
    } else if header.lg_table <= header.lg_k.max(3) {
        1 << header.lg_table
    } else {
        return Err(reader.corrupt("table size", "at most lg_k", header.lg_table));
    };
    let raw = reader.take("coupons", places.saturating_mul(4))?;
    let mut coupons = Coupons::new(header.lg_k);
    for word in words(raw).filter(|&word| compact || word != 0) {
        let coupon = Coupon(word);
        if coupon.value() == 0 {
            return Err(reader.corrupt("coupon", "a value of 1 to 63", "0"));
        }
        if coupons.insert(coupon) == Room::Full {
            return Err(reader.corrupt("coupon count", "fewer coupons at this lg_k", count));
        }
    }
    if coupons.count() != count {
        return Err(reader.corrupt("coupon count", coupons.count(), count));
    }
    Ok(coupons)
}

fn words(raw: &[u8]) -> impl Iterator<Item = u32> {
    raw.chunks_exact(4).map(|word| word.iter().rev().fold(0, |sum, &b| (sum << 8) | u32::from(b)))
}

fn read_registers(reader: &mut Reader<'_>, header: &Header) -> Result<Registers, Error> {
    let hip = reader.f64("HIP estimate")?;
    reader.take("register sums", 16)?;
    reader.take("registers at the base", 4)?;
    let exceptions = reader.u32("exception count")?;
    let k = 1 << header.lg_k;
    let packed = reader.take("registers", packing::size(header.hll_type, k))?;
    let base = if header.hll_type == HllType::Hll4 { header.count } else { 0 };
    if base > 63 {
        return Err(reader.corrupt("base", "at most 63", base));
    }
    let mut bytes = packing::unpack(packed, header.hll_type, k, base);
    if header.hll_type == HllType::Hll4 {
        read_exceptions(reader, header, exceptions, &mut bytes)?;
    }
    let largest = bytes.iter().fold(0, |most: u8, &value| most.max(value));
    if largest > 63 {
        return Err(reader.corrupt("register", "at most 63", largest));
    }
    if header.flags & OUT_OF_ORDER != 0 {
        return Ok(Registers::from_parts(bytes, None));
    }
    // Each register in use has added one or more when it was first raised.
    let used = bytes.iter().filter(|&&value| value > 0).count();
    if !hip.is_finite() || hip < used as f64 {
        return Err(reader.corrupt("HIP estimate", format!("a number from {used} on"), hip));
    }
    Ok(Registers::from_parts(bytes, Some(hip)))
}

/// Reads the values of registers that 4 bits could not hold.
fn read_exceptions(
    reader: &mut Reader<'_>,
    header: &Header,
    count: u32,
    bytes: &mut [u8],
) -> Result<(), Error> {
    let marked = bytes.iter().filter(|&&value| value == packing::EXCEPTION).count();
    if marked != count as usize {
        return Err(reader.corrupt("exception count", marked, count));
    }
    let compact = header.flags & COMPACT != 0;
    let places = match count {
        0 => 0,
        _ if compact => marked,
        _ if header.lg_table <= header.lg_k => 1 << header.lg_table,
        _ => return Err(reader.corrupt("table size", "at most lg_k", header.lg_table)),
    };
    let raw = reader.take("exceptions", 4 * places)?;
    let slots = bytes.len() - 1;
    for coupon in words(raw).filter(|&word| word != 0).map(Coupon) {
        let byte = &mut bytes[coupon.slot() as usize & slots];
        if *byte != packing::EXCEPTION {
            return Err(reader.corrupt("exception", "one of a marked register", coupon.slot()));
        }
        *byte = coupon.value();
    }
    Ok(())
}
