//! Which request each document of a response answers.

use coffret_cbor::Encoded;

use crate::response::{DeviceResponse, Document};
use crate::{DeviceRequest, DocRequest, ElementName, Error, ItemsRequest, age};

/// The place of the request that each document answers, in the order of the documents; nothing of
/// one that cannot be read.
///
/// A reader may ask for one type twice: of two people, or for two reasons. A response does not say
/// which document answers which request, so it is found out: each document answers one request,
/// and each request is answered by one document at most. A document goes to a request that asked for
/// all that it shows, wherever there is a way to do so for all of them; one that shows more than any
/// request asked for goes to the next of its type, where it is found out.
///
/// # Errors
/// [`Error::DocumentNotRequested`] for more documents than were asked for, of one type or in all.
/// They are counted here, before a signature is verified: each costs several.
pub(crate) fn matched(
    response: &DeviceResponse,
    request: &DeviceRequest,
) -> Result<Vec<Option<usize>>, Error> {
    let asked: Vec<_> = request.doc_requests().iter().map(DocRequest::items).collect();
    let of_type = |doc_type: &str| {
        let documents = response.documents.iter().flatten();
        documents.filter(|document| document.doc_type == doc_type).count()
    };
    let asked_of = |doc_type: &str| asked.iter().filter(|items| items.doc_type == doc_type).count();
    let mut readable = response.documents.iter().flatten();
    if response.documents.len() > asked.len()
        || readable.any(|shown| of_type(&shown.doc_type) > asked_of(&shown.doc_type))
    {
        return Err(Error::DocumentNotRequested);
    }

    let mut answers = Answers { asked: &asked, by: vec![None; asked.len()] };
    let documents: Vec<_> =
        response.documents.iter().map(|document| document.as_ref().ok()).collect();
    let fits: Vec<_> = documents.iter().map(|document| answers.fitting(*document)).collect();
    for document in 0..documents.len() {
        answers.place(document, &fits, &mut Vec::new());
    }
    for (place, document) in documents.iter().enumerate() {
        answers.place_anywhere(place, *document);
    }
    Ok((0..documents.len()).map(|document| answers.request_of(document)).collect())
}

/// What a document shows that a request did not ask for: another element, unless it is an age that
/// tells one that was asked. The device answers what it was asked, and nothing by another age.
pub(crate) fn beyond<'a>(
    document: &'a Document,
    items: &'a ItemsRequest,
) -> impl Iterator<Item = ElementName> + 'a {
    let is_asked =
        |namespace: &str, identifier: &str| items.name_spaces.get(namespace, identifier).is_some();
    let by_issuer = document.issuer_signed.items().filter(move |(namespace, item)| {
        let (identifier, value) = (&item.element_identifier, item.element_value.as_item());
        !is_asked(namespace, identifier)
            && !age::is_answer(namespace, identifier, value, &items.name_spaces)
    });
    let by_issuer =
        by_issuer.map(|(namespace, item)| ElementName::new(namespace, &item.element_identifier));
    let by_device = document.device_signed.iter().flat_map(|device| device.name_spaces.iter());
    let by_device = by_device.filter(move |(namespace, identifier, _): &(&str, &str, &Encoded)| {
        !is_asked(namespace, identifier)
    });
    by_issuer.chain(by_device.map(|(namespace, id, _)| ElementName::new(namespace, id)))
}

/// The document that answers each request, as it is found.
struct Answers<'a> {
    asked: &'a [&'a ItemsRequest],
    by: Vec<Option<usize>>,
}

impl Answers<'_> {
    /// The requests that asked for all that a document shows.
    fn fitting(&self, document: Option<&Document>) -> Vec<usize> {
        let Some(document) = document else { return Vec::new() };
        let fits = |(_, items): &(usize, &&ItemsRequest)| {
            items.doc_type == document.doc_type && beyond(document, items).next().is_none()
        };
        self.asked.iter().enumerate().filter(fits).map(|(place, _)| place).collect()
    }

    /// Finds a request for a document, and another for the document that has it where that helps
    /// (Kuhn's algorithm): what one document takes never keeps another from its only request. A free
    /// request comes first, so that documents keep the order of their requests.
    fn place(&mut self, document: usize, fits: &[Vec<usize>], tried: &mut Vec<usize>) -> bool {
        let fitting = || fits.get(document).into_iter().flatten();
        if let Some(free) = fitting().find(|request| self.is_free(**request)) {
            self.take(*free, document);
            return true;
        }
        for request in fitting() {
            if tried.contains(request) {
                continue;
            }
            tried.push(*request);
            let holder = self.by.get(*request).copied().flatten();
            if holder.is_none_or(|holder| self.place(holder, fits, tried)) {
                self.take(*request, document);
                return true;
            }
        }
        false
    }

    /// The next request of its type for a document that fits none.
    fn place_anywhere(&mut self, place: usize, document: Option<&Document>) {
        let Some(document) = document.filter(|_| self.request_of(place).is_none()) else { return };
        let is_free = |(request, items): &(usize, &&ItemsRequest)| {
            items.doc_type == document.doc_type && self.is_free(*request)
        };
        let free = self.asked.iter().enumerate().find(is_free).map(|(request, _)| request);
        free.into_iter().for_each(|request| self.take(request, place));
    }

    fn is_free(&self, request: usize) -> bool {
        self.by.get(request) == Some(&None)
    }

    fn take(&mut self, request: usize, document: usize) {
        if let Some(by) = self.by.get_mut(request) {
            *by = Some(document);
        }
    }

    fn request_of(&self, document: usize) -> Option<usize> {
        self.by.iter().position(|by| *by == Some(document))
    }
}
