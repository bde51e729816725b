#include <sodium.h>
#include <sys/prctl.h>

/// `prctl` takes a variable number of arguments, which Swift cannot call.
static inline int roster_forbid_dumps(void) {
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}
