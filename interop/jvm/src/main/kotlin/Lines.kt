// The drivers' protocol (../../../../README.md): a JSON object a line in, one a line out.
package interop

import java.io.PrintStream
import java.util.Base64
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

typealias Verbs = Map<String, suspend (JsonObject) -> JsonObject>

/** The peer judged what it was given, and found it wrong. */
class Refused(reason: String) : Exception(reason)

/** Answers each line by the verb of its name, until the input ends. */
fun serve(verbs: Verbs) {
    val answers = System.out
    System.setOut(PrintStream(System.err, true)) // libraries may print
    generateSequence(::readLine).forEach { line ->
        val question = Json.parseToJsonElement(line).jsonObject
        val answer = runBlocking { answer(verbs, question) }
        answers.println(JsonObject(mapOf(answer)))
        answers.flush()
    }
}

private suspend fun answer(verbs: Verbs, question: JsonObject): Pair<String, JsonElement> =
    try {
        val verb = verbs[question.text("verb")] ?: throw NoSuchElementException("no verb ${question["verb"]}")
        "done" to verb(question)
    } catch (refusal: Refused) {
        "refused" to JsonPrimitive(refusal.message)
    } catch (failure: Exception) {
        failure.printStackTrace()
        "failed" to JsonPrimitive(failure.toString())
    }

/** Runs a judgement: whatever it throws is the peer's refusal. */
inline fun <T> judge(judgement: () -> T): T =
    try {
        judgement()
    } catch (refusal: Exception) {
        throw Refused(refusal.message ?: refusal.toString())
    }

fun JsonObject.text(name: String): String = getValue(name).jsonPrimitive.content
fun JsonObject.hex(name: String): ByteArray = text(name).chunked(2).map { it.toInt(16).toByte() }.toByteArray()
fun JsonObject.item(name: String): JsonObject = getValue(name).jsonObject
fun JsonObject.texts(name: String): List<String> = getValue(name).jsonArray.map { it.jsonPrimitive.content }
fun JsonObject.flag(name: String): Boolean = getValue(name).jsonPrimitive.boolean

fun JsonObject.disclosed(): Map<String, List<String>> = item("disclose").let { spaces -> spaces.mapValues { spaces.texts(it.key) } }
fun JsonObject.intents(): Map<String, Map<String, Boolean>> =
    item("nameSpaces").mapValues { (_, elements) -> elements.jsonObject.mapValues { it.value.jsonPrimitive.boolean } }

fun hex(bytes: ByteArray) = JsonPrimitive(bytes.joinToString("") { "%02x".format(it) })
fun texts(items: List<String>) = JsonArray(items.map(::JsonPrimitive))
fun base64url(bytes: ByteArray): String = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
fun unbase64url(text: String): ByteArray = Base64.getUrlDecoder().decode(text)
