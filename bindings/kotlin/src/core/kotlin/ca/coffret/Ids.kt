package ca.coffret

/** A document in the wallet: 32 hexadecimal digits, which say nothing of it. */
@JvmInline
public value class DocumentId(
    /** The digits. What is nobody's is unknown to whatever is called with it. */
    public val value: String,
)

/** A person whose documents the wallet holds: 32 hexadecimal digits. */
@JvmInline
public value class PersonId(
    /** The digits. */
    public val value: String,
)

/** Trust data in the wallet: 32 hexadecimal digits. */
@JvmInline
public value class TrustId(
    /** The digits. */
    public val value: String,
)

/** A key in a keystore: 32 hexadecimal digits, which say nothing of it. */
@JvmInline
public value class KeyId(
    /** The digits. */
    public val value: String,
)
