import Foundation

/// A folder of a test's own, gone when the tests are over.
struct Folder: Sendable {
  private static let root: URL = {
    atexit { try? FileManager.default.removeItem(at: Folder.root) }
    return FileManager.default.temporaryDirectory.appending(path: "coffret-\(UUID().uuidString)")
  }()

  let url: URL

  init() throws {
    url = Self.root.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func file(_ name: String) -> URL {
    url.appending(path: name)
  }
}

/// Where the package is, and what surrounds it.
enum Place {
  static let package = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let workspace = package.deletingLastPathComponent().deletingLastPathComponent()

  static let program =
    ProcessInfo.processInfo.environment["COFFRET_PROGRAM"].map { URL(filePath: $0) }
    ?? workspace.appending(path: "target/debug/coffret")
}
