/// What holds what is nobody's business, and shows none of it: neither printed, nor dumped, nor to
/// whoever looks at its mirror.
public protocol Opaque: CustomReflectable, CustomDebugStringConvertible {}

extension Opaque {
  /// Its name.
  public var debugDescription: String {
    "\(Self.self)([…])"
  }

  /// Without children.
  public var customMirror: Mirror {
    Mirror(self, children: [:])
  }
}

extension Document: Opaque {}
extension Element: Opaque {}
extension KeyOutcome: Opaque {}
extension KeyTask: Opaque {}
extension NumberEnd: Opaque {}
extension Person: Opaque {}
extension ReaderOutcome: Opaque {}
extension Secrets: Opaque {}
extension Verdict: Opaque {}
extension VerifiedDocument: Opaque {}
