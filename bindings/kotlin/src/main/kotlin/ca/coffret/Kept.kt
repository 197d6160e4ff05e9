package ca.coffret

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableSharedFlow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.transformWhile
import kotlinx.coroutines.launch

/** Something that was told to whoever looks. */
private sealed interface Kept<out S> {
    class At<S>(
        val state: S,
    ) : Kept<S>

    /** There is no more; what has failed, if it has. */
    class Over(
        val last: Any?,
        val failure: Throwable?,
    ) : Kept<Nothing>
}

/**
 * Collects these states in [scope], once, and tells each collector of what it gives the last of them
 * and those that follow, to the end: the last state, or what has failed.
 */
internal fun <S : Any> Flow<S>.runIn(scope: CoroutineScope): Flow<S> {
    val told = MutableSharedFlow<Kept<S>>(replay = 1, extraBufferCapacity = Int.MAX_VALUE - 1)
    scope.launch {
        var last: S? = null
        val failure =
            try {
                collect {
                    last = it
                    told.emit(Kept.At(it))
                }
                null
            } catch (error: Throwable) {
                error
            }
        told.tryEmit(Kept.Over(last, failure))
        if (failure is CancellationException) throw failure
    }
    return flow {
        var seen: Any? = null
        told
            .transformWhile { told ->
                emit(told)
                told is Kept.At
            }.collect { told ->
                when (told) {
                    is Kept.At -> {
                        seen = told.state
                        emit(told.state)
                    }
                    is Kept.Over -> {
                        // Who comes after the end sees how it went.
                        @Suppress("UNCHECKED_CAST")
                        if (told.failure == null && seen !== told.last) emit(told.last as S)
                        told.failure?.let { throw it }
                    }
                }
            }
    }
}
