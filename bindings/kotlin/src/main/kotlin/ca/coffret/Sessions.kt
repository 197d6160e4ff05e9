package ca.coffret

/** The sessions that run over one object of the core. Once it is closed none begins. */
internal class Sessions {
    private val running = mutableSetOf<Session<*>>()
    private var closed = false

    @Synchronized
    fun add(session: Session<*>) {
        if (closed) throw CoffretException.closed()
        running += session
    }

    @Synchronized
    fun remove(session: Session<*>) {
        running -= session
    }

    fun giveUp() = all().forEach(Session<*>::giveUp)

    fun close() {
        synchronized(this) { closed = true }
        giveUp()
    }

    @Synchronized
    private fun all(): List<Session<*>> = running.toList()
}
