package ca.coffret

import ca.coffret.ffi.Approval
import ca.coffret.ffi.Ask
import ca.coffret.ffi.AskDocument
import ca.coffret.ffi.AskElement
import ca.coffret.ffi.Choice
import ca.coffret.ffi.Curve
import ca.coffret.ffi.ElementName
import ca.coffret.ffi.Exposure
import ca.coffret.ffi.KeyOutcome
import ca.coffret.ffi.Label
import ca.coffret.ffi.LogStanding
import ca.coffret.ffi.Need
import ca.coffret.ffi.ReaderOutcome
import ca.coffret.ffi.ReaderStanding
import ca.coffret.ffi.Risk
import ca.coffret.ffi.Source
import ca.coffret.ffi.TrustData
import ca.coffret.ffi.TrustKind
import ca.coffret.ffi.Verdict
import kotlinx.coroutines.coroutineScope
import java.time.Duration
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertIs
import kotlin.test.assertNotEquals
import kotlin.test.assertTrue

/** What the library's values say, on either side of a presentation. */
class ValuesTest {
    private val clock = TestClock()

    @Test
    fun `a card and its document`() =
        waiting {
            val wallet = Holder().withCard()
            val card = wallet.documents().single()
            said(card.label)
            assertEquals("CA", card.issuerCountry)
            assertTrue(card.issuerName!!.isNotEmpty())
            assertEquals("CA-QC" to "Coffret test IACA", card.issuerState to card.issuerAuthority)
            assertEquals("Québec, Canada", card.issuerPlace!!.fr)
            assertEquals(false, card.specimen)

            val document = wallet.document(card.id)
            assertEquals(card, document.card)
            assertEquals(emptyList(), document.warnings)
            val number = document.elements.single { it.name.identifier == NUMBER }
            assertEquals(CARD, number.name.namespace)
            assertEquals(Exposure.ON_TOUCH, number.exposure)
            said(number.label)
            said(number.group!!)
            assertEquals(null, number.image)
            assertEquals(
                "TREM04121925",
                number.cbor
                    .drop(1)
                    .toByteArray()
                    .decodeToString(),
            )
        }

    @Test
    fun `an image is one`() =
        waiting {
            val wallet = Holder().trusting()
            val keys = wallet.prepareKeys(1, SoftwareKeyExecutor(wallet))
            wallet.add(Issuer.issue(keys, type = LICENCE, data = MINOR))
            val licence = wallet.document(wallet.documents().single().id)
            val portrait = licence.elements.single { it.name.identifier == "portrait" }
            assertEquals(0xff.toByte(), portrait.image!!.first())
        }

    @Test
    fun `what a registered reader asks`() =
        waiting {
            val wallet = Holder().withCard()
            val meeting = Meeting(this, wallet, reader = registeredReader())
            val consent = meeting.asked()
            assertEquals(Risk.REGISTERED, consent.risk)
            val reader = assertIs<ReaderStanding.Verified>(consent.reader)
            assertTrue(reader.name!!.isNotEmpty() && reader.warnings.isEmpty())
            val registration = reader.registration!!
            said(registration.name)
            assertTrue("pharmacy" in registration.purposes)
            assertEquals(false, registration.kept)
            assertTrue(registration.privacy?.startsWith("https://") ?: true)

            val document = consent.documents.single()
            said(document.label)
            val purpose = document.purpose!!
            assertEquals("pharmacy" to CARD, purpose.id to purpose.docType)
            said(purpose.label)
            document.refusable?.let(::said)
            val candidate = document.candidates.single()
            assertTrue(candidate.own)
            val person = wallet.people().single()
            assertEquals(person.id, candidate.person)
            assertTrue(person.own && !person.specimen)
            assertEquals(1uL, person.documents)
            val card = wallet.documents().single()
            assertEquals(card.specimen, candidate.specimen)
            assertEquals(card.state, candidate.state)
            assertEquals(card.validity, candidate.validity)
            assertEquals("1925", candidate.number?.text)
            assertTrue("1925" !in candidate.toString(), "it prints none of it")
            assertEquals("Lecteur d’essai Coffret", consent.title.fr)
            assertEquals(emptyList(), meeting.session.cautions(consent.required))
            assertEquals(document.preselected, candidate.document)
            assertEquals(document.elements.map { it.asked }, candidate.elements.map { it.asked })
            val number = candidate.elements.single { it.asked.identifier == NUMBER }
            assertEquals(Need.Required, number.need)
            assertEquals(number.asked, number.answer)
            assertEquals(number.label, number.sent)
            assertEquals(Exposure.ON_TOUCH, number.exposure)
            assertEquals(false, number.kept)
            said(number.label)
            assertEquals(
                0uL,
                consent.required.choices
                    .single()
                    .request,
            )

            meeting.session.approve(consent.required)
            val read = assertIs<ReaderOutcome.Read>(meeting.outcome())
            val given = read.answers.first { number.asked in it.asked }.given!!
            assertEquals(number.asked to Source.ISSUER, given.name to given.by)
            assertEquals(0uL to false, given.document to given.isNo)
            assertEquals(CARD, read.answers.first().docType)

            val shown = assertIs<Verdict.Accepted>(read.verdict).documents.single()
            assertEquals(emptyList(), shown.deviceElements)
            assertTrue(shown.elements.all { it.saidByDevice == null })
            val judged = shown.judged
            said(judged.label)
            assertEquals("CA" to false, judged.issuerCountry to judged.specimen)
            assertTrue(judged.issuerName!!.isNotEmpty() && judged.deviceAuthChecked)
            assertEquals("CA-QC", judged.issuerState)
            assertEquals("Coffret test IACA", judged.issuerAuthority)
            assertEquals("Québec, Canada", judged.issuerPlace!!.en)
            assertTrue(judged.trusted)
            assertTrue(judged.validity.signed <= judged.validity.until)

            val entry = wallet.log().single()
            assertEquals(clock.now, entry.time)
            said(entry.reader!!.registered!!)
            said(entry.documents.single().label)
            val element =
                entry.documents
                    .single()
                    .elements
                    .single { it.asked == number.asked }
            assertEquals(NUMBER, element.shown)
            assertEquals(element.label, element.sent)
            assertEquals(entry.reader.registered, entry.reader.title)
            assertEquals(false, element.kept)
            said(element.label)
        }

    @Test
    fun `who else asks`() =
        waiting {
            val sex = asks(CARD, "sex", keep = true)
            val anonymous = asked(anonymousReader(), sex)
            assertEquals(ReaderStanding.Anonymous, anonymous.reader)
            assertEquals(Risk.UNKNOWN, anonymous.risk)
            val wanted =
                anonymous.documents
                    .single()
                    .elements
                    .single()
            assertEquals(Need.Optional, wanted.need)
            assertTrue(wanted.kept)

            val age = asked(anonymousReader(), Ask.Purpose("age-18"))
            assertEquals(Risk.NEUTRAL, age.risk)

            val stranger =
                asked(registeredReader(), sex) { trustList().forEach { removeTrust(it.id) } }
            assertIs<ReaderStanding.Untrusted>(stranger.reader)

            val more = asked(registeredReader(), sexAndNumber())
            val need =
                more.documents
                    .single()
                    .elements
                    .map { it.need }
            assertTrue(
                need.any { it is Need.NotNeeded || it == Need.Optional || it == Need.Required },
            )
            need.filterIsInstance<Need.NotNeeded>().forEach { said(it.why) }
        }

    @Test
    fun `what the log says of them`() =
        waiting {
            val standings =
                listOf(
                    anonymousReader() to LogStanding.ANONYMOUS,
                    registeredReader() to LogStanding.VERIFIED,
                )
            for ((reader, standing) in standings) assertEquals(standing, logged(reader))
            val distrusting: suspend Wallet.() -> Unit = {
                trustList().forEach {
                    removeTrust(
                        it.id,
                    )
                }
            }
            assertEquals(LogStanding.UNTRUSTED, logged(registeredReader(), distrusting))
            val late: suspend Wallet.() -> Unit = { clock.now += Duration.ofDays(3653) }
            assertEquals(LogStanding.INVALID, logged(registeredReader(), late))
        }

    @Test
    fun `a specimen is never taken for the real thing`() =
        waiting {
            val wallet = Holder().trusting()
            wallet.importTrust(TrustData(TrustKind.SPECIMENS, Issuer.bytes("iaca.pem")), "test")
            wallet.trustList().filter { it.kind == TrustKind.ISSUERS }.forEach {
                wallet.removeTrust(
                    it.id,
                )
            }
            wallet.addCard()
            assertTrue(wallet.documents().single().specimen)
            val trust = listOf(TrustData(TrustKind.SPECIMENS, Issuer.bytes("iaca.pem")))
            val meeting =
                Meeting(
                    this,
                    wallet,
                    reader = Reader.of(trust, null, clock),
                    ask = asks(CARD, "sex"),
                )
            val asked = meeting.asked()
            val document = asked.documents.single()
            assertEquals(null, document.preselected, "it is the person's own choice")
            assertEquals(emptyList(), asked.everything.choices)
            assertTrue(document.candidates.single().specimen)
            assertTrue(wallet.people().single().specimen)
            val sex = listOf(ElementName(CARD, "sex"))
            val chosen = Choice(0u, document.candidates.single().document, sex)
            val cautions = meeting.session.cautions(Approval(listOf(chosen)))
            assertTrue(cautions.any { "SPÉCIMEN" in it.fr && "SPECIMEN" in it.en })
            meeting.session.approve(Approval(listOf(chosen)))
            val read = assertIs<ReaderOutcome.Read>(meeting.outcome())
            val shown = assertIs<Verdict.Specimen>(read.verdict).documents.single()
            assertTrue(shown.judged.specimen)
        }

    @Test
    fun `a request of the app's own is to be read and never green`() =
        waiting {
            val wallet = Holder().withCard()
            val ask = asks(CARD, "sex")
            val meeting = Meeting(this, wallet, reader = registeredReader(), ask = ask)
            meeting.session.approve(meeting.asked().everything)
            val read = assertIs<ReaderOutcome.Read>(meeting.outcome())
            val shown = assertIs<Verdict.Unjudged>(read.verdict).documents.single()
            assertEquals(
                "sex",
                shown.elements
                    .single()
                    .name.identifier,
            )
            val given = read.answers.single().given!!
            assertFalse(given.isNo || given.by == Source.DEVICE)
        }

    @Test
    fun `an authority is trusted for the types that it is limited to`() =
        waiting {
            val wallet = Holder().withCard()
            val root = Issuer.bytes("iaca.pem")
            for (type in listOf("org.iso.18013.5.1.mDL", CARD)) {
                val limited = TrustData(TrustKind.ISSUERS, root, listOf(type))
                val reader = Reader.of(listOf(limited), null, clock)
                val meeting = Meeting(this, wallet, reader = reader, ask = asks(CARD, "sex"))
                meeting.session.approve(meeting.asked().everything)
                val verdict = assertIs<ReaderOutcome.Read>(meeting.outcome()).verdict
                if (type == CARD) {
                    assertIs<Verdict.Unjudged>(verdict)
                } else {
                    val judged = assertIs<Verdict.Rejected>(verdict).documents.single()
                    assertEquals("authority-not-for-type", judged.errors.first().code)
                }
                for (again in listOf(limited, TrustData(TrustKind.ISSUERS, root))) {
                    wallet.importTrust(again, "test")
                    val entry = wallet.trustList().first { it.kind == TrustKind.ISSUERS }
                    assertEquals(listOf(type), entry.docTypes)
                }
            }
        }

    @Test
    fun `a revocation list is heeded by a reader and by a wallet`() =
        waiting {
            val wallet = Holder().withCard()
            val root = TrustData(TrustKind.ISSUERS, Issuer.bytes("iaca.pem"))
            val list = TrustData(TrustKind.REVOCATION_LISTS, Issuer.bytes("ds-revoked.crl"))
            val reader = Reader.of(listOf(root, list), null, clock)
            val meeting = Meeting(this, wallet, reader = reader, ask = asks(CARD, "sex"))
            meeting.session.approve(meeting.asked().everything)
            val verdict = assertIs<ReaderOutcome.Read>(meeting.outcome()).verdict
            val judged = assertIs<Verdict.Rejected>(verdict).documents.single()
            assertEquals("certificate-revoked", judged.errors.first().code)

            val id = wallet.importTrust(list, "list").single()
            val entry = wallet.trustList().single { it.id == id }
            assertEquals(TrustKind.REVOCATION_LISTS, entry.kind)
            assertEquals(listOf("Coffret test IACA"), entry.names)
            assertTrue(entry.until!! > clock.instant())
            wallet.removeTrust(id)
        }

    @Test
    fun `a file of an authority and its revocation list brings both, or neither`() =
        waiting {
            val wallet = Holder().withCard()
            val before = wallet.trustList()
            val cut = TrustData(TrustKind.ISSUERS, Issuer.rootWithList(bytes = 40))
            assertCode("crl-malformed") { Reader.of(listOf(cut), null, clock) }
            assertCode("crl-malformed") { wallet.importTrust(cut, "cut") }
            assertEquals(before, wallet.trustList())

            val both = TrustData(TrustKind.ISSUERS, Issuer.rootWithList())
            val reader = Reader.of(listOf(both), null, clock)
            val meeting = Meeting(this, wallet, reader = reader, ask = asks(CARD, "sex"))
            meeting.session.approve(meeting.asked().everything)
            val verdict = assertIs<ReaderOutcome.Read>(meeting.outcome()).verdict
            val judged = assertIs<Verdict.Rejected>(verdict).documents.single()
            assertEquals("certificate-revoked", judged.errors.first().code)

            val ids = wallet.importTrust(both, "both")
            val brought = wallet.trustList().filter { it.source == "both" }
            val kinds = listOf(TrustKind.ISSUERS, TrustKind.REVOCATION_LISTS)
            assertEquals(kinds, brought.map { it.kind })
            assertEquals(ids, brought.map { it.id })
        }

    /** As it does where the issuer keeps a list of documents: a reader says what was not found out. */
    @Test
    fun `what is left open of a valid document is said`() =
        waiting {
            val wallet = Holder().withCard()
            val root = TrustData(TrustKind.ISSUERS, Issuer.bytes("iaca.pem"))
            val list = TrustData(TrustKind.REVOCATION_LISTS, Issuer.listOfNamesake())
            val reader = Reader.of(listOf(root, list), null, clock)
            val meeting = Meeting(this, wallet, reader = reader, ask = asks(CARD, "sex"))
            meeting.session.approve(meeting.asked().everything)
            val verdict = assertIs<ReaderOutcome.Read>(meeting.outcome()).verdict
            val shown = assertIs<Verdict.Unjudged>(verdict).documents.single()
            assertTrue("revocation-unknown" in shown.judged.warnings.map { it.code })

            wallet.importTrust(list, "list")
            val held = wallet.document(wallet.documents().single().id)
            assertEquals(emptyList(), held.errors)
            assertTrue("revocation-unknown" in held.warnings.map { it.code })
        }

    @Test
    fun `a document that nobody trusts is red, and shows nothing`() =
        waiting {
            val wallet = Holder().withCard()
            val reader = Reader.of(emptyList(), null, clock)
            val meeting = Meeting(this, wallet, reader = reader, ask = asks(CARD, "sex"))
            meeting.session.approve(meeting.asked().everything)
            val read = assertIs<ReaderOutcome.Read>(meeting.outcome())
            val judged = assertIs<Verdict.Rejected>(read.verdict).documents.single()
            assertFalse(judged.trusted)
            val finding = judged.errors.first()
            assertTrue(Catalogue.code(finding.code) != null)
            assertEquals(null, finding.element)
            assertEquals(emptyList(), judged.warnings)
            assertEquals(CARD, judged.docType)
        }

    @Test
    fun `a document of which no copy is left is said to be used up`() =
        waiting {
            val wallet = Holder().withCard(copies = 1, "--one-time")
            val ask = asks(CARD, "sex")
            val first = Meeting(this, wallet, reader = anonymousReader(), ask = ask)
            first.session.approve(first.asked().everything)
            first.outcome()
            val second = Meeting(this, wallet, reader = anonymousReader(), ask = ask)
            val document = second.asked().documents.single()
            assertEquals(listOf(wallet.documents().single().id), document.usedUp)
            assertEquals(0uL, document.unoffered)
            assertEquals(emptyList(), document.candidates)
            second.session.refuse()
        }

    @Test
    fun `what is printed says nothing of anybody`() =
        waiting {
            val wallet = Holder().withCard()
            val meeting = Meeting(this, wallet, reader = registeredReader())
            val consent = meeting.asked()
            meeting.session.approve(consent.required)
            val outcome = meeting.outcome()
            val read = assertIs<ReaderOutcome.Read>(outcome)
            val document = wallet.document(wallet.documents().single().id)
            val keys = SoftwareKeyExecutor(wallet)
            val printed =
                listOf(
                    document,
                    document.elements,
                    wallet.documents(),
                    wallet.people(),
                    wallet.log(),
                    wallet.notices(),
                    wallet.trustList(),
                    consent,
                    meeting.holding.await(),
                    meeting.read.await(),
                    outcome,
                    read.verdict,
                    assertIs<Verdict.Accepted>(read.verdict).documents,
                    KeyOutcome.Agreed(ByteArray(32), Curve.P256),
                    wallet,
                    keys,
                ).joinToString("\n")
            assertTrue("KeyOutcome([…])" in printed)
            for (value in listOf("TREM04121925", "Tremblay", "Émilie", "2004-12-19", PIN)) {
                assertTrue(value !in printed, "$value in $printed")
            }
        }

    @Test
    fun `keys are on any curve that a keystore has`() =
        waiting {
            val wallet = Holder().trusting()
            val keys = SoftwareKeyExecutor(wallet)
            val curves = listOf(Curve.P256, Curve.P384, Curve.P521, Curve.ED25519, Curve.X25519)
            assertEquals(Curve.entries, curves)
            for (curve in curves) {
                val made = runCatching { wallet.prepareKeys(1, keys, curve) }
                val failure = made.exceptionOrNull() ?: continue
                assertIs<CoffretException>(failure)
            }
            assertEquals(1, wallet.prepareKeys(1, keys, Curve.P384).size)
        }

    @Test
    fun `both languages are complete`() {
        for (purpose in Catalogue.purposes) {
            said(purpose.label)
            assertTrue(purpose.id.isNotEmpty() && purpose.docType.isNotEmpty())
        }
        assertEquals(
            Catalogue.purposes.size,
            ca.coffret.ffi
                .purposes()
                .size,
        )
        assertNotEquals(
            Catalogue.purposes.map { it.label.fr },
            Catalogue.purposes.map { it.label.en },
        )
    }

    private fun said(label: Label) = assertTrue(label.fr.isNotBlank() && label.en.isNotBlank())

    private fun asks(
        type: String,
        element: String,
        keep: Boolean = false,
    ): Ask =
        Ask.Items(listOf(AskDocument(type, listOf(AskElement(ElementName(type, element), keep)))))

    private fun sexAndNumber(): Ask {
        val elements = listOf(NUMBER, "sex", "given_name")
        val asked = elements.map { AskElement(ElementName(CARD, it), false) }
        return Ask.Items(listOf(AskDocument(CARD, asked)))
    }

    /** What a holder is asked, who refuses. */
    private suspend fun asked(
        reader: Reader,
        ask: Ask,
        prepared: suspend Wallet.() -> Unit = {},
    ) = coroutineScope {
        val wallet = Holder(clock = clock).withCard()
        wallet.prepared()
        val meeting = Meeting(this, wallet, reader = reader, ask = ask)
        meeting.asked().also { meeting.session.refuse() }
    }

    private suspend fun logged(
        reader: Reader,
        prepared: suspend Wallet.() -> Unit = {},
    ) = coroutineScope {
        val wallet = Holder(clock = clock).withCard()
        wallet.prepared()
        val meeting = Meeting(this, wallet, reader = reader, ask = asks(CARD, "sex"))
        meeting.asked()
        meeting.session.refuse()
        meeting.outcome()
        wallet
            .log()
            .single()
            .reader
            ?.standing
    }

    private companion object {
        const val NUMBER = "health_insurance_number"
    }
}
