/* What Android's own start files have in a shared library, and a name that musl's headers use. */
__attribute__((visibility("hidden"))) void *__dso_handle = &__dso_handle;

extern int *__errno(void);
__attribute__((visibility("hidden"))) int *__errno_location(void) {
  return __errno();
}
