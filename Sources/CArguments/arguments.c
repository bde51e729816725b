// Swift's CommandLine finds the arguments next to the environment, for which it reads /proc/self/maps. It finds none when
// there is no /proc, or when a preloaded library has set a variable: a check would end with the help text and success.

#include "CArguments.h"

static int count;
static char **arguments;

// The GNU C library calls constructors with the parameters of main.
__attribute__((constructor)) static void keep(int argc, char **argv) {
    count = argc;
    arguments = argv;
}

int roster_argument_count(void) { return count; }

char **roster_arguments(void) { return arguments; }
