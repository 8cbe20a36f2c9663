//! Persons by a keyed name, for whatever is not the output that was asked for: a log, a trace, a report.
//!
//! There are some 366 million CPR numbers, and a machine hashes them all in a minute: a plain hash hides nobody.
//! These names are HMAC-SHA-256 with a key of the municipality's own, which lies outside what it is used in. The
//! same person has the same name as long as the key is the same; without the key a name tells nothing.

use crate::exit::Failure;
use crate::secret_file::{self, Purpose};
use crate::small_files;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::fmt;
use std::path::Path;

/// What every name is of, so that the key can never be used to make anything else.
const DOMAIN: &[u8] = b"hjemmel person 1\0";

/// The key that names are made with. It is never shown.
#[derive(Clone)]
pub(crate) struct PseudonymKey(Hmac<Sha256>);

impl fmt::Debug for PseudonymKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("‹skjult›")
    }
}

impl PseudonymKey {
    /// The key in a file that only its owner can read.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let seed = secret_file::read(path, Purpose::Pseudonyms)?;
        Self::of(&seed).ok_or_else(crate::bug)
    }

    /// A key of these bytes; there always is one, as HMAC takes keys of any length.
    fn of(seed: &[u8; 32]) -> Option<Self> {
        let mut mac = Hmac::<Sha256>::new_from_slice(seed).ok()?;
        mac.update(DOMAIN);
        Some(Self(mac))
    }

    /// The name of a person by the key of the extract: 32 hexadecimal digits, half of the code, which is more
    /// than enough to tell persons apart.
    pub(crate) fn name(&self, person: &str) -> String {
        let mut mac = self.0.clone();
        mac.update(person.as_bytes());
        let code = mac.finalize().into_bytes();
        let half: Vec<u8> = code.iter().copied().take(16).collect();
        small_files::hex(&half)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hjemmel_extracts::SaveOptions;
    use sha2::Digest as _;
    use std::collections::BTreeSet;

    /// Worked out by Python: `hmac.new(bytes(range(32)), b"hjemmel person 1\0" + b"0101701234", "sha256")`.
    #[test]
    fn names_are_those_that_others_work_out_with_the_key() {
        let mut seed = [0; 32];
        for (byte, value) in seed.iter_mut().zip(0_u8..) {
            *byte = value;
        }
        let key = PseudonymKey::of(&seed).unwrap();
        assert_eq!(key.name("0101701234"), "43ad63b0e2da24e0a9d05fd799a1b030");
        assert_ne!(key.name("0101701234"), key.name("0101701235"));
        let other = PseudonymKey::of(&[7; 32]).unwrap();
        assert_ne!(key.name("0101701234"), other.name("0101701234"));
        assert_eq!(format!("{key:?}"), "‹skjult›");
    }

    #[test]
    fn a_name_is_no_plain_hash_and_another_with_another_key() {
        let keys = [1, 2].map(|seed| PseudonymKey::of(&[seed; 32]).unwrap());
        let mut seen = BTreeSet::new();
        for number in 0..10_000 {
            let person = format!("010170{number:04}");
            let plain = small_files::hex(&Sha256::digest(&person));
            for name in keys.each_ref().map(|key| key.name(&person)) {
                assert!(!plain.starts_with(&name), "{person}");
                assert!(seen.insert(name), "two names are the same: {person}");
            }
        }
        println!(
            "FIGURE;F4;names of ten thousand persons by two keys;{}",
            seen.len()
        );
        println!("FIGURE;F4;names that are a plain hash, or the same with another key;0");
    }

    #[test]
    fn a_key_is_read_from_a_file_of_its_owner_alone_and_for_this_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("navne.nøgle");
        let write = |path: &Path, purpose, seed: u8| {
            secret_file::write(path, purpose, &[seed; 32], SaveOptions::default())
        };
        write(&path, Purpose::Pseudonyms, 7).unwrap();
        let read = PseudonymKey::read(&path).unwrap();
        let made = PseudonymKey::of(&[7; 32]).unwrap();
        assert_eq!(read.name("H0001"), made.name("H0001"));
        let signing = folder.path().join("jurist.nøgle");
        write(&signing, Purpose::Signing, 7).unwrap();
        let refused = PseudonymKey::read(&signing).unwrap_err();
        assert!(refused.message.unwrap().en.contains("is not a key of"));
        assert!(write(&path, Purpose::Pseudonyms, 8).is_err());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
            let refused = PseudonymKey::read(&path).unwrap_err();
            assert!(refused.message.unwrap().en.contains("others can read"));
        }
    }
}
