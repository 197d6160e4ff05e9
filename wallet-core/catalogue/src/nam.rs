//! The health insurance number (*numéro d’assurance maladie*, NAM).
//!
//! Three letters of the family name and one of the given name, YY, MM (50 more for a woman), DD, a
//! sequence character, a check digit.

use crate::Error;
use crate::check::fits;

/// The number's form; its sequence character is never 0, I nor O.
const PATTERN: &str = "AAAA999999*9";
/// The form that is printed.
pub(crate) const GROUPED: &str = "AAAA 9999 99*9";
const WEIGHTS: [u32; 14] = [1, 3, 7, 9, 1, 7, 1, 3, 4, 5, 7, 6, 9, 1];

/// Whether `number` is one that the RAMQ's rules can yield.
///
/// It deserves a warning, never a refusal: published samples fail it.
///
/// # Errors
/// [`Error::NamShape`], [`Error::NamCheckDigit`].
pub fn check(number: &str) -> Result<(), Error> {
    // The century is not in the number: either may fit.
    let fitting = |century| check_digit(number, century).map(|digit| number.ends_with(digit));
    match (fitting("19"), fitting("20")) {
        (Some(true), _) | (_, Some(true)) => Ok(()),
        (None, None) => Err(Error::NamShape),
        _ => Err(Error::NamCheckDigit),
    }
}

/// The check digit of a number whose person was born in `century`.
fn check_digit(number: &str, century: &str) -> Option<char> {
    let sequence = number.chars().nth(10).filter(|c| !matches!(c, '0' | 'I' | 'O'))?;
    fits(PATTERN, number).then_some(())?;
    let (name, year, day) = (number.get(..4)?, number.get(4..6)?, number.get(8..10)?);
    let month: u32 = number.get(6..8)?.parse().ok()?;
    let (sex, month) = if month > 50 { ('F', month - 50) } else { ('M', month) };
    let is_a_day = matches!(day.parse(), Ok(1..=31)) && (1..=12).contains(&month);
    is_a_day.then_some(())?;
    let written = format!("{name}{century}{year}{sex}{month:02}{day}{sequence}");
    let sum: u32 = written.chars().zip(WEIGHTS).map(|(c, weight)| ebcdic(c) * weight).sum();
    char::from_digit(sum % 10, 10)
}

/// The EBCDIC code of a capital letter or a digit.
fn ebcdic(c: char) -> u32 {
    let (first, code) = match c {
        'A'..='I' => ('A', 0xc1),
        'J'..='R' => ('J', 0xd1),
        'S'..='Z' => ('S', 0xe2),
        _ => ('0', 0xf0),
    };
    code + u32::from(c) - u32::from(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers() {
        assert_eq!(check("TREM04121925"), Ok(()));
        assert_eq!(check("DOEJ90011518"), Ok(()));
        assert_eq!(check("TREM04121935"), Err(Error::NamCheckDigit));
    }

    #[test]
    fn either_century_fits() {
        let digits = |number| (check_digit(number, "19"), check_digit(number, "20"));
        let (nineteen, twenty) = digits("TREM04121925");
        assert_eq!((nineteen == Some('5')) as u8 + (twenty == Some('5')) as u8, 1);
        for digit in [nineteen, twenty] {
            assert_eq!(check(&format!("TREM0412192{}", digit.unwrap())), Ok(()));
        }
    }

    #[test]
    fn the_shape_comes_first() {
        for number in ["", "TREM0412192", "TREM041219255", "trem04121925", "TREM 0412 1925"] {
            assert_eq!(check(number), Err(Error::NamShape), "{number}");
        }
        for sequence in ['0', 'I', 'O', 'é'] {
            assert_eq!(check(&format!("TREM041219{sequence}5")), Err(Error::NamShape));
        }
        assert_ne!(check("TREM041219A5"), Err(Error::NamShape));
        for month_and_day in ["0019", "1319", "5019", "6319", "9919", "1200", "1232", "1299"] {
            let number = format!("TREM04{month_and_day}25");
            assert_eq!(check(&number), Err(Error::NamShape), "{number}");
        }
        for month_and_day in ["0101", "1231", "5101", "6231"] {
            let number = format!("TREM04{month_and_day}25");
            assert_ne!(check(&number), Err(Error::NamShape), "{number}");
        }
    }
}
