#include <stddef.h>

/// Bytes that are allocated, by whatever is in the process.
size_t heap_in_use(void);
