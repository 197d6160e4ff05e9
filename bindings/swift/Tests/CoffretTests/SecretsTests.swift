import Coffret
import CoffretCore
import Foundation
import Testing

/// A platform that does not give its secrets, or calls the wallet from where it must not.
@Suite struct SecretsTests {
  struct Personal: LocalizedError {
    var errorDescription: String? { "TREM04121925" }
  }

  @Test(arguments: [SecretsError.Unavailable, Personal()] as [any Error])
  func whatItThrowsIsOneCodeAndNoText(thrown: any Error) async throws {
    let world = try await World()
    world.secrets.fail(with: thrown)
    let refused = try await refusal { try await world.wallet.addPerson(named: "Louis") }
    // The file is written before the secrets.
    #expect(refused.code == "saved-secrets-behind" && refused.kind == .storage)
    #expect(!"\(refused)".contains("TREM"))
    world.secrets.fail(with: nil)
    #expect(try await world.wallet.people().map(\.name) == ["Louis"])

    try await world.wallet.close()
    world.secrets.fail(with: thrown)
    let unopened = try await refusal { try await world.reopened() }
    #expect(unopened.code == "secrets-unavailable")
    world.secrets.fail(with: nil)
    let again = try await world.reopened()
    try await again.unlock(pin: World.pin)
    #expect(try await again.people().map(\.name) == ["Louis"])
  }

  @Test func aCallFromInsideIsAnErrorAndNoDeadlock() throws {
    let folder = try Folder()
    let secrets = MemorySecrets()
    let wallet = try CoffretCore.Wallet.open(
      folder: folder.file("wallet").path, secrets: .platform(secrets: secrets))
    try wallet.create(pin: World.pin)
    let said = Said()
    secrets.interrupt {
      do {
        _ = try wallet.people()
      } catch {
        said.error = error as? CoffretCore.CoffretError
      }
    }
    _ = try wallet.addPerson(name: "Louis")
    #expect(said.error == .State(message: "call-from-inside"))
    #expect(try wallet.people().map(\.name) == ["Louis"])
  }

  private final class Said: @unchecked Sendable {
    var error: CoffretCore.CoffretError?
  }
}
