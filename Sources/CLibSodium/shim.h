#include <sodium.h>
#include <sys/prctl.h>
#include <sys/vfs.h>

/// `prctl` takes a variable number of arguments, which Swift cannot call.
static inline int roster_forbid_dumps(void) {
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/// Whether a pipe lies in a file system other than the kernel's own for pipes, which has no names.
///
/// 0x50495045 is PIPEFS_MAGIC of linux/magic.h. A pipe of which nothing is known counts as named.
static inline int roster_is_named_pipe(int descriptor) {
    struct statfs system;
    return fstatfs(descriptor, &system) != 0 || system.f_type != 0x50495045;
}
