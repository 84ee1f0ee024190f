//! What bulk updates work with, kept for the next one on the same thread: to allocate and clear it
//! anew can cost more than the update.

use std::cell::Cell;
use std::thread::LocalKey;

use super::block::{Block, Key, MOST};
use super::item::Head;
use super::sieve::Sieve;

/// A key whose blocks are kept.
pub(crate) trait Pooled: Copy + Default + 'static {
    /// The block of this thread, unless it is in use.
    fn block() -> &'static LocalKey<Cell<Option<Block<Self>>>>;
}

thread_local! {
    static INTS: Cell<Option<Block<i64>>> = const { Cell::new(None) };
    static TEXTS: Cell<Option<Block<Head>>> = const { Cell::new(None) };
    static SIEVE: Cell<Option<Sieve>> = const { Cell::new(None) };
}

impl Pooled for i64 {
    fn block() -> &'static LocalKey<Cell<Option<Block<Self>>>> {
        &INTS
    }
}

impl Pooled for Head {
    fn block() -> &'static LocalKey<Cell<Option<Block<Self>>>> {
        &TEXTS
    }
}

/// The block of this thread, or a new one, for a source of `values` values.
fn block_for<K: Key>(values: usize) -> Block<K> {
    let mut block = K::block().take().unwrap_or_else(|| Block::new(MOST));
    block.fit(values);
    block
}

/// A block for any source, without entries.
pub(super) fn taken<K: Key>() -> Block<K> {
    let mut block = block_for(MOST);
    block.clear();
    block
}

/// Puts back a block that was taken.
pub(super) fn give_back<K: Key>(block: Block<K>) {
    K::block().set(Some(block));
}

/// Calls `f` with a block for a source of `values` values.
pub(super) fn with_block<K: Key, R>(values: usize, f: impl FnOnce(&mut Block<K>) -> R) -> R {
    let mut block = block_for(values);
    let result = f(&mut block);
    give_back(block);
    result
}

/// Calls `f` with a sieve.
pub(super) fn with_sieve<R>(f: impl FnOnce(&mut Sieve) -> R) -> R {
    let mut sieve = SIEVE.take().unwrap_or_else(Sieve::new);
    let result = f(&mut sieve);
    SIEVE.set(Some(sieve));
    result
}
