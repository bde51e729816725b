// Runs a program once and says what it cost: scripts/bench's clock.
//
//     stopwatch PROGRAM [ARGUMENT…]
//
// Prints wall time in nanoseconds, user and system time in microseconds, peak resident memory in KiB and the exit status
// (128 and the number for a signal). The program's standard input and output are /dev/null, its standard error ours.
//
// It is not in the driver's Python because Linux counts the memory of the process that starts a program towards the
// program's own peak: 10 MB of interpreter would hide what a small run takes.

#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int64_t nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static int64_t microseconds(struct timeval time) {
    return time.tv_sec * INT64_C(1000000) + time.tv_usec;
}

int main(int argument_count, char **arguments) {
    if (argument_count < 2) errx(64, "usage: stopwatch PROGRAM [ARGUMENT...]");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);

    pid_t process;
    struct rusage usage;
    int status;
    int64_t start = nanoseconds();
    errno = posix_spawn(&process, arguments[1], &actions, NULL, arguments + 1, environ);
    if (errno != 0) err(127, "%s", arguments[1]);
    if (wait4(process, &status, 0, &usage) < 0) err(1, "wait4");
    int64_t wall = nanoseconds() - start;

    printf("%" PRId64 " %" PRId64 " %" PRId64 " %ld %d\n", wall, microseconds(usage.ru_utime),
           microseconds(usage.ru_stime), usage.ru_maxrss,
           WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 0;
}
