package ca.coffret

import ca.coffret.ffi.ErrorCode
import ca.coffret.ffi.Purpose

/** What the library knows without a wallet. */
public object Catalogue {
    /** Every code that a call, a finding or an outcome can have, with what a person is told of it. */
    public val codes: List<ErrorCode> by lazy { ca.coffret.ffi.codes() }

    /** Every purpose that a reader can ask for, in the order offered. */
    public val purposes: List<Purpose> by lazy { ca.coffret.ffi.purposes() }

    private val byName: Map<String, ErrorCode> by lazy { codes.associateBy(ErrorCode::name) }

    /** The code of this name; nothing where there is none. */
    public fun code(name: String): ErrorCode? = byName[name]

    internal fun known(name: String): ErrorCode =
        checkNotNull(code(name)) { "a code that the catalogue does not have" }

    /** The core cannot be asked from inside a call, where an error may need a code. */
    internal fun load() {
        byName.size
    }
}
