package ca.coffret

import ca.coffret.ffi.Approval
import ca.coffret.ffi.Ask
import ca.coffret.ffi.AskDocument
import ca.coffret.ffi.AskElement
import ca.coffret.ffi.Choice
import ca.coffret.ffi.Curve
import ca.coffret.ffi.DeviceAuth
import ca.coffret.ffi.ElementName
import ca.coffret.ffi.KeyOutcome
import ca.coffret.ffi.ReaderOutcome
import ca.coffret.ffi.Risk
import ca.coffret.ffi.Verdict
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import java.time.Duration
import kotlin.test.assertIs

/** What brings about each code of presentations and readings: by the code's name. */
val SESSION_CODES: Map<String, suspend () -> Unit> =
    mapOf(
        "approval-not-offered" to {
            met { meeting, _ ->
                val all =
                    meeting
                        .asked()
                        .everything.choices
                        .single()
                val more = all.copy(elements = listOf(ElementName(CARD, "sex")))
                meeting.session.approve(Approval(listOf(more)))
            }
        },
        "reader-invalid" to {
            // Its certificate has expired when the holder looks.
            val clock = TestClock()
            val wallet = Holder(clock = clock).withCard()
            val card = wallet.documents().single().id
            clock.now = clock.now.plus(Duration.ofDays(3653))
            meeting(wallet) {
                check(it.asked().risk == Risk.INVALID)
                val choice = Choice(0u, card, listOf(ElementName(CARD, "sex")))
                it.session.approve(Approval(listOf(choice)))
            }
        },
        "event-unexpected" to {
            val wallet = Holder().withCard()
            val keys = SoftwareKeyExecutor(wallet)
            val session = wallet.present(Engage.Device(Pipe().holder), keys)
            session.states.first {
                session.approve(Approval(emptyList()))
                true
            }
        },
        "presentation-keys-mismatch" to {
            met(keys = { emptyList() }) { meeting, _ -> meeting.approve() }
        },
        "document-no-copy-left" to {
            val wallet = Holder().withCard(copies = 1, "--one-time")
            meeting(wallet) { one ->
                meeting(wallet) { other ->
                    val asked = one.asked()
                    other.approve()
                    other.outcome()
                    // Asked again first, for what is left.
                    repeat(2) { one.session.approve(asked.everything) }
                }
            }
        },
        "mac-not-possible" to {
            val wallet = Holder().trusting()
            val keys = wallet.prepareKeys(1, SoftwareKeyExecutor(wallet), Curve.P384)
            wallet.add(Issuer.issue(keys, curve = "P-384"))
            meeting(wallet, method = DeviceAuth.MAC) { it.approve() }
        },
        "key-outcome" to {
            met(keys = { it.map { KeyOutcome.Deleted } }) { meeting, _ -> meeting.approve() }
        },
        "too-many-ages" to {
            val ages = listOf("age_over_16", "age_over_18", "age_over_65")
            val elements = ages.map { AskElement(ElementName("org.iso.18013.5.1", it), false) }
            val ask = Ask.Items(listOf(AskDocument(LICENCE, elements)))
            registeredReader().read(ask, Start.Code).states.first()
        },
        "purpose-unknown" to {
            registeredReader().read(Ask.Purpose("curiosity"), Start.Code).states.first()
        },
        "not-of-age" to {
            val wallet = Holder().trusting()
            val keys = wallet.prepareKeys(1, SoftwareKeyExecutor(wallet))
            wallet.add(Issuer.issue(keys, type = LICENCE, data = MINOR))
            meeting(wallet, ask = Ask.Purpose("age-18")) {
                it.approve()
                throw Told(it.rejected().single())
            }
        },
        "need-missing" to {
            met { meeting, _ ->
                val all =
                    meeting
                        .asked()
                        .required.choices
                        .single()
                meeting.session.approve(Approval(listOf(all.copy(elements = all.elements.take(1)))))
                throw Told(meeting.rejected().first())
            }
        },
        "reading-out-of-turn" to {
            met { meeting, _ ->
                meeting.asked()
                meeting.reading.scanned("UR:X-MDOC-0/1-1/AAAA")
            }
        },
        "reading-closed" to {
            met { meeting, _ ->
                meeting.asked()
                meeting.session.giveUp()
                throw Told(assertIs<ReaderOutcome.Unanswered>(meeting.outcome()).code)
            }
        },
        "reading-given-up" to {
            met { meeting, _ ->
                meeting.asked()
                meeting.reading.giveUp()
                throw Told(assertIs<ReaderOutcome.Unanswered>(meeting.outcome()).code)
            }
        },
    )

private suspend fun Meeting.rejected(): List<String> {
    val read = assertIs<ReaderOutcome.Read>(outcome())
    return assertIs<Verdict.Rejected>(read.verdict).errors.map { it.code }
}

private suspend fun met(
    keys: KeyExecutor? = null,
    reader: Reader? = null,
    story: suspend (Meeting, Wallet) -> Unit,
) {
    val wallet = Holder().withCard()
    meeting(wallet, keys, reader) { story(it, wallet) }
}

private suspend fun meeting(
    wallet: Wallet,
    keys: KeyExecutor? = null,
    reader: Reader? = null,
    ask: Ask = Ask.Purpose("pharmacy"),
    method: DeviceAuth = DeviceAuth.SIGNATURE,
    story: suspend (Meeting) -> Unit,
) {
    coroutineScope {
        val by = keys ?: SoftwareKeyExecutor(wallet)
        story(Meeting(this, wallet, by, reader ?: registeredReader(), ask, method))
    }
}
