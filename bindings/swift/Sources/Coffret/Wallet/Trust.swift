import CoffretCore
import Foundation

extension Wallet {
  /// Trusts what it is told, and gives the id of each thing that it brings: of a file, the certificates,
  /// then the revocation lists where there are any. `source` says where it comes from.
  ///
  /// Throws what is wrong with trust data of which nothing can be used, or with a revocation list;
  /// then none of the file is taken.
  @discardableResult
  public func importTrust(_ data: TrustData, source: String) async throws -> [TrustId] {
    let now = time.now
    return try await call { try $0.importTrust(data: data, source: source, now: now) }
  }

  /// What the wallet trusts, and since when.
  public func trustList() async throws -> [TrustEntry] {
    try await call { try $0.trustList() }
  }

  /// Trusts it no longer. Documents that rest on it stay.
  public func removeTrust(_ trust: TrustId) async throws {
    try await call { try $0.removeTrust(trust: trust) }
  }
}
