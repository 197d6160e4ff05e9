import Coffret
import Foundation
import Testing

/// The wallet itself: its states, its PIN, its people, what it trusts, its log.
@Suite struct WalletTests {
  @Test func itsStatesAreTold() async throws {
    let world = try await World()
    var states = await world.wallet.states.makeAsyncIterator()
    #expect(await states.next() == .open)
    try await world.wallet.lock()
    #expect(await states.next() == .locked)
    try await world.wallet.unlock(pin: World.pin)
    #expect(await states.next() == .open)
    try await world.wallet.close()
    #expect(await states.next() == .closed)
    #expect(await states.next() == nil)
    var late = await world.wallet.states.makeAsyncIterator()
    #expect(await late.next() == .closed)
    #expect(await late.next() == nil)
  }

  @Test func itsStatesEndWithIt() async throws {
    var world: World? = try await World()
    let states = try #require(await world?.wallet.states)
    world = nil
    #expect(await states.reduce(into: []) { $0.append($1) } == [.open])
  }

  @Test func aWrongPinIsCountedAndWaits() async throws {
    let world = try await World()
    let wallet = world.wallet
    let another = try await refusal { try await wallet.confirmPin("161803") }
    #expect(another.code == "pin-wrong")
    try await wallet.confirmPin(World.pin)
    try await wallet.changePin(from: World.pin, to: "161803")
    try await wallet.lock()
    let fresh = try await wallet.attempts()
    #expect(fresh.wait == 0)
    var left = fresh.left
    while try await wallet.attempts().wait == 0 {
      let wrong = try await refusal { try await wallet.unlock(pin: World.pin) }
      #expect(wrong.code == "pin-wrong")
      left -= 1
      #expect(try await wallet.attempts().left == left)
    }
    let early = try await refusal { try await wallet.unlock(pin: "161803") }
    #expect(early.code == "pin-wait")
    world.time.advance(by: try await wallet.attempts().wait)
    try await wallet.unlock(pin: "161803")
    #expect(await wallet.state == .open)
    #expect(try await wallet.attempts().left == 16)
  }

  @Test func itSaysWhenItIsToBeLocked() async throws {
    let world = try await World()
    try await world.wallet.setAutoLock(.seconds(60))
    #expect(try await world.wallet.autoLock() == .seconds(60))
    let lastUse = world.time.bootTime
    #expect(try await !world.wallet.isAutoLockDue(lastUse: lastUse))
    world.time.advance(by: 60)
    #expect(try await world.wallet.isAutoLockDue(lastUse: lastUse))
    let never = try await refusal { try await world.wallet.setAutoLock(.seconds(-1)) }
    #expect(never.code == "auto-lock-delay")
  }

  @Test func peopleAndTheirDocuments() async throws {
    let world = try await World()
    let wallet = world.wallet
    let document = try await world.add()
    let émilie = try #require(try await wallet.people().first)
    #expect(try await wallet.documents().first?.person == émilie.id)
    try await wallet.renamePerson(émilie.id, to: "Mimi")
    #expect(try await wallet.people().first?.name == "Mimi")
    let louis = try await wallet.addPerson(named: "Louis")
    try await wallet.assign(document, to: louis)
    #expect(try await wallet.documents().first?.person == louis)
    try await wallet.setHolder(louis)
    #expect(try await wallet.people().first?.id == louis)
    #expect(try await wallet.people().first?.own == true)
    try await wallet.mergePeople(émilie.id, into: louis)
    let people = try await wallet.people()
    #expect(people.map(\.id) == [louis] && people.map(\.documents) == [1])
    #expect(people.allSatisfy { !$0.specimen })
    let gone = try await wallet.addPerson(named: "Rose")
    try await wallet.deletePerson(gone)
    #expect(try await wallet.people().count == 1)
    let nameless = try await refusal { try await wallet.renamePerson(louis, to: "") }
    #expect(nameless.code == "person-name")
  }

  @Test func whatIsTrustedIsListed() async throws {
    let world = try await World()
    let trusted = try await world.wallet.trustList()
    #expect(trusted.map(\.kind) == [.issuers, .registrars, .registry])
    let issuers = try #require(trusted.first)
    #expect(issuers.source == "pki" && issuers.anchors == 1 && issuers.unusable == [])
    #expect(issuers.added == FixedTime.noon && !issuers.names.isEmpty)
    #expect(issuers.until.map { $0 > FixedTime.noon } == true)
    try await world.wallet.removeTrust(issuers.id)
    #expect(try await world.wallet.trustList().count == 2)
    let gone = try await refusal { try await world.wallet.removeTrust(issuers.id) }
    #expect(gone.code == "trust-data-unknown")
  }

  @Test func documentsComeToTheirEnd() async throws {
    let world = try await World()
    let document = try await world.add(days: 40)
    #expect(try await world.wallet.documents().first?.state == .expiring(days: 40))
    #expect(
      try await world.wallet.notices() == [
        .expiring(document: document, within: .sixtyDays, days: 40)
      ])
    world.time.advance(by: 20 * 86_400)
    guard case .expiring(document, .thirtyDays, 20) = try await world.wallet.notices().first
    else { throw Unexpected() }
    world.time.advance(by: 15 * 86_400)
    guard case .expiring(document, .sevenDays, 5) = try await world.wallet.notices().first
    else { throw Unexpected() }
    world.time.advance(by: 10 * 86_400)
    #expect(try await world.wallet.documents().first?.state == .expired)
    #expect(try await world.wallet.notices().contains(.expired(document: document)))
  }

  @Test func whatIsRefusedIsRefusedWithEveryReason() async throws {
    let world = try await World()
    let keys = try await world.wallet.prepareKeys(1, using: world.keys)
    let card = try world.issuer.issue(to: keys)
    let issuers = try #require(try await world.wallet.trustList().first { $0.kind == .issuers })
    try await world.wallet.removeTrust(issuers.id)
    guard case .refused(refusals: let refusals) = try await world.wallet.add(card)
    else { throw Unexpected() }
    #expect(refusals.map(\.credential) == [0])
    #expect(refusals.map(\.finding.code) == ["untrusted-issuer"])
    #expect(refusals.first?.finding.element == nil)
  }

  @Test func theLogIsDeletedAndStillChecked() async throws {
    let world = try await World()
    try await world.add()
    for _ in 0..<2 {
      let meeting = try await Meeting(world)
      try await meeting.session.approve(meeting.consent.required)
      #expect(try await meeting.session.ended() == .shared)
    }
    let entries = try await world.wallet.log()
    #expect(entries.map(\.number) == [1, 0])
    #expect(entries.map(\.time) == [FixedTime.noon, FixedTime.noon])
    let page = LogSearch(since: FixedTime.noon, reader: nil, before: 1, limit: 1)
    #expect(try await world.wallet.searchLog(page).map(\.number) == [0])
    #expect(try await world.wallet.searchLog(LogSearch(reader: "nobody")).isEmpty)
    try await world.wallet.deleteLog([0])
    #expect(try await world.wallet.log().map(\.number) == [1])
    #expect(try await world.wallet.verifyLog() == LogChecked(entries: 1, deleted: 1, unreadable: 0))
    let none = try await refusal { try await world.wallet.deleteLog([7]) }
    #expect(none.code == "log-entry-unknown")
  }

  @Test func itKeepsOthersOutUntilItIsClosed() async throws {
    let world = try await World()
    let inUse = try await refusal { try await world.reopened() }
    #expect(inUse.code == "wallet-in-use" && inUse.kind == .storage)
    try await world.wallet.close()
    let again = try await world.reopened()
    #expect(await again.state == .locked)
    try await again.unlock(pin: World.pin)
    #expect(await again.state == .open)
  }

  @Test func aKeyFileIsEnoughForADesktop() async throws {
    let folder = try Folder()
    let secrets = Secrets.keyFile(path: folder.file("secrets").path)
    let wallet = try await Wallet.open(folder: folder.file("wallet"), secrets: secrets)
    #expect(await wallet.state == .new)
    try await wallet.create(pin: World.pin)
    try await wallet.lock()
    #expect(try await wallet.attempts().wait == 0)
    try await wallet.unlock(pin: World.pin)
    try await wallet.erase()
  }

  @Test func aWalletWhosePinIsForgottenIsErased() async throws {
    let world = try await World()
    try await world.wallet.lock()
    while try await world.wallet.attempts().left > 0 {
      _ = try await refusal { try await world.wallet.unlock(pin: "111222") }
      world.time.advance(by: 100_000)
    }
    let over = try await refusal { try await world.wallet.unlock(pin: World.pin) }
    #expect(over.code == "pin-tries-exhausted")
    try await world.wallet.close()
    try await Wallet.erase(
      folder: world.folder.file("wallet"), secrets: .platform(secrets: world.secrets))
    #expect(try await world.reopened().state == .new)
  }

  @Test func aSlotWithoutAFileAndAFileWithoutItsSlotHaveAWayOut() async throws {
    let world = try await World()
    try await world.wallet.close()
    let (folder, secrets) = (world.folder.file("wallet"), Secrets.platform(secrets: world.secrets))
    let slot = try #require(try world.secrets.load())
    try world.secrets.delete()
    #expect(try await refusal { try await world.reopened() }.code == "secrets-missing")
    try await Wallet.restoreLostSecrets(folder: folder, secrets: secrets, copy: slot)
    try await world.reopened().close()

    try FileManager.default.removeItem(at: folder.appendingPathComponent("store"))
    #expect(try await refusal { try await world.reopened() }.code == "wallet-file-missing")
    try await Wallet.eraseLostSecrets(folder: folder, secrets: secrets)
    #expect(try await world.reopened().state == .new)
  }

  @Test func aRecordThatIsDamagedDisablesItselfOnly() async throws {
    let world = try await World()
    let card = try await world.add()
    // What replaces something empties SQLite's log into the file.
    for seconds in [60, 90] {
      try await world.wallet.setAutoLock(.seconds(seconds))
    }
    try await world.wallet.close()
    try world.damageDocument()

    let wallet = try await world.reopened()
    try await wallet.unlock(pin: World.pin)
    #expect(try await wallet.documents() == [])
    let unreadable = try await wallet.unreadable()
    let found = try #require(unreadable.first)
    #expect(unreadable.count == 1 && found.kind == .document)
    #expect(found.document == card && found.code == "wallet-record-damaged")
    let others: [RecordKind] = [.settings, .people, .trust, .logEntry, .logHead]
    let rest: [RecordKind] = [.copy, .key, .logKey]
    #expect(!(others + rest).contains(found.kind))
    #expect(try await wallet.trustList().count == 3)
    try await wallet.remove(card)
    #expect(try await wallet.unreadable() == [])
  }

  @Test func theSystemsClocksRun() async throws {
    let (boot, time) = (SystemBootClock(), SystemTime())
    #expect(boot.bootTime.boot == boot.bootTime.boot && !boot.bootTime.boot.isEmpty)
    #expect(boot.bootTime.seconds > 0)
    #expect(try #require(boot.bootTime.wall) > 1_700_000_000)
    try await time.sleep(until: time.now - 1)
    #expect(time.now > FixedTime.noon - 86_400 * 365)
  }
}

extension World {
  /// Changes a byte of what the record of a document says, which the seal of its row does not cover.
  ///
  /// SQLite writes the types of a row's seven columns before their values. The second is the kind
  /// of the record, 3 for a document, and the last what it says.
  fileprivate func damageDocument() throws {
    let database = folder.file("wallet/store")
    var file = [UInt8](try Data(contentsOf: database))
    let types: [UInt8] = [0, 1, 44, 1, 44, 68]
    for row in 0..<file.count - 72
    where file[row + 8] == 3 && file[row..<row + 6].elementsEqual(types) {
      file[row + 70] ^= 1
    }
    try Data(file).write(to: database)
  }
}
