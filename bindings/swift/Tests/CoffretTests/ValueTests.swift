import Coffret
import Foundation
import Testing

/// What the library's values say, on either side of a presentation.
@Suite struct ValueTests {
  private static let number = ElementName(
    namespace: Specimen.card, identifier: "health_insurance_number")

  private func ask(_ identifiers: String..., keep: Bool = false) -> Ask {
    let elements = identifiers.map {
      AskElement(name: ElementName(namespace: Specimen.card, identifier: $0), keep: keep)
    }
    return .items(documents: [AskDocument(docType: Specimen.card, elements: elements)])
  }

  @Test func aDocumentAndItsCard() async throws {
    let world = try await World()
    let document = try await world.wallet.document(try await world.add())
    let card = document.card
    #expect(try await world.wallet.documents() == [card])
    #expect(card.issuerCountry == "CA" && card.issuerName?.isEmpty == false && !card.specimen)
    #expect(card.issuerState == "CA-QC" && card.issuerAuthority == "Coffret test IACA")
    #expect(card.issuerPlace?.fr == "Québec, Canada")
    #expect(card.validity.signed <= FixedTime.noon && card.validity.from <= FixedTime.noon)
    #expect(card.validity.until > FixedTime.noon)
    #expect(document.warnings == [])
    let number = try #require(document.elements.first { $0.name == Self.number })
    #expect(number.exposure == .onTouch && number.image == nil)
    #expect(number.cbor.suffix(12) == Data("TREM04121925".utf8))
  }

  @Test func aPortraitIsAnImage() async throws {
    let world = try await World()
    let document = try await world.wallet.document(try await world.add(.licence()))
    let portrait = document.elements.first { $0.name.identifier == "portrait" }
    #expect(portrait?.image?.first == 0xff)
    #expect(portrait?.exposure == .open)
  }

  @Test func aDocumentOfTomorrowIsNotValidYet() async throws {
    let world = try await World()
    try await world.add()
    let earlier = FixedTime(at: FixedTime.noon - 86_400)
    try await world.wallet.close()
    let wallet = try await Wallet.open(
      folder: world.folder.file("wallet"), secrets: .platform(secrets: world.secrets),
      bootClock: world.time, time: earlier)
    try await wallet.unlock(pin: World.pin)
    #expect(try await wallet.documents().first?.state == .notYetValid)
  }

  @Test func whatARegisteredReaderAsks() async throws {
    let world = try await World()
    let document = try await world.add()
    let meeting = try await Meeting(world)
    guard
      case .verified(let name, registration: .some(let registration), let warnings) =
        meeting.consent.reader
    else { throw Unexpected() }
    #expect(name?.isEmpty == false && warnings == [])
    #expect(registration.name.fr == "Lecteur d’essai Coffret")
    #expect(registration.purposes.contains("pharmacy"))
    #expect(!registration.kept && registration.privacy == nil)

    let asked = try #require(meeting.consent.documents.first)
    #expect(asked.docType == Specimen.card && asked.purpose?.id == "pharmacy")
    #expect(asked.preselected == document && asked.usedUp == [])
    let candidate = try #require(asked.candidates.first)
    #expect(candidate.document == document && candidate.own)
    #expect(try await world.wallet.people().map(\.id) == [candidate.person])
    #expect(candidate.elements.map(\.asked) == asked.elements.map(\.asked))
    let number = try #require(candidate.elements.first { $0.asked == Self.number })
    #expect(number.answer == Self.number && number.need == .required)
    #expect(number.exposure == .onTouch && !number.kept)
    #expect(number.sent == number.label)
    #expect(candidate.number?.text.isEmpty == false && !"\(candidate)".contains("1925"))
    let held = try await world.wallet.documents().first
    #expect(candidate.validity == held?.validity && candidate.state == held?.state)
    #expect(meeting.consent.title == registration.name)
    #expect(try await meeting.session.cautions(meeting.consent.required) == [])
    #expect(meeting.consent.required.choices.first?.request == 0)

    try await meeting.session.approve(meeting.consent.required)
    guard
      case .read(verdict: .accepted(let documents), answers: let answers) =
        try await meeting.reading.ended(), let shown = documents.first
    else { throw Unexpected() }
    let given = try #require(answers.first { $0.asked == [Self.number] }?.given)
    #expect(given.name == Self.number && given.by == .issuer)
    #expect(given.document == 0 && !given.isNo)
    #expect(answers.allSatisfy { $0.docType == Specimen.card })
    #expect(shown.deviceElements.isEmpty)
    #expect(shown.elements.allSatisfy { $0.saidByDevice == nil })
    #expect(shown.judged.issuerCountry == "CA" && shown.judged.issuerName != nil)
    #expect(shown.judged.issuerState == "CA-QC" && shown.judged.issuerPlace?.en == "Québec, Canada")
    #expect(shown.judged.issuerAuthority == "Coffret test IACA")
    #expect(shown.judged.trusted && shown.judged.deviceAuthChecked)
    #expect(shown.judged.warnings == [] && !shown.judged.specimen)

    let entry = try #require(try await world.wallet.log().first)
    #expect(entry.reader?.name == name && entry.reader?.registered == registration.name)
    let logged = try #require(entry.documents.first)
    #expect(logged.docType == Specimen.card && logged.purpose == "pharmacy")
    #expect(logged.label == asked.label)
    let element = try #require(logged.elements.first { $0.asked == Self.number })
    #expect(element.shown == Self.number.identifier && !element.kept)
    #expect(element.label == number.label && element.sent == number.label)
    #expect(entry.reader?.title == registration.name)
  }

  @Test func whoElseAsks() async throws {
    let world = try await World()
    try await world.add()
    try await world.add(.licence())

    let nobody = try await Meeting(world, ask("sex", keep: true), reader: try world.reader())
    #expect(nobody.consent.reader == .anonymous && nobody.consent.risk == .unknown)
    let sex = try #require(nobody.consent.documents.first?.elements.first)
    #expect(sex.need == .optional && sex.kept)
    #expect(nobody.consent.documents.first?.refusable?.fr.isEmpty == false)
    try await nobody.session.refuse()

    let age = try await Meeting(world, .purpose(id: "age-18"), reader: try world.reader())
    #expect(age.consent.risk == .neutral)
    try await age.session.refuse()

    let stranger = try await Meeting(world, reader: try world.reader(named: "ds"))
    guard case .untrusted(.some, _) = stranger.consent.reader else { throw Unexpected() }
    try await stranger.session.refuse()

    let root = TrustData(kind: .readers, content: try world.issuer.pki("iaca.pem"))
    try await world.wallet.importTrust(root, source: "pki")
    let invalid = try await Meeting(world, reader: try world.reader(named: "ds"))
    guard case .invalid(errors: let errors) = invalid.consent.reader else { throw Unexpected() }
    #expect(!errors.isEmpty && invalid.consent.risk == .invalid)
    #expect(invalid.consent.everything.choices == [])
    try await invalid.session.refuse()

    // Each entry is written before its session ends.
    let standings = try await world.wallet.log().map(\.reader?.standing)
    #expect(standings == [.invalid, .untrusted, .anonymous, .anonymous])
  }

  @Test func whatAPurposeDoesNotNeedIsSaidSo() async throws {
    let world = try await World()
    try await world.add()
    let meeting = try await Meeting(world, ask("health_insurance_number", "issuing_country"))
    let elements = try #require(meeting.consent.documents.first?.elements)
    let country = try #require(elements.first { $0.asked.identifier == "issuing_country" })
    guard case .notNeeded(why: let why) = country.need else { throw Unexpected() }
    #expect(!why.fr.isEmpty && !why.en.isEmpty)
  }

  @Test func aSpecimenIsNeverTakenForTheRealThing() async throws {
    let world = try await World()
    let specimens = TrustData(kind: .specimens, content: try world.issuer.pki("iaca.pem"))
    for trusted in try await world.wallet.trustList() where trusted.kind == .issuers {
      try await world.wallet.removeTrust(trusted.id)
    }
    try await world.wallet.importTrust(specimens, source: "pki")
    try await world.add()
    #expect(try await world.wallet.documents().first?.specimen == true)
    let reader = try Reader(trust: [specimens], time: world.time)
    let meeting = try await Meeting(world, ask("sex"), reader: reader)
    let asked = try #require(meeting.consent.documents.first)
    #expect(asked.preselected == nil && meeting.consent.everything.choices == [])
    let candidate = try #require(asked.candidates.first)
    #expect(candidate.specimen && candidate.state != .expired)
    #expect(try await world.wallet.people().allSatisfy(\.specimen))
    let sex = candidate.elements.compactMap(\.answer)
    let choice = Choice(request: 0, document: candidate.document, elements: sex)
    let chosen = Approval(choices: [choice])
    let cautions = try await meeting.session.cautions(chosen)
    #expect(cautions.contains { $0.fr.contains("SPÉCIMEN") && $0.en.contains("SPECIMEN") })
    try await meeting.session.approve(chosen)
    guard case .read(.specimen(let documents), _) = try await meeting.reading.ended()
    else { throw Unexpected() }
    #expect(documents.first?.judged.specimen == true)
  }

  @Test func aRequestOfTheAppsOwnIsToBeReadAndNeverGreen() async throws {
    let world = try await World()
    try await world.add()
    let meeting = try await Meeting(world, ask("sex"))
    try await meeting.session.approve(meeting.consent.everything)
    guard
      case .read(verdict: .unjudged(let documents), answers: let answers) =
        try await meeting.reading.ended()
    else { throw Unexpected() }
    #expect(documents.first?.elements.map(\.name.identifier) == ["sex"])
    let given = try #require(answers.first?.given)
    #expect(!given.isNo && given.by != .device)
  }

  @Test func anAuthorityIsTrustedForTheTypesThatItIsLimitedTo() async throws {
    let world = try await World()
    try await world.add()
    let root = try world.issuer.pki("iaca.pem")
    for (types, accepted) in [([Specimen.licence], false), ([Specimen.card], true)] {
      let limited = TrustData(kind: .issuers, content: root, docTypes: types)
      let meeting = try await Meeting(
        world, ask("sex"), reader: try Reader(trust: [limited], time: world.time))
      try await meeting.session.approve(meeting.consent.everything)
      guard case .read(let verdict, _) = try await meeting.reading.ended()
      else { throw Unexpected() }
      if case .rejected(let documents, _) = verdict {
        #expect(!accepted && documents.first?.errors.first?.code == "authority-not-for-type")
      } else {
        #expect(accepted)
      }
      for again in [limited, TrustData(kind: .issuers, content: root)] {
        try await world.wallet.importTrust(again, source: "pki")
        let entry = try await world.wallet.trustList().first { $0.kind == .issuers }
        #expect(entry?.docTypes == types)
      }
    }
  }

  @Test func aRevocationListIsHeededByAReaderAndByAWallet() async throws {
    let world = try await World()
    try await world.add()
    let root = TrustData(kind: .issuers, content: try world.issuer.pki("iaca.pem"))
    let list = TrustData(kind: .revocationLists, content: try world.issuer.pki("ds-revoked.crl"))
    let meeting = try await Meeting(
      world, ask("sex"), reader: try Reader(trust: [root, list], time: world.time))
    try await meeting.session.approve(meeting.consent.everything)
    guard case .read(.rejected(let documents, _), _) = try await meeting.reading.ended()
    else { throw Unexpected() }
    #expect(documents.first?.errors.first?.code == "certificate-revoked")

    let id = try #require(try await world.wallet.importTrust(list, source: "list").first)
    let entry = try #require(try await world.wallet.trustList().first { $0.id == id })
    #expect(entry.kind == .revocationLists && entry.names == ["Coffret test IACA"])
    #expect(try #require(entry.until) > world.time.now)
    try await world.wallet.removeTrust(id)
  }

  @Test func aFileOfAnAuthorityAndItsRevocationListBringsBothOrNeither() async throws {
    let world = try await World()
    try await world.add()
    let before = try await world.wallet.trustList()
    let cut = TrustData(kind: .issuers, content: try world.issuer.rootWithList(bytes: 40))
    let refused = [
      try await refusal { try Reader(trust: [cut], time: world.time) },
      try await refusal { try await world.wallet.importTrust(cut, source: "cut") },
    ]
    #expect(refused.map(\.code) == ["crl-malformed", "crl-malformed"])
    #expect(try await world.wallet.trustList() == before)

    let both = TrustData(kind: .issuers, content: try world.issuer.rootWithList())
    let meeting = try await Meeting(
      world, ask("sex"), reader: try Reader(trust: [both], time: world.time))
    try await meeting.session.approve(meeting.consent.everything)
    guard case .read(.rejected(let documents, _), _) = try await meeting.reading.ended()
    else { throw Unexpected() }
    #expect(documents.first?.errors.first?.code == "certificate-revoked")

    let ids = try await world.wallet.importTrust(both, source: "both")
    let brought = try await world.wallet.trustList().filter { $0.source == "both" }
    #expect(brought.map(\.kind) == [.issuers, .revocationLists])
    #expect(brought.map(\.id) == ids)
  }

  /// As it does where the issuer keeps a list of documents: a reader says what was not found out.
  @Test func whatIsLeftOpenOfAValidDocumentIsSaid() async throws {
    let world = try await World()
    try await world.add()
    let root = TrustData(kind: .issuers, content: try world.issuer.pki("iaca.pem"))
    let list = TrustData(kind: .revocationLists, content: try world.issuer.listOfNamesake())
    let meeting = try await Meeting(
      world, ask("sex"), reader: try Reader(trust: [root, list], time: world.time))
    try await meeting.session.approve(meeting.consent.everything)
    guard case .read(.unjudged(let documents), _) = try await meeting.reading.ended()
    else { throw Unexpected() }
    let warnings = try #require(documents.first).judged.warnings
    #expect(warnings.contains { $0.code == "revocation-unknown" })

    try await world.wallet.importTrust(list, source: "list")
    let id = try #require(try await world.wallet.documents().first).id
    let held = try await world.wallet.document(id)
    #expect(held.errors == [] && held.warnings.contains { $0.code == "revocation-unknown" })
  }

  @Test func aSignersCertificateIsNoRoot() async throws {
    let world = try await World()
    try await world.add()
    let signer = TrustData(kind: .issuers, content: try world.issuer.pki("ds.pem"))
    let reader = try Reader(trust: [signer], time: world.time)
    let meeting = try await Meeting(world, ask("sex"), reader: reader)
    try await meeting.session.approve(meeting.consent.everything)
    guard case .read(.rejected(let documents, _), _) = try await meeting.reading.ended(),
      let judged = documents.first
    else { throw Unexpected() }
    #expect(!judged.trusted && judged.errors.map(\.code) == ["untrusted-issuer"])
  }

  @Test func aDocumentThatNobodyTrustsShowsNothing() async throws {
    let world = try await World()
    try await world.add()
    let reader = try Reader(trust: [], time: world.time)
    let meeting = try await Meeting(world, ask("sex"), reader: reader)
    try await meeting.session.approve(meeting.consent.everything)
    guard case .read(.rejected(let documents, _), _) = try await meeting.reading.ended(),
      let judged = documents.first
    else { throw Unexpected() }
    #expect(!judged.trusted && judged.label.fr.isEmpty == false)
    #expect(judged.errors.map(\.code) == ["untrusted-issuer"])
  }

  @Test func copiesComeToTheirEnd() async throws {
    let world = try await World()
    let once = try await world.add(oneTime: true)
    let first = try await Meeting(world)
    try await first.session.approve(first.consent.required)
    #expect(try await first.session.ended() == .shared)
    #expect(try await world.wallet.notices() == [.noCopies(document: once)])
    let second = try await Meeting(world)
    #expect(second.consent.documents.first?.usedUp == [once])
    #expect(second.consent.documents.first?.unoffered == 0)
    #expect(second.consent.documents.first?.candidates == [])
    await second.session.giveUp()

    let often = try await World()
    let reusable = try await often.add()
    for _ in 0..<2 {
      let meeting = try await Meeting(often)
      try await meeting.session.approve(meeting.consent.required)
      #expect(try await meeting.session.ended() == .shared)
    }
    #expect(try await often.wallet.notices() == [.reused(document: reusable, uses: 2)])
  }

  @Test func oldTrustDataAreSaidToBe() async throws {
    let world = try await World()
    world.time.advance(by: 3_653 * 86_400)
    let trusted = try await world.wallet.trustList()
    let old = try await world.wallet.notices().compactMap { notice in
      if case .trustOld(trust: let trust) = notice { trust } else { nil }
    }
    #expect(!old.isEmpty && Set(old).isSubset(of: trusted.map(\.id)))
  }

  @Test func whatHoldsValuesShowsNone() async throws {
    let world = try await World()
    let document = try await world.wallet.document(try await world.add())
    let meeting = try await Meeting(world)
    try await meeting.session.approve(meeting.consent.required)
    let outcome = try await meeting.reading.ended()
    guard case .read(let verdict, _) = outcome, case .accepted(let shown) = verdict
    else { throw Unexpected() }
    let people = try await world.wallet.people()
    let key = KeyId(rawValue: "TREM")
    let opaque: [Any] = [
      document, document.elements[0], people[0], verdict, shown[0], outcome,
      KeyTask.sign(key: key, message: Data("TREM".utf8)),
      KeyOutcome.agreed(secret: Data("TREM".utf8), curve: .p256), Secrets.keyFile(path: "TREM"),
      NumberEnd(text: "TREM"),
    ]
    for value in opaque {
      #expect(Mirror(reflecting: value).children.isEmpty)
      let name = "\(type(of: value))([…])"
      #expect("\(value)" == name && String(reflecting: value) == name)
      #expect(dumped(value) == "- \(name)\n")
    }
    let around: [Any] = [document.elements, people, shown, ReadingState.ended(outcome)]
    for value in around {
      for text in ["\(value)", String(reflecting: value), dumped(value)] {
        #expect(!text.contains("TREM") && !text.contains("Émilie"), "\(type(of: value))")
      }
    }
  }

  private func dumped(_ value: Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text
  }

  @Test func nothingPersonalIsInAnError() async throws {
    let world = try await World()
    let error = try await refusal {
      try await world.wallet.importTrust(
        TrustData(kind: .issuers, content: Data("TREM04121925".utf8)), source: "TREM04121925")
    }
    #expect(!"\(error)\(error.localizedDescription)".contains("TREM"))
    #expect(error.kind == .input)
  }
}
