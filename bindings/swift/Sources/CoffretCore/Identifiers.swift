/// A document in the wallet: 32 hexadecimal digits, which say nothing of it.
public struct DocumentId: RawRepresentable, Hashable, Sendable {
  /// The digits.
  public let rawValue: String

  /// The document of these digits, if there is one.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }
}

/// A person whose documents the wallet holds: 32 hexadecimal digits.
public struct PersonId: RawRepresentable, Hashable, Sendable {
  /// The digits.
  public let rawValue: String

  /// The person of these digits, if there is one.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }
}

/// Trust data in the wallet: 32 hexadecimal digits.
public struct TrustId: RawRepresentable, Hashable, Sendable {
  /// The digits.
  public let rawValue: String

  /// The trust data of these digits, if there is any.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }
}

/// A key in a keystore: 32 hexadecimal digits, which say nothing of it.
public struct KeyId: RawRepresentable, Hashable, Sendable {
  /// The digits.
  public let rawValue: String

  /// The key of these digits, if there is one.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }
}
