import Coffret
import Foundation
import Testing

/// The sample of the README, which is `Sample.swift` word for word.
@Suite struct SampleTests {
  @Test func theReadmeShowsWhatIsRun() throws {
    let readme = try String(contentsOf: Place.package.appending(path: "README.md"), encoding: .utf8)
    let source = Place.package.appending(path: "Tests/CoffretTests/Sample.swift")
    let sample = try String(contentsOf: source, encoding: .utf8)
    #expect(readme.contains("```swift\n\(sample)```\n"))
    #expect(sample.split(separator: "\n").count <= 33)
  }

  @Test(arguments: [(true, false), (true, true), (false, false)])
  func itRuns(agrees: Bool, keysFail: Bool) async throws {
    // The sample goes by the system's clocks.
    let world = try await World(at: Date(), issuer: Issuer(at: Date()))
    try await world.add()
    try await world.wallet.close()
    let reader = try world.reader(signs: true)
    let (here, there) = Pipe.ends()
    let (shown, screen) = AsyncStream<String>.makeStream()
    async let read = {
      let engagement = try await shown.first { $0 }
      let reading = try await reader.read(
        .purpose(id: "pharmacy"), .engagement(uri: engagement, over: there))
      return try await reading.ended()
    }()
    let outcome = try await present(
      in: world.folder.file("wallet"), secrets: .platform(secrets: world.secrets), pin: World.pin,
      over: here,
      keys: { wallet in
        ScriptedKeys(
          SoftwareKeyExecutor(wallet),
          { _ in
            if keysFail { throw Unexpected() }
            return nil
          })
      },
      show: { screen.yield($0) }, agrees: { _, _ in agrees })
    #expect(outcome == (agrees ? .shared : .refused))
    switch try await read {
    case .read(.accepted, _): #expect(agrees)
    case .refused: #expect(!agrees)
    default: throw Unexpected()
    }
  }
}
