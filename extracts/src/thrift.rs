//! The table of contents of a Parquet file, walked through before the library reads it.
//!
//! It is written in Thrift's compact form, in which a list says how long it is before it comes. A list
//! that says more than there are bytes would make the library ask for memory until the program is
//! stopped, and that cannot be caught.

/// How deep structures may lie in each other.
const DEPTH: u32 = 32;
/// The kind of a number of 32 bits.
const NUMBER: u8 = 5;
/// The kind of a structure.
const STRUCTURE: u8 = 12;
/// The highest number of a field, and the largest size.
const HIGHEST_FIELD: u64 = 0x7fff;
const LARGEST: u64 = 0x7fff_ffff;

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unsound {
    /// Something ends too early, or says that it is longer than it can be.
    Lengths,
    /// It describes more columns than are read.
    Columns,
}

/// Checks every length in the contents; they may describe at most so many columns.
pub(crate) fn check(contents: &[u8], columns: usize) -> Result<(), Unsound> {
    let mut walk = Walk { rest: contents };
    // The second field of the contents lists the columns.
    let listed = walk.structure(DEPTH).ok_or(Unsound::Lengths)?;
    if listed > columns {
        return Err(Unsound::Columns);
    }
    Ok(())
}

/// What the header of a page says of sizes, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Page {
    /// Of the header itself.
    pub(crate) header: u64,
    /// Of what follows it.
    pub(crate) packed: u64,
    /// Of that, unpacked.
    pub(crate) unpacked: u64,
    /// What follows it, if it says.
    pub(crate) sort: Option<Sort>,
}

/// What a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Data, and how they are written, by the format's number for it.
    Data(u64),
    /// A dictionary, and how many values it has.
    Dictionary(u64),
    /// Nothing that is read.
    Index,
}

/// The header of a page at the beginning of these bytes, if all of it is there and sound.
///
/// The library takes the fields that it knows for what they should be, whatever kind they say: of
/// another kind, they would be other bytes to it than to this walk.
pub(crate) fn page(bytes: &[u8]) -> Option<Page> {
    let mut walk = Walk { rest: bytes };
    let (mut field, mut page) = (0, Page::default());
    loop {
        let header = walk.byte()?;
        if header == 0 {
            break;
        }
        field = walk.field(header, field)?;
        let kind = header & 0x0f;
        match (field, kind) {
            (2, NUMBER) => page.unpacked = walk.size()?,
            (3, NUMBER) => page.packed = walk.size()?,
            // A page is of one sort.
            (5..=8, _) if page.sort.is_some() => return None,
            (5, STRUCTURE) => page.sort = Some(Sort::Data(walk.sizes::<4>()?[1])),
            (6, STRUCTURE) => {
                walk.structure(DEPTH)?;
                page.sort = Some(Sort::Index);
            }
            (7, STRUCTURE) => page.sort = Some(Sort::Dictionary(walk.sizes::<2>()?[0])),
            (8, STRUCTURE) => page.sort = Some(Sort::Data(walk.sizes::<6>()?[3])),
            (1 | 4, NUMBER) | (9.., _) => {
                walk.value(kind, DEPTH, false)?;
            }
            _ => return None,
        }
    }
    let taken = bytes.len().checked_sub(walk.rest.len())?;
    page.header = u64::try_from(taken).ok()?;
    Some(page)
}

struct Walk<'a> {
    rest: &'a [u8],
}

impl Walk<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn skip(&mut self, count: u64) -> Option<()> {
        self.rest = self.rest.get(usize::try_from(count).ok()?..)?;
        Some(())
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// A number that is not negative: every second one is.
    fn size(&mut self) -> Option<u64> {
        let number = self.number()?;
        (number & 1 == 0 && number >> 1 <= LARGEST).then_some(number >> 1)
    }

    /// Walks through a structure whose first fields are numbers. Gives them.
    fn sizes<const N: usize>(&mut self) -> Option<[u64; N]> {
        let (mut field, mut sizes) = (0, [0; N]);
        loop {
            let header = self.byte()?;
            if header == 0 {
                return Some(sizes);
            }
            field = self.field(header, field)?;
            let at = usize::try_from(field).ok()?.checked_sub(1)?;
            match (header & 0x0f, sizes.get_mut(at)) {
                (NUMBER, Some(size)) => *size = self.size()?,
                (_, Some(_)) => return None,
                (kind, None) => {
                    self.value(kind, DEPTH, false)?;
                }
            }
        }
    }

    /// The number of the field with this header, after that of the one before.
    fn field(&mut self, header: u8, before: u64) -> Option<u64> {
        let field = match header >> 4 {
            0 => self.size()?,
            step => before.checked_add(u64::from(step))?,
        };
        (field <= HIGHEST_FIELD).then_some(field)
    }

    /// Walks through a structure. Gives the length of the list in its second field.
    fn structure(&mut self, depth: u32) -> Option<usize> {
        let depth = depth.checked_sub(1)?;
        let (mut field, mut second) = (0_u64, 0);
        loop {
            let header = self.byte()?;
            if header == 0 {
                return Some(second);
            }
            field = self.field(header, field)?;
            let length = self.value(header & 0x0f, depth, false)?;
            if field == 2 {
                second = length;
            }
        }
    }

    /// Walks through a value. Gives the length of a list.
    fn value(&mut self, kind: u8, depth: u32, in_list: bool) -> Option<usize> {
        match kind {
            1 | 2 if !in_list => {}
            // Each is a byte, but the library takes none for it.
            1 | 2 => return None,
            3 => self.skip(1)?,
            4..=6 => {
                self.number()?;
            }
            7 => self.skip(8)?,
            8 => {
                let length = self.number()?;
                self.skip(length)?;
            }
            9 | 10 => return self.list(depth),
            11 => self.map(depth)?,
            12 => {
                self.structure(depth)?;
            }
            _ => return None,
        }
        Some(0)
    }

    fn list(&mut self, depth: u32) -> Option<usize> {
        let depth = depth.checked_sub(1)?;
        let header = self.byte()?;
        let length = match header >> 4 {
            15 => usize::try_from(self.number()?).ok()?,
            length => usize::from(length),
        };
        if length > self.rest.len() {
            return None;
        }
        for _ in 0..length {
            self.value(header & 0x0f, depth, true)?;
        }
        Some(length)
    }

    fn map(&mut self, depth: u32) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        let length = usize::try_from(self.number()?).ok()?;
        if length == 0 {
            return Some(());
        }
        let kinds = self.byte()?;
        if length > self.rest.len() {
            return None;
        }
        for _ in 0..length {
            self.value(kinds >> 4, depth, true)?;
            self.value(kinds & 0x0f, depth, true)?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_no_longer_than_their_bytes() {
        // Version 1, then a list of structures of one byte each, then the end.
        let sound = [0x15, 2, 0x19, 0x2c, 0, 0, 0];
        assert_eq!(check(&sound, 2), Ok(()));
        assert_eq!(check(&sound, 1), Err(Unsound::Columns));
        let lying = [0x15, 2, 0x19, 0xfc, 0xff, 0xff, 0xff, 0xff, 7, 0];
        assert_eq!(check(&lying, 2), Err(Unsound::Lengths));
        assert_eq!(check(&[0x1c; 100], 2), Err(Unsound::Lengths));
        assert_eq!(check(&[], 2), Err(Unsound::Lengths));
    }

    #[test]
    fn a_page_says_its_sizes() {
        // Its kind (a page of data), unpacked 150, packed 20, then its data: 7 values, written in
        // way 6, the rest in ways 3 and 3; then the end.
        let data = [0x2c, 0x15, 14, 0x15, 12, 0x15, 6, 0x15, 6, 0];
        let sizes = [0x15, 0, 0x15, 0xac, 2, 0x15, 40];
        let header = [&sizes[..], &data, &[0, 99]].concat();
        let expected = Page {
            header: 18,
            packed: 20,
            unpacked: 150,
            sort: Some(Sort::Data(6)),
        };
        assert_eq!(page(&header), Some(expected));
        assert_eq!(page(&header[..17]), None);
        // A dictionary of 9 values.
        let dictionary = [&sizes[..], &[0x4c, 0x15, 18, 0x15, 0, 0, 0]].concat();
        assert_eq!(page(&dictionary).unwrap().sort, Some(Sort::Dictionary(9)));
        // A size below zero.
        assert_eq!(page(&[0x15, 0, 0x15, 1, 0x15, 0, 0]), None);
    }

    #[test]
    fn a_page_is_no_other_to_the_library() {
        let sizes = [0x15, 0, 0x15, 40, 0x15, 40];
        let data = [0x2c, 0x15, 14, 0x15, 12, 0x15, 6, 0x15, 6, 0];
        let with = |more: &[u8]| page(&[&sizes[..], more, &[0]].concat());
        assert!(with(&data).is_some());
        // Two sorts at once.
        assert_eq!(with(&[&data[..], &[0x2c, 0x15, 18, 0]].concat()), None);
        // How it is written is a text; a number of more than 32 bits; how many, a truth value.
        assert_eq!(with(&[0x2c, 0x15, 14, 0x18, 1, 99, 0]), None);
        let wide = [0x2c, 0x15, 14, 0x15, 0x8c, 0x80, 0x80, 0x80, 0x20, 0];
        assert_eq!(with(&wide), None);
        assert_eq!(with(&[0x4c, 0x11, 0]), None);
        // A field below zero, and the same as text.
        assert_eq!(with(&[0x05, 5, 2]), None);
        assert_eq!(with(&[0x38, 1, 99]), None);
        // Lists beside what is known: of two numbers, of two truth values, of more than there are.
        let beside = |list: &[u8]| with(&[&data[..], &[0x49], list].concat());
        assert!(beside(&[0x25, 2, 2]).is_some());
        assert_eq!(beside(&[0x21, 1, 1]), None);
        assert_eq!(beside(&[0xf7, 0xff, 0xff, 0xff, 0xff, 7]), None);
    }
}
