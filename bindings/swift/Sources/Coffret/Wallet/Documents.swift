import CoffretCore
import Foundation

extension Wallet {
  /// What there is to know of each document without reading it, in the order of adding.
  public func documents() async throws -> [Card] {
    let now = time.now
    return try await call { try $0.documents(now: now) }
  }

  /// A document and what it says, judged anew. Throws where there is none of this id.
  public func document(_ document: DocumentId) async throws -> Document {
    let now = time.now
    return try await call { try $0.document(document: document, now: now) }
  }

  /// Takes what an issuer hands over, one credential or several: all of them or none.
  ///
  /// Throws where they cannot be read at all.
  public func add(_ credentials: Data) async throws -> Added {
    let now = time.now
    return try await call { try $0.add(credentials: credentials, now: now) }
  }

  /// Removes a document; ``deleteAbandonedKeys(using:)`` then deletes its keys.
  public func remove(_ document: DocumentId) async throws {
    try await call { try $0.remove(document: document) }
  }

  /// What there is to be said now, of documents and of trust data.
  public func notices() async throws -> [Notice] {
    let now = time.now
    return try await call { try $0.notices(now: now) }
  }

  /// The people whose documents are here, the wallet's own holder first.
  public func people() async throws -> [Person] {
    try await call { try $0.people() }
  }

  /// Calls a person by another name here; no document changes.
  ///
  /// Throws where there is none of this id, or the name is empty or longer than 150 characters.
  public func renamePerson(_ person: PersonId, to name: String) async throws {
    try await call { try $0.renamePerson(person: person, name: name) }
  }

  /// A person whom no document has named yet.
  public func addPerson(named name: String) async throws -> PersonId {
    try await call { try $0.addPerson(name: name) }
  }

  /// Makes one person of two: the documents of `person` are the other's from then on.
  ///
  /// Throws where there is none of one of these ids, or one is real and the other invented, of
  /// specimens.
  public func mergePeople(_ person: PersonId, into other: PersonId) async throws {
    try await call { try $0.mergePeople(person: person, other: other) }
  }

  /// Forgets a person without documents.
  ///
  /// Throws where there is none of this id, the person has documents, or is the wallet's own holder
  /// while there are other people.
  public func deletePerson(_ person: PersonId) async throws {
    try await call { try $0.deletePerson(person: person) }
  }

  /// Says who the wallet's own holder is. Throws where all documents of theirs are specimens.
  public func setHolder(_ person: PersonId) async throws {
    try await call { try $0.setHolder(person: person) }
  }

  /// Says whose a document is, where the wallet has guessed wrong. Who has no document left goes.
  ///
  /// Throws where a specimen is given to a real person, or a real document to an invented one.
  public func assign(_ document: DocumentId, to person: PersonId) async throws {
    try await call { try $0.assign(document: document, person: person) }
  }

  /// What the wallet holds, to be read elsewhere: it cannot be presented.
  ///
  /// Throws where the passphrase has fewer than 12 characters.
  public func export(passphrase: String) async throws -> Data {
    let now = time.now
    return try await call { try $0.export(passphrase: passphrase, now: now) }
  }
}
