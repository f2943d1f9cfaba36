//! Credentials: a token enters, its SHA-256 digest leaves, and nothing keeps the token.
//!
//! The tokens are long and random, so one round of SHA-256 is enough: there is no dictionary to try. Digests are
//! compared in constant time, and a digest never prints.

use std::fmt;
use std::hash::{Hash, Hasher};

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq;

/// The SHA-256 digest of a token. `Debug` does not show it.
///
/// As the key of a hash map it gives nothing away by time: the table's hash function is keyed at random, equality reads
/// all 32 bytes, and whoever sends a token cannot choose the bytes of its digest.
///
/// ```
/// use stubwright_server::credential::Digest;
///
/// let digest = Digest::of("cog_example");
/// assert_eq!(Digest::from_hex(&"00".repeat(32)), Some(Digest([0; 32])));
/// assert_eq!(format!("{digest:?}"), "Digest(..)");
/// ```
#[derive(Clone, Copy, Eq)]
pub struct Digest(pub [u8; 32]);

/// The kinds of credential, one per API; each is told by its shape.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Family {
    /// `apk_user_…`: the personal key of a user.
    DevinV2,

    /// `cog_…`: the key of a service user.
    DevinV3,

    /// `sk-lw-…_…`: an admin key, 16 and 48 letters and digits.
    LangWatch,
}

impl Digest {
    /// The digest of a token.
    pub fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }

    /// Reads 64 hexadecimal digits of either case.
    pub fn from_hex(text: &str) -> Option<Self> {
        let (digits, []) = text.as_bytes().as_chunks::<2>() else {
            return None;
        };
        let mut bytes = [0; 32];
        if digits.len() != bytes.len() {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(digits) {
            let [high, low] = pair.map(|digit| char::from(digit).to_digit(16));
            *byte = u8::try_from(high? * 16 + low?).ok()?;
        }
        Some(Self(bytes))
    }
}

impl Family {
    /// Whether a token has the shape of this family. The shape is public, so this may take any time.
    pub fn accepts(self, token: &str) -> bool {
        match self {
            Self::DevinV2 => token.strip_prefix("apk_user_").is_some_and(is_word),
            Self::DevinV3 => token.strip_prefix("cog_").is_some_and(is_word),
            Self::LangWatch => token
                .strip_prefix("sk-lw-")
                .and_then(|rest| rest.split_once('_'))
                .is_some_and(|(lookup, secret)| is_alphanumeric(lookup, 16) && is_alphanumeric(secret, 48)),
        }
    }

    /// The shape in words, for messages.
    pub fn shape(self) -> &'static str {
        match self {
            Self::DevinV2 => "`apk_user_` and letters, digits, `_` or `-`",
            Self::DevinV3 => "`cog_` and letters, digits, `_` or `-`",
            Self::LangWatch => "`sk-lw-`, 16 letters or digits, `_`, 48 letters or digits",
        }
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

fn is_alphanumeric(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

impl PartialEq for Digest {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Hash for Digest {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Digest(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::{Digest, Family};

    #[test]
    fn digests_are_sha256_and_read_from_hexadecimal() {
        // FIPS 180-2, appendix B.1.
        let abc = "BA7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Digest::from_hex(abc), Some(Digest::of("abc")));
        for wrong in ["", "ba78", &abc[1..], &format!("{abc}00"), &abc.replace('B', "g"), &abc.replace("BA", "+1")] {
            assert_eq!(Digest::from_hex(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn families_are_told_by_their_shape() {
        let admin = format!("sk-lw-{}_{}", "a1".repeat(8), "B2".repeat(24));
        let cases = [
            ("apk_user_abc", Some(Family::DevinV2)),
            ("apk_user_", None),
            ("apk_abc", None),
            ("cog_a-b_c", Some(Family::DevinV3)),
            ("cog_", None),
            ("cog_a b", None),
            (admin.as_str(), Some(Family::LangWatch)),
            (&admin[..admin.len() - 1], None),
            ("sk-lw-projectkey", None),
        ];
        for (token, expected) in cases {
            for family in [Family::DevinV2, Family::DevinV3, Family::LangWatch] {
                assert_eq!(family.accepts(token), expected == Some(family), "{token} {family:?}");
            }
        }
    }
}
