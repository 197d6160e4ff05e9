//! An entry that does not read leaves with its place: the others are proven, at their numbers.

use super::*;
use crate::records::opened;

/// The log with these entries unreadable, its head counted over that.
fn without(unread: &[usize]) -> Vec<Place> {
    let places = log(4).1.into_iter().enumerate();
    places.map(|(number, link)| Some(link).filter(|_| !unread.contains(&number))).collect()
}

fn check_of(head: &Head, places: &[Place]) -> Result<Checked, Error> {
    check(super::super::exported(head, places, &key(), now()).unwrap().as_bytes())
}

#[test]
fn the_others_are_proven_at_their_numbers() {
    for unread in [&[][..], &[0], &[3], &[1, 2], &[0, 3], &[0, 1, 2, 3]] {
        let places = without(unread);
        let checked = check_of(&Head::of(&places), &places).unwrap();
        assert_eq!((checked.unreadable, checked.deleted), (unread.len(), 0), "{unread:?}");
        let left = (0..4).filter(|number| !unread.contains(number));
        let left = left.map(|number| (number as u64, entry(&format!("element_{number}"))));
        assert_eq!(checked.entries, left.collect::<Vec<_>>(), "{unread:?}");
    }
    assert_eq!(Head::of(&without(&[])), log(4).0, "the head that is kept, where all read");
}

/// Neither a good entry nor a deleted one is made unreadable, nor an unreadable one deleted.
#[test]
fn what_reads_is_not_passed_off_as_unreadable() {
    let mut deleted = without(&[2]);
    deleted[1].as_mut().unwrap().opening = None;
    let head = Head::of(&deleted);
    assert_eq!(check_of(&head, &deleted).map(|checked| checked.deleted), Ok(1));
    for number in [0, 1, 3] {
        let mut places = deleted.clone();
        places[number] = None;
        assert_eq!(check_of(&head, &places).err(), Some(Error::LogChain), "{number}");
    }
    for inner in [[0; 32], [1; 32], chain::inner(&[], &[]), Head::of(&deleted[..2]).link] {
        let mut places = deleted.clone();
        places[2] = Some(Link { number: 2, inner, opening: None });
        assert_eq!(check_of(&head, &places).err(), Some(Error::LogChain));
    }
    let mut moved = deleted.clone();
    moved.swap(2, 3);
    assert_eq!(check_of(&head, &moved).err(), Some(Error::LogChain));
    moved.truncate(3);
    assert_eq!(check_of(&head, &moved).err(), Some(Error::LogLength));
}

/// What a later version says is as it was written, and so are the digests of its neighbours.
#[test]
fn a_content_that_is_not_read_is_counted_and_proven() {
    let (mut head, mut links, mut rng) = (Head::default(), Vec::new(), rng());
    for content in [entry("a").content(), Encoded::map([("later", 1u64.into())]), "b".into()] {
        let (next, link) = head.extended(content, &mut rng);
        head = next;
        links.push(Some(link));
    }
    let checked = check_of(&head, &links).unwrap();
    assert_eq!((checked.entries.len(), checked.deleted, checked.unreadable), (1, 0, 2));
    links[1].as_mut().unwrap().opening.as_mut().unwrap().1 = b"\xa0".to_vec();
    assert_eq!(check_of(&head, &links).err(), Some(Error::LogChain));
}

#[test]
fn an_entry_of_another_shape_is_refused() {
    let (digest, null) = (|| Encoded::bytes(&[1; 32]), Encoded::null);
    let shapes = [
        [null(), digest(), null()],
        [null(), null(), digest()],
        [null(), digest(), digest()],
        [digest(), null(), digest()],
        [Encoded::bytes(&[]), null(), null()],
    ];
    for shape in shapes {
        let entries = Encoded::array([Encoded::array(shape)]);
        let one = |name: &str, member| if name == "entries" { entries.clone() } else { member };
        assert_eq!(with(one).err(), Some(Error::LogForm));
    }
}

/// Whatever a record says that no version writes, it is damaged.
#[test]
fn a_link_that_cannot_be_is_damaged() {
    let content = entry("a").content().into_bytes();
    let link = Link { number: 3, inner: chain::inner(&[2; 32], &content), opening: None };
    let opening = Some(([2; 32], content.clone()));
    let whole = Link { opening: opening.clone(), ..link.clone() };
    let read = |link: &Link| opened::<Link>(&link.numbered()).map(drop);
    assert_eq!((read(&link), read(&whole)), (Ok(()), Ok(())));
    assert_eq!(read(&Link { inner: [1; 32], opening, ..link.clone() }), Err(Error::RecordDamaged));
    for number in [2_000_000, u64::MAX] {
        let far = Link { number, ..link.clone() };
        assert_eq!(read(&far), Err(Error::RecordDamaged), "{number}");
    }
    for half in [("salt", Encoded::bytes(&[2; 32])), ("content", Encoded::bytes(&content))] {
        let members = [("number", 3u64.into()), ("inner", Encoded::bytes(&link.inner)), half];
        let record = Encoded::array([1u64.into(), Encoded::map(members)]).into_bytes();
        assert_eq!(opened::<Link>(&record).err(), Some(Error::RecordDamaged));
    }
}
