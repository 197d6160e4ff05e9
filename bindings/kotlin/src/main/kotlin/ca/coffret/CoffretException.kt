package ca.coffret

import ca.coffret.ffi.CoreException
import ca.coffret.ffi.ErrorCode
import ca.coffret.ffi.InternalException

/**
 * Why a call was refused.
 *
 * The message is the name of the code: nothing that anybody typed, stored or was shown travels in it.
 *
 * @property kind what can be done about it.
 * @property code the stable code: its name to compare, its number to quote, its sentences in French
 *   and in English.
 */
public class CoffretException internal constructor(
    public val kind: ErrorKind,
    public val code: ErrorCode,
) : Exception(code.name) {
    internal companion object {
        fun of(error: CoreException): CoffretException {
            val kind =
                when (error) {
                    is CoreException.Pin -> ErrorKind.Pin
                    is CoreException.Storage -> ErrorKind.Storage
                    is CoreException.Input -> ErrorKind.Input
                    is CoreException.State -> ErrorKind.State
                    is CoreException.Internal -> ErrorKind.Internal
                }
            return CoffretException(kind, Catalogue.known(error.message.orEmpty()))
        }

        fun calledFromInside() = named(ErrorKind.State, CALL_FROM_INSIDE)

        fun closed() = named(ErrorKind.State, OBJECT_CLOSED)

        fun fault() = named(ErrorKind.Internal, INTERNAL_FAULT)

        fun unexpected() = named(ErrorKind.State, EVENT_UNEXPECTED)

        private fun named(
            kind: ErrorKind,
            code: String,
        ) = CoffretException(kind, Catalogue.known(code))

        private const val CALL_FROM_INSIDE = "call-from-inside"
        private const val EVENT_UNEXPECTED = "event-unexpected"
        private const val INTERNAL_FAULT = "internal-fault"
        private const val OBJECT_CLOSED = "object-closed"
        private const val WALLET_NOT_OPEN = "wallet-not-open"
    }

    /** Whether what was called is of no use any more, or not until a person acts. */
    internal val isFinal: Boolean
        get() = kind == ErrorKind.Internal || code.name in setOf(OBJECT_CLOSED, WALLET_NOT_OPEN)
}

/** What can be done about a refused call. */
public sealed interface ErrorKind {
    /** The PIN is wrong, must wait, or cannot be chosen: ask for another. */
    public data object Pin : ErrorKind

    /** The wallet's file or its secrets cannot be opened or written as they are. */
    public data object Storage : ErrorKind

    /** What was given is not what it should be, or is not there. */
    public data object Input : ErrorKind

    /** The call does not fit the state that the object is in, which has not changed. */
    public data object State : ErrorKind

    /** A fault of this library: close the object. What was stored before stands. */
    public data object Internal : ErrorKind
}

/** Makes a call to the core; what it refuses is told in this library's terms. */
internal inline fun <T> core(call: () -> T): T =
    try {
        call()
    } catch (error: CoreException) {
        throw CoffretException.of(error)
    } catch (_: InternalException) {
        throw CoffretException.fault()
    } catch (_: IllegalStateException) {
        // The generated code says so of an object that is freed.
        throw CoffretException.closed()
    }
