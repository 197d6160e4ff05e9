package ca.coffret

/** What a wallet is at the moment. */
public sealed interface WalletState {
    /** There is none in the folder yet: [Wallet.create] makes it. */
    public data object New : WalletState

    /** It waits for its PIN: [Wallet.unlock]. */
    public data object Locked : WalletState

    /** It is open. */
    public data object Open : WalletState

    /** It is closed, and stays so. */
    public data object Closed : WalletState
}
