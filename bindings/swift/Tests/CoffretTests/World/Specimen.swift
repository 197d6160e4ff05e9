import Foundation

/// What a document says before it is issued.
struct Specimen {
  static let card = "ca.qc.gouv.ramq.cam.1"
  static let licence = "org.iso.18013.5.1.mDL"

  let docType: String
  let data: Data

  /// A health insurance card.
  static func card(of givenName: String = "Émilie") -> Specimen {
    let data = """
      {"\(card)": {
        "health_insurance_number": "TREM04121925",
        "family_name_birth": "Tremblay",
        "given_name": "\(givenName)",
        "birth_date": "2004-12-19",
        "sex": 2,
        "expiry_date": "2030-12-31",
        "issuing_authority": "RAMQ",
        "issuing_country": "CA",
        "issuing_jurisdiction": "CA-QC"
      }}
      """
    return Specimen(docType: card, data: Data(data.utf8))
  }

  /// A driver's licence, with a portrait.
  static func licence(isAdult: Bool = true) throws -> Specimen {
    let url = Place.workspace.appending(path: "interop/src/specimen.json")
    var data = try String(contentsOf: url, encoding: .utf8)
    if !isAdult {
      data = data.replacing("\"age_over_18\": true", with: "\"age_over_18\": false")
        .replacing("1990-02-28", with: "2010-02-28")
    }
    return Specimen(docType: licence, data: Data(data.utf8))
  }
}
