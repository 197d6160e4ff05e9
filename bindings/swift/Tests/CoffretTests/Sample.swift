import Coffret
import Foundation

/// Shows what a reader needs of what the wallet holds, once the person agrees.
func present(
  in folder: URL, secrets: Secrets, pin: String, over link: any Link,
  keys: (Wallet) -> any KeyExecutor, show: (String) -> Void,
  agrees: (Consent, _ cautions: [Label]) async -> Bool
) async throws -> HolderOutcome? {
  let wallet = try await Wallet.open(folder: folder, secrets: secrets)
  if await wallet.state == .new {
    try await wallet.create(pin: pin)
  } else {
    try await wallet.unlock(pin: pin)
  }
  var ended: HolderOutcome?
  let session = try await wallet.present(.device(over: link), keys: keys(wallet))
  for await state in session.states {
    switch state {
    case .showing(let engagement): show(engagement)
    case .asking(let consent):
      guard let cautions = try? await session.cautions(consent.required) else { break }
      if await agrees(consent, cautions) {
        try? await session.approve(consent.required)  // else asked again
      } else {
        try? await session.refuse()
      }
    case .usingKeys, .answering: break
    case .ended(let outcome): ended = outcome
    }
  }
  try await wallet.close()
  return ended
}
