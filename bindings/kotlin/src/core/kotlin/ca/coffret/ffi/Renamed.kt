package ca.coffret.ffi

// UniFFI 0.32 passes over its own `rename` in what constructors give and throw.
internal typealias CoffretException = CoreException

internal typealias Wallet = CoreWallet

internal typealias FfiConverterTypeWallet = FfiConverterTypeCoreWallet
