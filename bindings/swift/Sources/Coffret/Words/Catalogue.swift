import CoffretCore

/// What the library knows by heart.
public enum Catalogue {
  /// Every code that an error, a finding or an outcome can have, in the order of their numbers.
  public static let codes: [ErrorCode] = (try? CoffretCore.codes()) ?? []

  /// Every purpose that a reader can ask by, in the order offered.
  public static let purposes: [Purpose] = (try? CoffretCore.purposes()) ?? []

  /// A code by its name, such as `pin-wrong`.
  public static func code(named name: String) -> ErrorCode? {
    byName[name]
  }

  private static let byName = Dictionary(
    codes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
