//! Integers as JSON Schema means them: `1.0` and `1e2` are integers (2020-12 core, section 4.2.1), `1.5` is none.

/// The integer that a number is, if it is one and fits.
pub(crate) fn from_f64(value: f64) -> Option<i64> {
    /// The first number beyond `i64`, which `f64` holds exactly.
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked before")]
    ((-BEYOND..BEYOND).contains(&value) && value.fract() == 0.0).then_some(value as i64)
}
