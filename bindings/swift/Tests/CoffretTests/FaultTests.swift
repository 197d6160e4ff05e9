import CoffretCore
import Foundation
import Testing

@testable import Coffret

/// A panic in the core is one code, and what was stored stands.
@Suite struct FaultTests {
  @Test func aFaultClosesTheWalletAndHarmsNothing() async throws {
    let world = try await World()
    _ = try await world.wallet.addPerson(named: "Louis")
    let fault = try await refusal { try await world.wallet.call { try $0.panic() } }
    #expect(fault.kind == .fault && fault.code == "internal-fault")
    #expect(await world.wallet.state == .closed)
    let closed = try await refusal { try await world.wallet.people() }
    #expect(closed.code == "object-closed")

    let again = try await world.reopened()
    try await again.unlock(pin: World.pin)
    #expect(try await again.people().map(\.name) == ["Louis"])
  }

  @Test func aWalletThatIsClosedBehindItsBackSaysSo() async throws {
    let world = try await World()
    let meeting = try await Meeting(world)
    var states = await world.wallet.states.makeAsyncIterator()
    #expect(await states.next() == .open)
    let core = await world.wallet.core
    #expect(throws: CoffretCore.CoffretError.Internal(message: "internal-fault")) {
      try core.panic()
    }
    _ = try await refusal { try await meeting.session.refuse() }
    #expect(await states.next() == .closed)
    #expect(await states.next() == nil)
  }

  @Test func whatIsOpenIsNotErased() async throws {
    let world = try await World()
    let (folder, secrets) = (world.folder.file("wallet"), world.secrets)
    #expect(throws: CoffretCore.CoffretError.Storage(message: "wallet-in-use")) {
      try CoffretCore.eraseWallet(folder: folder.path, secrets: .platform(secrets: secrets))
    }
    #expect(try await world.wallet.documents() == [])
  }

  @Test func aFaultEndsThePresentation() async throws {
    let world = try await World()
    let meeting = try await Meeting(world)
    _ = try await refusal { try await world.wallet.call { try $0.panic() } }
    let closed = try await refusal { try await meeting.session.refuse() }
    #expect(closed.code == "object-closed")
    #expect(try await meeting.session.ended() == .failed(code: "object-closed"))
  }
}
