package ca.coffret

import ca.coffret.ffi.fail
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNotEquals
import kotlin.test.assertTrue

/** Every code, provoked; and what people are told of it. */
class ErrorCodesTest {
    private val provoked = STORE_CODES + WALLET_CODES + SESSION_CODES + FAULTS

    @TestFactory
    fun `each code`(): List<DynamicTest> =
        provoked.map { (code, provoke) ->
            dynamicTest(code) {
                waiting {
                    val error = runCatching { provoke() }.exceptionOrNull()
                    val told =
                        when (error) {
                            is CoffretException -> error.code.name
                            is Told -> error.code
                            null -> "nothing"
                            else -> throw error
                        }
                    assertEquals(code, told)
                }
            }
        }

    @Test
    fun `none is missing`() {
        val known = Catalogue.codes.map { it.name }
        assertEquals(known.size, known.toSet().size)
        assertEquals(emptySet(), known.toSet() - provoked.keys - vectorCodes())
    }

    @Test
    fun `each says in both languages what happened and what to do`() {
        for (code in Catalogue.codes) {
            for (words in listOf(code.happened, code.next)) {
                assertTrue(words.fr.endsWith(".") && words.en.endsWith("."), code.name)
                assertNotEquals(words.fr, words.en, code.name)
            }
            assertTrue(Regex("CW-\\d{3,4}").matches(code.number), code.number)
            assertTrue(code.clause.isNotEmpty(), code.name)
        }
        assertEquals("pin-wrong", Catalogue.code("pin-wrong")?.name)
        assertEquals(null, Catalogue.code("no-such-code"))
    }

    private companion object {
        /** No sound file, disk or layer comes to these: the core fails with what it is told to. */
        val FAULTS: Map<String, suspend () -> Unit> =
            listOf(
                "password-cost",
                "element-not-held",
                "disk-full",
                "write-unconfirmed",
                "erased-file-left",
                "answer-not-sent",
                "wallet-record-form",
                "wallet-record-damaged",
                "log-form",
                "log-chain-broken",
                "log-length",
                "log-signature",
                "log-evidence-mismatch",
            ).associateWith { code -> { core { fail(code) } } }
    }
}
