import Coffret
import Foundation

/// What brings about each code of presentations and readings.
let sessionCodes: [String: Provocation] = [
  "approval-not-offered": {
    let world = try await World()
    let document = try await world.add()
    let meeting = try await Meeting(world)
    try await meeting.session.approve(sex(of: document))
  },
  // Its certificate is for signing documents.
  "reader-invalid": {
    let world = try await World()
    let document = try await world.add()
    let root = TrustData(kind: .readers, content: try world.issuer.pki("iaca.pem"))
    try await world.wallet.importTrust(root, source: "pki")
    let reader = try world.reader(named: "ds")
    let meeting = try await Meeting(world, reader: reader)
    try await meeting.session.approve(sex(of: document))
  },
  "event-unexpected": {
    let world = try await World()
    let session = try await world.wallet.present(
      .device(over: Pipe.ends().0), keys: world.keys)
    try await session.approve(Approval(choices: []))
  },
  "presentation-keys-mismatch": {
    let world = try await World()
    try await world.add()
    let meeting = try await Meeting(world, keys: ScriptedKeys(world.keys, { _ in [] }))
    try await meeting.session.approve(meeting.consent.required)
  },
  "document-no-copy-left": {
    let world = try await World()
    try await world.add(oneTime: true)
    let (one, other) = (try await Meeting(world), try await Meeting(world))
    try await one.session.approve(one.consent.required)
    // Asked again first, for what is left.
    for _ in 0..<2 { try await other.session.approve(other.consent.required) }
  },
  "mac-not-possible": {
    let world = try await World()
    let keys = try await world.wallet.prepareKeys(1, curve: .p384, using: world.keys)
    _ = try await world.wallet.add(try world.issuer.issue(to: keys))
    let meeting = try await Meeting(world, proof: .mac)
    try await meeting.session.approve(meeting.consent.required)
  },
  "key-outcome": {
    let world = try await World()
    try await world.add()
    let keys = ScriptedKeys(world.keys, { tasks in tasks.map { _ in .deleted } })
    let meeting = try await Meeting(world, keys: keys)
    try await meeting.session.approve(meeting.consent.required)
  },
  "too-many-ages": {
    let ages = ["age_over_16", "age_over_18", "age_over_65"].map {
      AskElement(
        name: ElementName(namespace: "org.iso.18013.5.1", identifier: $0), keep: false)
    }
    let ask = Ask.items(documents: [AskDocument(docType: Specimen.licence, elements: ages)])
    _ = try await World().reader().read(ask, .code)
  },
  "purpose-unknown": {
    _ = try await World().reader().read(.purpose(id: "curiosity"), .code)
  },
  "not-of-age": {
    let world = try await World()
    try await world.add(try .licence(isAdult: false))
    let meeting = try await Meeting(world, .purpose(id: "age-18"))
    try await meeting.session.approve(meeting.consent.required)
    throw Told(code: try await meeting.reading.rejected())
  },
  "need-missing": {
    let world = try await World()
    try await world.add()
    let meeting = try await Meeting(world)
    guard let choice = meeting.consent.required.choices.first else { throw Unexpected() }
    let part = Choice(
      request: choice.request, document: choice.document, elements: [choice.elements[0]])
    try await meeting.session.approve(Approval(choices: [part]))
    throw Told(code: try await meeting.reading.rejected())
  },
  "reading-out-of-turn": {
    try await Meeting(World()).reading.scanned("UR:X-MDOC-0/1-1/AAAA")
  },
  "reading-closed": {
    let meeting = try await Meeting(World())
    await meeting.session.giveUp()
    throw Told(code: try await meeting.reading.unanswered())
  },
  "reading-given-up": {
    let meeting = try await Meeting(World())
    await meeting.reading.giveUp()
    throw Told(code: try await meeting.reading.unanswered())
  },
]

/// An element that nobody asked for.
private func sex(of document: DocumentId) -> Approval {
  let sex = ElementName(namespace: Specimen.card, identifier: "sex")
  return Approval(choices: [Choice(request: 0, document: document, elements: [sex])])
}

extension ReadingSession {
  fileprivate func rejected() async throws -> String {
    guard case .read(.rejected(_, let errors), _) = try await ended(), let error = errors.first
    else { throw Unexpected() }
    return error.code
  }

  fileprivate func unanswered() async throws -> String {
    guard case .unanswered(let code) = try await ended() else { throw Unexpected() }
    return code
  }
}
