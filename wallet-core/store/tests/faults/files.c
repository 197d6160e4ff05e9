/* Loaded before the C library (LD_PRELOAD), it writes down what a process does to the files under
 * one folder, in order, so that a test can tell which of it a power loss may undo. It can also stop
 * the process after the nth of these, say that the disk is full, and make some of them fail.
 *
 *   FAULTS_FOLDER  the folder, an absolute path
 *   FAULTS_LOG     where it writes, another folder's file; added to
 *   FAULTS_STOP    n: the process stops after its nth operation
 *   FAULTS_ROOM    bytes by which the files may grow; what is cut off or removed is given back
 *   FAULTS_FAIL    n: from the nth attempt on, operations fail
 *   FAULTS_FAILS   how many of them
 *   FAULTS_ERROR   with this error number
 *
 * The log has a line for each operation; the bytes of a write follow its line.
 *   create INODE NAME | write INODE OFFSET LENGTH | truncate INODE LENGTH | sync INODE
 *   rename FROM TO | unlink NAME | sync-folder NAME
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *folder;
static int log_file = -1;
static long stop = -1, room = -1, fail = -1, fail_count = -1, fail_error = EIO, attempts = 0;

static long number(const char *name) {
    const char *value = getenv(name);
    return value ? atol(value) : -1;
}

__attribute__((constructor)) static void start(void) {
    const char *path = getenv("FAULTS_LOG");
    folder = getenv("FAULTS_FOLDER");
    stop = number("FAULTS_STOP");
    room = number("FAULTS_ROOM");
    fail = number("FAULTS_FAIL");
    fail_count = number("FAULTS_FAILS");
    fail_error = number("FAULTS_ERROR");
    if (folder && path)
        log_file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

/* The name in the folder, "" for the folder itself, null for any other path. */
static const char *name_of(const char *path) {
    size_t length = folder ? strlen(folder) : 0;
    if (log_file < 0 || strncmp(path, folder, length)) return NULL;
    if (!path[length]) return "";
    return path[length] == '/' ? path + length + 1 : NULL;
}

/* What is set aside for a full disk: its room counts, its zeros are of no interest. */
static int is_reserve(const char *name) {
    size_t length = strlen(name);
    return length >= 8 && !strcmp(name + length - 8, "/reserve");
}

/* Whether this operation on the folder is one of those that are to fail. */
static int fails(const char *name) {
    if (!name || fail < 0) return 0;
    ++attempts;
    if (attempts < fail || attempts - fail >= fail_count) return 0;
    errno = fail_error;
    return 1;
}

static const char *name_of_file(int file, struct stat *status, char path[4096]) {
    char link[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, 4095);
    if (length < 0 || fstat(file, status)) return NULL;
    path[length] = 0;
    return name_of(path);
}

static void done(const void *bytes, size_t length, const char *format, ...) {
    char line[512];
    int error = errno;
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    syscall(SYS_write, log_file, line, size);
    if (length) syscall(SYS_write, log_file, bytes, length);
    if (stop > 0 && --stop == 0) syscall(SYS_exit_group, 99);
    errno = error;
}

static int open_file(const char *path, int flags, mode_t mode) {
    const char *name = name_of(path);
    struct stat status;
    int is_new = name && (flags & O_CREAT) && lstat(path, &status);
    if (is_new && fails(name)) return -1;
    int file = syscall(SYS_openat, AT_FDCWD, path, flags | O_LARGEFILE, mode);
    if (file < 0 || !name || fstat(file, &status)) return file;
    if (is_reserve(name))
        return file;
    if (is_new)
        done(NULL, 0, "create %lu %s\n", status.st_ino, name);
    else if (flags & O_TRUNC)
        done(NULL, 0, "truncate %lu 0\n", status.st_ino);
    return file;
}

#define OPEN(function)                                        \
    int function(const char *path, int flags, ...) {          \
        va_list arguments;                                    \
        va_start(arguments, flags);                           \
        mode_t mode = flags & O_CREAT ? va_arg(arguments, int) : 0; \
        va_end(arguments);                                    \
        return open_file(path, flags, mode);                  \
    }
OPEN(open)
OPEN(open64)

static ssize_t write_file(int file, const void *bytes, size_t length, off_t offset) {
    struct stat status;
    char path[4096];
    const char *name = name_of_file(file, &status, path);
    if (fails(name)) return -1;
    off_t at = offset < 0 ? lseek(file, 0, SEEK_CUR) : offset;
    if (name && room >= 0) {
        /* What is written over has its room. */
        off_t grows = at + (off_t)length - status.st_size;
        if (grows > room) length -= grows - room < (off_t)length ? grows - room : (off_t)length;
        if (!length) return errno = ENOSPC, -1;
        grows = at + (off_t)length - status.st_size;
        if (grows > 0) room -= grows;
    }
    ssize_t written = offset < 0 ? syscall(SYS_write, file, bytes, length)
                                 : syscall(SYS_pwrite64, file, bytes, length, offset);
    if (name && written > 0 && !is_reserve(name))
        done(bytes, written, "write %lu %ld %ld\n", status.st_ino, (long)at, (long)written);
    return written;
}

ssize_t write(int file, const void *bytes, size_t length) {
    return write_file(file, bytes, length, -1);
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset) {
    return write_file(file, bytes, length, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off_t offset) {
    return write_file(file, bytes, length, offset);
}

static int truncate_file(int file, off_t length) {
    struct stat status;
    char path[4096];
    const char *name = name_of_file(file, &status, path);
    if (fails(name)) return -1;
    int result = syscall(SYS_ftruncate, file, length);
    if (name && !result && room >= 0 && length < status.st_size) room += status.st_size - length;
    if (name && !result && !is_reserve(name))
        done(NULL, 0, "truncate %lu %ld\n", status.st_ino, (long)length);
    return result;
}

int ftruncate(int file, off_t length) { return truncate_file(file, length); }
int ftruncate64(int file, off_t length) { return truncate_file(file, length); }

static int sync_file(int file, long call) {
    struct stat status;
    char path[4096];
    const char *name = name_of_file(file, &status, path);
    if (fails(name)) return -1;
    int result = syscall(call, file);
    if (!name || result) return result;
    if (S_ISDIR(status.st_mode))
        done(NULL, 0, "sync-folder %s\n", name);
    else
        done(NULL, 0, "sync %lu\n", status.st_ino);
    return result;
}

int fsync(int file) { return sync_file(file, SYS_fsync); }
int fdatasync(int file) { return sync_file(file, SYS_fdatasync); }

int rename(const char *from, const char *to) {
    const char *former = name_of(from), *name = name_of(to);
    struct stat status;
    if (former && fails(name)) return -1;
    if (name && room >= 0 && !lstat(to, &status)) room += status.st_size;
    int result = syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (former && name && !result) done(NULL, 0, "rename %s %s\n", former, name);
    return result;
}

int unlink(const char *path) {
    const char *name = name_of(path);
    struct stat status;
    if (fails(name)) return -1;
    if (name && room >= 0 && !lstat(path, &status)) room += status.st_size;
    int result = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (name && !result && !is_reserve(name)) done(NULL, 0, "unlink %s\n", name);
    return result;
}
