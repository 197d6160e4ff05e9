/* What SQLite sees of the C library where Android's differs from musl, on 64 bits. */
typedef struct {
  long attributes;
} pthread_mutexattr_t;
#define __DEFINED_pthread_mutexattr_t

#include <unistd.h>
#undef _SC_PAGESIZE
#define _SC_PAGESIZE 0x0027
#undef _SC_PAGE_SIZE
#define _SC_PAGE_SIZE 0x0028
