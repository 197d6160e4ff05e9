package ca.coffret

import ca.coffret.ffi.judgeVector
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.test.assertEquals

/** Every vector that the core publishes. */
class VectorTest {
    @TestFactory
    fun vectors(): List<DynamicTest> =
        vectorFiles().flatMap { file ->
            cases(file).map { case ->
                val name = case.getValue("name").jsonPrimitive.content
                dynamicTest("${file.name}: $name") {
                    val found = judgeVector(file.name, case.toString())
                    assertEquals(case.expected("codes"), found.codes)
                    assertEquals(case.expected("warnings"), found.warnings)
                }
            }
        }
}

/** Every code that a vector gets. */
fun vectorCodes(): Set<String> =
    vectorFiles()
        .flatMap(::cases)
        .flatMap { it.expected("codes") + it.expected("warnings") }
        .toSet()

private fun vectorFiles(): List<Path> =
    repository("test-vectors").listDirectoryEntries("*.json").sorted()

/** Those members of an input that a case leaves out are the common ones. */
private fun cases(file: Path): List<JsonObject> {
    val all = Json.parseToJsonElement(file.readText()).jsonObject
    val common = all.getValue("common").jsonObject
    return all.getValue("cases").jsonArray.map(JsonElement::jsonObject).map { case ->
        JsonObject(case + ("input" to JsonObject(common + case.getValue("input").jsonObject)))
    }
}

private fun JsonObject.expected(member: String): List<String> =
    getValue("expect")
        .jsonObject[member]
        ?.jsonArray
        .orEmpty()
        .map { it.jsonPrimitive.content }
