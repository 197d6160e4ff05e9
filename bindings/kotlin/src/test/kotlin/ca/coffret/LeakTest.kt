package ca.coffret

import ca.coffret.ffi.liveObjects
import kotlinx.coroutines.flow.first
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.listDirectoryEntries
import kotlin.test.Test
import kotlin.test.assertTrue

/** What 10,000 calls leave behind: nothing. */
class LeakTest {
    @Test
    fun `ten thousand calls`() =
        waiting {
            val wallet = Holder().withCard()
            val card = wallet.documents().single().id
            val keys = SoftwareKeyExecutor(wallet)

            suspend fun calls(times: Int) =
                repeat(times) {
                    wallet.documents()
                    wallet.document(card)
                    wallet.attemptsRefused()
                    CodeScanner().use { scanner -> scanner.scanned("UR:ANYTHING") }
                    wallet.present(Engage.Device(Silent), keys).states.first()
                }

            calls(200)
            var before = Held.now()
            repeat(SETTLING) { before = Held.now() }
            // JNA's table of what waits for its cleaner never shrinks: few wait at once.
            repeat(10) {
                calls(200)
                System.gc()
            }
            var after = Held.now()
            repeat(SETTLING) { if (after.exceeds(before)) after = Held.now() }
            assertTrue(!after.exceeds(before), "before: $before, after: $after")
        }

    private suspend fun Wallet.attemptsRefused() = assertCode("wallet-not-locked") { unlock(PIN) }

    /** A reader that never comes. */
    private object Silent : Link {
        override suspend fun send(message: ByteArray) = Unit

        override suspend fun receive(): ByteArray = kotlinx.coroutines.awaitCancellation()
    }

    private companion object {
        /** What is freed by the cleaners' threads is so a few collections later. */
        const val SETTLING = 50
    }

    private data class Held(
        val objects: ULong,
        val files: Int,
        val heap: Long,
    ) {
        companion object {
            private val OPEN = Path.of("/proc/self/fd")

            private const val SLACK = 4 * 1024 * 1024

            fun now(): Held {
                System.gc()
                val runtime = Runtime.getRuntime()
                val files = if (OPEN.exists()) OPEN.listDirectoryEntries().size else 0
                return Held(liveObjects(), files, runtime.totalMemory() - runtime.freeMemory())
            }
        }

        fun exceeds(before: Held): Boolean =
            objects > before.objects || files > before.files || heap > before.heap + SLACK
    }
}
