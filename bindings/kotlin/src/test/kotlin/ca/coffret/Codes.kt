package ca.coffret

import kotlin.test.assertEquals
import kotlin.test.assertFailsWith

/** It is refused with this code, whose sentences people can read, and with nothing else. */
inline fun assertCode(
    code: String,
    call: () -> Unit,
): CoffretException {
    val error = assertFailsWith<CoffretException> { call() }
    assertEquals(code, error.code.name)
    assertEquals(code, error.message)
    return error
}
