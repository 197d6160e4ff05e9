import Coffret
import Foundation
import Testing

/// What keystores and people do not do.
@Suite(.timeLimit(.minutes(5))) struct KeyTests {
  private func left(_ world: World) async throws -> UInt64 {
    try await world.wallet.documents().first?.copies.left ?? 0
  }

  @Test func declinedIsAskedAgainAndUsesNothingUp() async throws {
    let world = try await World()
    try await world.add(oneTime: true)
    let keys = ScriptedKeys(world.keys, { tasks in tasks.map { _ in .declined } })
    let meeting = try await Meeting(world, keys: keys)
    try await meeting.session.approve(meeting.consent.required)
    let again = try await meeting.session.asked()
    #expect(again == meeting.consent)
    #expect(try await left(world) == 1)
    try await meeting.session.approve(again.required)
    #expect(try await meeting.session.ended() == .shared)
    #expect(try await left(world) == 0)
    #expect(await keys.asked == 2)
  }

  @Test func aKeystoreThatThrowsHasDeclined() async throws {
    struct Locked: Error {}
    let world = try await World()
    try await world.add(oneTime: true)
    let keys = ScriptedKeys(world.keys, { _ in throw Locked() })
    let meeting = try await Meeting(world, keys: keys)
    await #expect(throws: Locked.self) {
      try await meeting.session.approve(meeting.consent.required)
    }
    let again = try await meeting.session.asked()
    #expect(try await left(world) == 1)
    try await meeting.session.refuse()
    #expect(try await meeting.session.ended() == .refused)
    #expect(again == meeting.consent)
  }

  @Test func aKeyThatIsGoneCostsItsCopy() async throws {
    let world = try await World()
    try await world.add(copies: 2, oneTime: true)
    let keys = ScriptedKeys(world.keys, { tasks in tasks.map { _ in .gone } })
    let meeting = try await Meeting(world, keys: keys)
    try await meeting.session.approve(meeting.consent.required)
    #expect(try await meeting.session.ended() == .shared)
    #expect(try await left(world) == 0)
    #expect(await keys.asked == 2)
  }

  @Test func theLastKeyGoneIsAskedAboutAgain() async throws {
    let world = try await World()
    try await world.add(oneTime: true)
    let keys = ScriptedKeys(world.keys, { tasks in tasks.map { _ in .gone } })
    let meeting = try await Meeting(world, keys: keys)
    try await meeting.session.approve(meeting.consent.required)
    let again = try await meeting.session.asked()
    #expect(again.required.choices.isEmpty)
    try await meeting.session.approve(again.required)
    #expect(try await meeting.session.ended() == .refused)
    guard case .refused = try await meeting.reading.ended() else { throw Unexpected() }
  }

  @Test func whatAKeyCannotDoIsSaidAndAskedAgain() async throws {
    let world = try await World()
    try await world.add()
    let keys = ScriptedKeys(
      world.keys,
      { tasks in tasks.map { _ in .failed } },
      { tasks in tasks.map { _ in .deleted } },
      { _ in [] },
      { tasks in tasks.map { _ in .signedDer(signature: Data([0x30]), curve: .p256) } })
    let meeting = try await Meeting(world, keys: keys)
    var codes: [String] = []
    for _ in 0..<4 {
      let error = try await refusal {
        try await meeting.session.approve(meeting.consent.required)
      }
      codes.append(error.code)
      #expect(try await meeting.session.asked() == meeting.consent)
    }
    #expect(
      codes == [
        "unsupported-algorithm", "key-outcome", "presentation-keys-mismatch", "signature-invalid",
      ])
    try await meeting.session.approve(meeting.consent.required)
    #expect(try await meeting.session.ended() == .shared)
  }

  @Test func aMacConvincesTheReaderAlone() async throws {
    let world = try await World()
    try await world.add()
    let meeting = try await Meeting(world, proof: .mac)
    try await meeting.session.approve(meeting.consent.everything)
    #expect(try await meeting.session.ended() == .shared)
    guard case .read(.accepted(let documents), _) = try await meeting.reading.ended()
    else { throw Unexpected() }
    #expect(documents.first?.judged.deviceAuth == .mac)
  }

  @Test func cancelledWhileTheKeysAreUsedIsAskedAgain() async throws {
    let world = try await World()
    try await world.add(oneTime: true)
    let begun = Moment()
    let keys = ScriptedKeys.stuck(world.keys, begun)
    let meeting = try await Meeting(world, keys: keys)
    let approving = Task { try await meeting.session.approve(meeting.consent.required) }
    await begun.wait()
    approving.cancel()
    await #expect(throws: CancellationError.self) { try await approving.value }
    #expect(try await meeting.session.asked() == meeting.consent)
    #expect(try await left(world) == 1)
  }

  @Test func closedWhileTheKeysAreUsedEndsAndUsesNothingUp() async throws {
    let world = try await World()
    try await world.add(oneTime: true)
    let begun = Moment()
    let keys = ScriptedKeys.stuck(world.keys, begun)
    let meeting = try await Meeting(world, keys: keys)
    let approving = Task { try await meeting.session.approve(meeting.consent.required) }
    await begun.wait()
    meeting.link.close()
    #expect(try await meeting.session.ended() == .unanswered)
    try await approving.value
    #expect(try await left(world) == 1)
    #expect(try await world.wallet.log().first?.outcome == .unanswered)
  }

  @Test func refusedWhileTheKeysAreUsedIsRefused() async throws {
    let world = try await World()
    try await world.add(oneTime: true)
    let begun = Moment()
    let keys = ScriptedKeys.stuck(world.keys, begun)
    let meeting = try await Meeting(world, keys: keys)
    let approving = Task { try await meeting.session.approve(meeting.consent.required) }
    await begun.wait()
    try await meeting.session.refuse()
    try await approving.value
    #expect(try await meeting.session.ended() == .refused)
    guard case .refused = try await meeting.reading.ended() else { throw Unexpected() }
    #expect(try await left(world) == 1)
  }

  @Test func refusedByFramesWhileTheKeysAreUsedIsShown() async throws {
    let world = try await World()
    try await world.add(oneTime: true)
    let (begun, released) = (Moment(), Moment())
    let keys = ScriptedKeys(
      world.keys,
      { _ in
        begun.happens()
        await released.wait()
        return nil
      })
    let reading = try await world.reader(signs: true).read(.purpose(id: "pharmacy"), .code)
    let code = try await reading.states.first { state in
      if case .showing(let frames) = state { frames } else { nil }
    }
    let session = try await world.wallet.present(.reader(try QrLinkTests.scan(code)), keys: keys)
    let consent = try await session.asked()
    let approving = Task { try await session.approve(consent.required) }
    await begun.wait()
    try await session.refuse()
    released.happens()
    try await approving.value
    let frames = try await session.states.first { state in
      if case .answering(let frames) = state { frames } else { nil }
    }
    #expect(try frames.fragments > 0)
    world.time.advance(by: 120)
    #expect(try await session.ended() == .refused)
  }

  @Test func anOldFailureIsNotSaidAgain() async throws {
    let world = try await World()
    try await world.add()
    let keys = ScriptedKeys(world.keys, { _ in throw Unexpected() })
    let meeting = try await Meeting(world, keys: keys)
    await #expect(throws: Unexpected.self) {
      try await meeting.session.approve(meeting.consent.required)
    }
    _ = try await meeting.session.asked()
    try await meeting.session.approve(Approval(choices: []))
    #expect(try await meeting.session.ended() == .refused)
  }

  @Test func theSecondUseOfTheKeysIsWaitedFor() async throws {
    let world = try await World()
    try await world.add(copies: 2, oneTime: true)
    let keys = ScriptedKeys(
      world.keys, { tasks in tasks.map { _ in .gone } }, { _ in throw Unexpected() })
    let meeting = try await Meeting(world, keys: keys)
    await #expect(throws: Unexpected.self) {
      try await meeting.session.approve(meeting.consent.required)
    }
    #expect(await keys.asked == 2)
    _ = try await meeting.session.asked()
    #expect(try await left(world) == 1)
  }

  @Test func whoeverWaitsForTheKeysMayLeave() async throws {
    let world = try await World()
    let (begun, released) = (Moment(), Moment())
    let keys = ScriptedKeys(
      world.keys,
      { _ in
        begun.happens()
        await released.wait()
        return nil
      })
    let first = Task { try await world.wallet.prepareKeys(1, using: keys) }
    await begun.wait()
    let second = Task { try await world.wallet.prepareKeys(2, using: keys) }
    second.cancel()
    await #expect(throws: CancellationError.self) { try await second.value }
    released.happens()
    #expect(try await first.value.count == 1)
    #expect(await keys.asked == 1)
  }

  @Test func lockedWhileTheKeysAreUsedTellsTheReader() async throws {
    let world = try await World()
    try await world.add(oneTime: true)
    let begun = Moment()
    let keys = ScriptedKeys.stuck(world.keys, begun)
    let meeting = try await Meeting(world, keys: keys)
    let approving = Task { try await meeting.session.approve(meeting.consent.required) }
    await begun.wait()
    try await world.wallet.lock()
    #expect(try await meeting.session.ended() == .unanswered)
    try await approving.value
    guard case .unanswered("reading-closed") = try await meeting.reading.ended()
    else { throw Unexpected() }
    try await world.wallet.unlock(pin: World.pin)
    #expect(try await left(world) == 1)
    #expect(try await world.wallet.log().first?.outcome == .unanswered)
  }

  @Test func noKeyMadeIsSaid() async throws {
    let world = try await World()
    let keys = ScriptedKeys(world.keys, { tasks in tasks.map { _ in .declined } }, { _ in [] })
    let declined = try await refusal { try await world.wallet.prepareKeys(2, using: keys) }
    #expect(declined.code == "key-not-made")
    let mismatch = try await refusal { try await world.wallet.prepareKeys(2, using: keys) }
    #expect(mismatch.code == "key-tasks-mismatch" && mismatch.kind == .state)
    #expect(try await world.wallet.prepareKeys(2, using: keys).count == 2)
  }

  @Test func everyCurveIsMade() async throws {
    let world = try await World()
    for curve in [Curve.p256, .p384, .p521, .ed25519, .x25519] {
      let made = try await world.wallet.prepareKeys(1, curve: curve, using: world.keys)
      #expect(made.count == 1)
    }
  }

  @Test func keysOfARemovedDocumentAreDeleted() async throws {
    let world = try await World()
    let document = try await world.add(copies: 3)
    try await world.wallet.remove(document)
    let keys = ScriptedKeys(
      world.keys,
      { tasks in
        for task in tasks {
          guard case .delete = task else { throw Unexpected() }
        }
        return tasks.map { _ in .declined }
      })
    try await world.wallet.deleteAbandonedKeys(using: keys)
    try await world.wallet.deleteAbandonedKeys(using: keys)
    try await world.wallet.deleteAbandonedKeys(using: keys)
    #expect(await keys.asked == 2)
    #expect(try await world.wallet.documents() == [])
  }

  /// How a wallet is left.
  enum Leaving: CaseIterable {
    case lock, close

    /// Leaves the wallet; gives it as it is opened again.
    func leave(_ world: World) async throws -> Wallet {
      switch self {
      case .lock: try await world.wallet.lock()
      case .close: try await world.wallet.close()
      }
      let wallet = self == .lock ? world.wallet : try await world.reopened()
      try await wallet.unlock(pin: World.pin)
      return wallet
    }
  }

  /// How many keys are abandoned. They are none afterwards.
  private func abandoned(_ wallet: Wallet) async throws -> Int {
    let (counted, count) = AsyncStream<Int>.makeStream()
    let keys = ScriptedKeys(
      SoftwareKeyExecutor(wallet),
      { tasks in
        count.yield(tasks.count)
        return tasks.map { _ in .deleted }
      })
    try await wallet.deleteAbandonedKeys(using: keys)
    count.finish()
    return await counted.reduce(0, +)
  }

  @Test(arguments: Leaving.allCases)
  func aWalletThatIsLeftCancelsTheMakingOfKeys(leaving: Leaving) async throws {
    let world = try await World()
    let (begun, left) = (Moment(), Moment())
    let keys = ScriptedKeys(
      world.keys,
      { tasks in
        let made = try await world.keys.perform(tasks)
        begun.happens()
        await left.wait()
        #expect(Task.isCancelled)
        return made
      })
    let preparing = Task { try await world.wallet.prepareKeys(3, using: keys) }
    await begun.wait()
    let wallet = try await leaving.leave(world)
    left.happens()
    await #expect(throws: CancellationError.self) { try await preparing.value }
    #expect(try await abandoned(wallet) == 3)
    #expect(try await abandoned(wallet) == 0)
  }

  @Test(arguments: Leaving.allCases)
  func aWalletThatIsLeftCancelsTheDeletionOfKeys(leaving: Leaving) async throws {
    let world = try await World()
    try await world.wallet.remove(try await world.add(copies: 2))
    let (begun, left) = (Moment(), Moment())
    let keys = ScriptedKeys(
      world.keys,
      { tasks in
        begun.happens()
        await left.wait()
        #expect(Task.isCancelled)
        return tasks.map { _ in .deleted }
      })
    let deleting = Task { try await world.wallet.deleteAbandonedKeys(using: keys) }
    await begun.wait()
    let wallet = try await leaving.leave(world)
    left.happens()
    await #expect(throws: CancellationError.self) { try await deleting.value }
    #expect(try await abandoned(wallet) == 2)
    #expect(try await abandoned(wallet) == 0)
  }

  @Test func aLockEndsTheWaitForTheKeysToo() async throws {
    let world = try await World()
    let (begun, left) = (Moment(), Moment())
    let keys = ScriptedKeys(
      world.keys,
      { tasks in
        begun.happens()
        await left.wait()
        return tasks.map { _ in .declined }
      })
    let first = await world.wallet.begin { try await $0.prepareKeys(1, using: keys) }
    await begun.wait()
    let second = await world.wallet.begin { try await $0.prepareKeys(1, using: keys) }
    try await world.wallet.lock()
    left.happens()
    await #expect(throws: CancellationError.self) { try await first.value }
    await #expect(throws: CancellationError.self) { try await second.value }
    #expect(await keys.asked == 1)
  }

  @Test func keysAreNotMadeOnceTheLockIsAskedFor() async throws {
    let world = try await World()
    let hold = world.secrets.hold()
    let keys = ScriptedKeys(world.keys)
    let preparing = await world.wallet.begin { try await $0.prepareKeys(2, using: keys) }
    await hold.begun.wait()
    let locking = await world.wallet.begin { try await $0.lock() }
    hold.release()
    await #expect(throws: CancellationError.self) { try await preparing.value }
    try await locking.value
    #expect(await keys.asked == 0)
    try await world.wallet.unlock(pin: World.pin)
    #expect(try await abandoned(world.wallet) == 2)
  }

  @Test func keysThatNoCredentialComesForAreGivenUp() async throws {
    let world = try await World()
    let made = try await world.wallet.prepareKeys(3, using: world.keys)
    try await world.wallet.abandonKeys([made[0], made[2]])
    try await world.wallet.abandonKeys([made[0]])
    #expect(try await abandoned(world.wallet) == 2)
    guard
      case .refused(let refusals) = try await world.wallet.add(
        try world.issuer.issue(to: [made[0]]))
    else { throw Unexpected() }
    #expect(refusals.map(\.finding.code) == ["credential-key-foreign"])
    guard case .held = try await world.wallet.add(try world.issuer.issue(to: [made[1]]))
    else { throw Unexpected() }
    let none = try await refusal { try await world.wallet.abandonKeys([Data([1])]) }
    #expect(none.code == "key-malformed" && none.kind == .input)
  }

  @Test func keysThatNobodyWaitedForAreDeleted() async throws {
    let world = try await World()
    let made = Moment()
    let keys = ScriptedKeys(
      world.keys,
      { tasks in
        _ = try await world.keys.perform(tasks)
        made.happens()
        await Moment().wait()
        return nil
      },
      { tasks in
        #expect(tasks.count == 3)
        return nil
      })
    let preparing = Task { try await world.wallet.prepareKeys(3, using: keys) }
    await made.wait()
    preparing.cancel()
    _ = await preparing.result
    try await world.wallet.deleteAbandonedKeys(using: keys)
    try await world.wallet.deleteAbandonedKeys(using: keys)
    #expect(await keys.asked == 2)
  }

  @Test func aReaderWhoseKeyIsGoneAsksNothing() async throws {
    let world = try await World()
    let issuer = world.issuer
    let stranger = KeyId(rawValue: String(repeating: "0", count: 32))
    let certificate = String(decoding: try issuer.pki("reader.pem"), as: UTF8.self)
    let identity = ReaderIdentity(
      key: stranger, certificate: certificate, keys: try SoftwareKeys())
    let reader = try Reader(trust: try issuer.trust(), identity: identity, time: world.time)
    let reading = try await reader.read(.purpose(id: "pharmacy"), .code)
    guard case .unanswered("key-outcome") = try await reading.ended() else { throw Unexpected() }
  }

  @Test func aPublicKeyIsTakenAsItIs() async throws {
    let world = try await World()
    let made = try await world.wallet.prepareKeys(1, using: world.keys)
    let other = try await World()
    let keys = ScriptedKeys(
      other.keys, { tasks in tasks.map { _ in .created(publicKey: made[0]) } })
    #expect(try await other.wallet.prepareKeys(1, using: keys) == made)
  }

  @Test func whatTheCoresOwnKeystoreHasDoneCountsOnce() async throws {
    let world = try await World()
    let key = KeyId(rawValue: String(repeating: "7", count: 32))
    let done = try await SoftwareKeys().perform([.create(key: key, curve: .p256)])
    guard case .software = done.first else { throw Unexpected() }
    let keys = ScriptedKeys(world.keys, { _ in done }, { _ in done })
    #expect(try await world.wallet.prepareKeys(1, using: keys).count == 1)
    let again = try await refusal { try await world.wallet.prepareKeys(1, using: keys) }
    #expect(again.code == "key-outcome-spent")
    #expect(await world.wallet.state == .open)
  }

  @Test func aSignatureThatIsNoneIsNotSent() async throws {
    let world = try await World()
    try await world.add()
    let keys = ScriptedKeys(
      world.keys,
      { tasks in
        tasks.map { task in
          guard case .sign(_, message: let message) = task, !message.isEmpty else { return .failed }
          return .signed(signature: Data(repeating: 1, count: 64))
        }
      })
    let meeting = try await Meeting(world, keys: keys)
    let refused = try await refusal {
      try await meeting.session.approve(meeting.consent.required)
    }
    #expect(refused.code == "key-outcome")
    #expect(try await meeting.session.asked() == meeting.consent)
  }

  @Test func aSecretThatIsNoneIsRed() async throws {
    let world = try await World()
    try await world.add()
    let keys = ScriptedKeys(
      world.keys,
      { tasks in
        tasks.map { task in
          guard case .agree(_, peer: let peer) = task, peer.count == 91 else { return .failed }
          return .agreed(secret: Data(repeating: 1, count: 32), curve: .p256)
        }
      })
    let meeting = try await Meeting(world, keys: keys, proof: .mac)
    try await meeting.session.approve(meeting.consent.required)
    guard case .read(.rejected(let documents, _), _) = try await meeting.reading.ended()
    else { throw Unexpected() }
    #expect(documents.first?.deviceAuth == .mac)
    #expect(documents.first?.deviceAuthChecked == true)
    #expect(documents.first?.errors.isEmpty == false)
  }
}
