package ca.coffret

import ca.coffret.ffi.Approval
import ca.coffret.ffi.Ask
import ca.coffret.ffi.Consent
import ca.coffret.ffi.HolderOutcome
import ca.coffret.ffi.ReaderOutcome
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.last
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.yield
import kotlin.io.path.readText
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertIs
import kotlin.test.assertTrue

/** The sample of the README is the code that runs here. */
class SampleTest {
    @Test
    fun `it is the README's`() {
        val readme = repository("bindings/kotlin/README.md").readText()
        val sample = repository("bindings/kotlin/src/test/kotlin/ca/coffret/Sample.kt").readText()
        val code = sample.substringAfter("package ca.coffret\n\n").trim()
        assertTrue("```kotlin\n$code\n```" in readme)
    }

    @Test
    fun `it holds and shows`() =
        waiting {
            val reading = anonymousReader().read(Ask.Purpose("care"), Start.Code)
            val code = CompletableDeferred<Frames>()
            val read =
                async {
                    reading.states
                        .onEach { if (it is ReadingState.Showing) code.complete(it.frames) }
                        .last()
                }
            val said = mutableListOf<String>()
            var ended: HolderOutcome? = null
            val app =
                object : App {
                    override val folder = temporary("sample")
                    override val keyFile = temporary("sample-keys").resolve("key")
                    override val pin = PIN
                    override val clock = TestClock()
                    override val root = Issuer.bytes("iaca.pem")
                    override val camera: Flow<String> =
                        flow { while (true) emit(code.await().next()) }

                    override suspend fun issue(keys: List<ByteArray>) = Issuer.issue(keys)

                    override suspend fun show(frames: Frames) {
                        while (read.isActive) {
                            reading.scanned(frames.next())
                            yield()
                        }
                    }

                    override suspend fun ask(
                        consent: Consent,
                        cautions: suspend (Approval) -> List<String>,
                    ): Approval {
                        assertEquals("Demandeur inconnu", consent.title.fr)
                        said += cautions(consent.everything)
                        return consent.everything
                    }

                    override fun say(text: String) {
                        said += text
                    }

                    override fun say(outcome: HolderOutcome) {
                        ended = outcome
                    }
                }
            holdAndShow(app)
            val outcome = assertIs<ReadingState.Ended>(read.await()).outcome
            assertIs<ReaderOutcome.Read>(outcome)
            val unjustified = "Rien ne justifie cette demande\u00a0: rien n’est coché."
            assertEquals(listOf("Carte d’assurance maladie, 2", unjustified), said)
            assertEquals(HolderOutcome.Shared, ended)
        }
}
