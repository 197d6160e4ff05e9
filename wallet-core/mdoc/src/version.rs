/// Whether a version is 1.x: ISO 18013-5 adds members under a new minor version (§8.1), and what
/// reads 1.0 reads them all. One rule for messages, signed objects, engagements and readers' codes.
///
/// The minor version is a number of three digits at most: more are no version that anybody made.
pub fn is_version_1(version: &str) -> bool {
    let minor = version.strip_prefix("1.").unwrap_or_default();
    (1..=3).contains(&minor.len()) && minor.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::is_version_1;

    #[test]
    fn a_minor_version_is_a_number() {
        for known in ["1.0", "1.1", "1.10", "1.999"] {
            assert!(is_version_1(known), "{known}");
        }
        for other in [
            "", "1", "1.", "1.0.0", "1.0000", "1.a", "1.+1", "1. 0", "1.0 ", " 1.0", "01.0", "2.0",
            "1,0", "1.٣",
        ] {
            assert!(!is_version_1(other), "{other}");
        }
    }
}
