//! Which values of a piece are looked at, by level.

/// Values of which it is drawn at a time which are looked at; of a value that came more often it is
/// drawn how many copies reach which level.
pub(super) const PIECE: usize = 1 << 10;

/// Strings that are to be looked at.
pub(super) struct Picks {
    /// Where they are, and the level of each.
    all: [(u32, u32); PICKS],
    /// How many there are.
    len: usize,
    /// Where those of one level are.
    here: [u32; PICKS],
}

/// Picks of two pieces, so that there is room for a second where the first was not full.
const PICKS: usize = 2 * PIECE;

impl Picks {
    pub(super) fn new() -> Self {
        Self { all: [(0, 0); PICKS], len: 0, here: [0; PICKS] }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether there might not be room for those of another piece.
    pub(super) fn is_full(&self) -> bool {
        self.len > PICKS - PIECE
    }

    #[inline]
    pub(super) fn push(&mut self, position: usize, level: usize) {
        self.all[self.len % PICKS] = (position as u32, level as u32);
        self.len += 1;
    }

    /// Takes out those of one level: where they are. Without branches, for levels come at random.
    pub(super) fn take(&mut self, level: usize) -> &[u32] {
        let (mut taken, mut kept) = (0, 0);
        for index in 0..self.len {
            let pick = self.all[index % PICKS];
            self.here[taken % PICKS] = pick.0;
            self.all[kept % PICKS] = pick;
            let is_here = usize::from(pick.1 == level as u32);
            taken += is_here;
            kept += 1 - is_here;
        }
        self.len = kept;
        &self.here[..taken]
    }
}
