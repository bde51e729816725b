// Kills the process at its Nth call that changes the file system, before or after the call.
//
// ROSTER_KILL_AT=N counts from 1; ROSTER_KILL_WHEN is "before" or "after"; ROSTER_KILL_COUNT names a file that gets the
// number of calls when the process ends by itself.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls;
static long limit = -1;
static int is_after;

__attribute__((constructor)) static void begin(void) {
    const char *at = getenv("ROSTER_KILL_AT"), *when = getenv("ROSTER_KILL_WHEN");
    if (at) limit = atol(at);
    is_after = when && !strcmp(when, "after");
}

__attribute__((destructor)) static void end(void) {
    const char *path = getenv("ROSTER_KILL_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file) return;
    fprintf(file, "%ld", atomic_load(&calls));
    fclose(file);
}

static int enter(void) {
    int is_last = atomic_fetch_add(&calls, 1) + 1 == limit;
    if (is_last && !is_after) kill(getpid(), SIGKILL);
    return is_last;
}

static void leave(int is_last) {
    if (is_last) kill(getpid(), SIGKILL);
}

#define CHANGE(result, name, parameters, arguments)                     \
    result name parameters {                                            \
        static result(*real) parameters;                                \
        if (!real) real = (result(*) parameters)dlsym(RTLD_NEXT, #name); \
        int is_last = enter();                                          \
        result value = real arguments;                                  \
        leave(is_last);                                                 \
        return value;                                                   \
    }

CHANGE(int, fsync, (int file), (file))
CHANGE(int, fdatasync, (int file), (file))
CHANGE(int, ftruncate, (int file, off_t length), (file, length))
CHANGE(int, fchmod, (int file, mode_t mode), (file, mode))
CHANGE(int, mkdir, (const char *path, mode_t mode), (path, mode))
CHANGE(int, mkdirat, (int folder, const char *path, mode_t mode), (folder, path, mode))
CHANGE(int, rmdir, (const char *path), (path))
CHANGE(int, unlink, (const char *path), (path))
CHANGE(int, unlinkat, (int folder, const char *path, int flags), (folder, path, flags))
CHANGE(int, rename, (const char *from, const char *to), (from, to))
CHANGE(int, renameat, (int folder, const char *from, int other, const char *to), (folder, from, other, to))
CHANGE(int, linkat, (int folder, const char *from, int other, const char *to, int flags),
       (folder, from, other, to, flags))

// Only writes to files: standard streams are not part of an edit.
ssize_t write(int file, const void *bytes, size_t count) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    struct stat status;
    if (file <= 2 || fstat(file, &status) || !S_ISREG(status.st_mode)) return real(file, bytes, count);
    int is_last = enter();
    // A write that is killed may have written a part.
    if (is_last && is_after && count > 1) count /= 2;
    ssize_t value = real(file, bytes, count);
    leave(is_last);
    return value;
}
