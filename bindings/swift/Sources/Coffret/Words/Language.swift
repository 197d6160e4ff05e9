import CoffretCore
import Foundation

/// The languages that everything said to people is in.
public enum Language: String, Sendable, CaseIterable {
  /// The first language.
  case french = "fr"
  /// The second.
  case english = "en"

  /// English where the person prefers it to French, else French.
  public static var preferred: Language {
    let preferred = Locale.preferredLanguages.lazy
    return preferred.compactMap { Language(rawValue: String($0.prefix(2))) }.first ?? .french
  }
}

extension Label {
  /// The words in one language.
  public func text(in language: Language = .preferred) -> String {
    switch language {
    case .french: fr
    case .english: en
    }
  }
}
