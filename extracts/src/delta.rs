//! Numbers packed as differences, as Parquet has them: how many they say they are, and where they
//! end. The numbers themselves are the library's business.

/// How many numbers there are said to be at the beginning of these bytes.
pub(crate) fn count(bytes: &[u8]) -> u64 {
    Walk { rest: bytes }.head().map_or(0, |head| head.count)
}

/// The same of two such stretches, one after the other.
pub(crate) fn counts(bytes: &[u8]) -> u64 {
    let second = after(bytes).map_or(0, count);
    count(bytes).saturating_add(second)
}

/// What follows a stretch; none if it is cut off.
fn after(bytes: &[u8]) -> Option<&[u8]> {
    let mut walk = Walk { rest: bytes };
    let head = walk.head()?;
    // The first number stands in the head.
    let mut left = head.count.saturating_sub(1);
    while left > 0 {
        walk.number()?;
        let widths = walk.take(head.parts)?;
        for width in widths {
            // One that is not needed has no bytes.
            walk.take(head.in_part.checked_mul(u64::from(*width))? / 8)?;
            left = left.saturating_sub(head.in_part);
            if left == 0 {
                break;
            }
        }
    }
    Some(walk.rest)
}

/// What stands before the numbers.
struct Head {
    /// How many parts a block has.
    parts: u64,
    /// How many numbers a part has.
    in_part: u64,
    /// How many numbers there are.
    count: u64,
}

struct Walk<'a> {
    rest: &'a [u8],
}

impl<'a> Walk<'a> {
    fn head(&mut self) -> Option<Head> {
        let (block, parts, count) = (self.number()?, self.number()?, self.number()?);
        self.number()?;
        Some(Head {
            parts,
            in_part: block.checked_div(parts)?,
            count,
        })
    }

    /// A number of seven bits a byte.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn take(&mut self, count: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(usize::try_from(count).ok()?)?;
        self.rest = rest;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks of 128 numbers in 4 parts.
    fn head(count: u8) -> Vec<u8> {
        vec![0x80, 1, 4, count, 0]
    }

    #[test]
    fn a_stretch_says_how_many_and_ends_where_its_last_part_does() {
        assert_eq!(count(&head(7)), 7);
        assert_eq!(after(&head(1)), Some(&[][..]));
        // 40 numbers: the first, 32 of two bits each, 7 of none, and two parts that are not needed.
        let block = [0, 2, 0, 9, 9];
        let stretch = [head(40), block.to_vec(), vec![0xaa; 8], vec![1, 2]].concat();
        assert_eq!(after(&stretch), Some(&[1, 2][..]));
        assert_eq!(after(&stretch[..15]), None);
        let two = [&stretch[..18], &head(3)].concat();
        assert_eq!(counts(&two), 43);
    }

    #[test]
    fn whatever_the_bytes_an_end_is_found_in_time() {
        let many = [0x80, 1, 4, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0];
        assert_eq!(count(&many), (1 << 49) - 1);
        assert_eq!(after(&[&many[..], &[0; 1000]].concat()), None);
        assert_eq!(count(&[0x80; 20]), 0);
        assert_eq!(after(&[0, 0, 9, 0]), None);
        // Blocks without numbers.
        assert_eq!(after(&[&[0, 4, 9, 0][..], &[0; 1000]].concat()), None);
    }
}
