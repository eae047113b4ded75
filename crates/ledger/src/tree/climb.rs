//! The way from a leaf up to the root, as RFC 9162 walks it.

/// On which side of the node the next hash of a path stands.
pub(super) enum Beside {
    Left,
    Right,
}

/// A node on the way up: its number, and that of the last node of its level.
pub(super) struct Climb {
    number: u64,
    last: u64,
}

impl Climb {
    /// The leaf at a position that the log of that size has.
    pub(super) fn from_leaf(position: u64, size: u64) -> Self {
        Self { number: position, last: size - 1 }
    }

    pub(super) fn is_at_root(&self) -> bool {
        self.last == 0
    }

    /// Goes up as long as the node is a right half: to the largest complete node that ends here.
    pub(super) fn skip_right_halves(&mut self) {
        while self.number & 1 == 1 {
            self.halve();
        }
    }

    /// Goes up to where a hash of the path is needed, past it, and says where it stands; nothing
    /// when this is the root.
    pub(super) fn step(&mut self) -> Option<Beside> {
        if self.is_at_root() {
            return None;
        }
        let beside = if self.number & 1 == 1 || self.number == self.last {
            // The last node of a level may have no neighbour and rise unchanged.
            while self.number & 1 == 0 {
                self.halve();
            }
            Beside::Left
        } else {
            Beside::Right
        };
        self.halve();
        Some(beside)
    }

    fn halve(&mut self) {
        self.number >>= 1;
        self.last >>= 1;
    }
}
