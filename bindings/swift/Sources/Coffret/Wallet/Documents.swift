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

  /// Says who the wallet's own holder is.
  public func setHolder(_ person: PersonId) async throws {
    try await call { try $0.setHolder(person: person) }
  }

  /// Says whose a document is, where the wallet has guessed wrong.
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
