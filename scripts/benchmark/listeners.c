// Listens to the events of roster serve on many connections: the client of scripts/bench-http --listeners.
//
//     listeners PORT TOKEN COUNT latency ITEM    prints the latencies of each change until the end of standard input
//     listeners PORT TOKEN COUNT churn RATE      closes and reopens RATE streams a second until the end of standard input;
//                                                then prints each id that a stream has last, with the number of streams
//     listeners PORT TOKEN COUNT idle            only listens
//
// Prints "ready" once all streams have begun. A line of latencies has nanoseconds: the median, the 99th percentile and the
// largest time from a moment before the change was served until a stream has its event. That moment is the last response to
// ITEM without the change; it is requested again each quarter of a millisecond.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ID = 72, INPUT = UINT32_MAX, POLLER = UINT32_MAX - 1 };

struct stream {
    int socket;
    bool has_head;
    char id[ID];
    int64_t event_time;  // of the last event
    char tail[512];      // the end of what was received, in which an event is looked for
    size_t tail_length;
};

static int port, epoll;
static const char *token;
static struct stream *streams;
static uint32_t count, begun;
static uint32_t heard;       // the streams that have an event of the current change
static char body_tag[ID];    // of the last response to the poller
static int64_t last_old, new_time;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

static int connect_to_server(uint32_t key) {
    int one = 1, client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (client < 0 || connect(client, (struct sockaddr *)&address, sizeof address) != 0) err(1, "connect");
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = key};
    if (fcntl(client, F_SETFL, O_NONBLOCK) != 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, client, &event) != 0) err(1, "epoll");
    return client;
}

static void request(int client, const char *path, const char *field, const char *value) {
    char text[1024];
    int length = snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n%s%s\r\n\r\n",
                          path, token, field, value);
    if (write(client, text, length) != length) err(1, "write");
}

static void open_stream(uint32_t index) {
    struct stream *stream = &streams[index];
    stream->socket = connect_to_server(index);
    stream->has_head = false;
    stream->tail_length = 0;
    // A stream that has no id yet gets the current event at once.
    request(stream->socket, "/api/v1/events", "Last-Event-ID: ", stream->id);
}

// Finds the complete events in what a stream received, and keeps the rest.
static void read_events(struct stream *stream, const char *bytes, size_t length, int64_t time) {
    char text[sizeof stream->tail + 4096];
    memcpy(text, stream->tail, stream->tail_length);
    memcpy(text + stream->tail_length, bytes, length);
    size_t end = stream->tail_length + length, start = 0;
    if (!stream->has_head) {
        char *head = memmem(text, end, "\r\n\r\n", 4);
        if (head) {
            if (strncmp(text, "HTTP/1.1 200", 12) != 0) errx(1, "not 200: %.80s", text);
            stream->has_head = true;
            begun++;
            start = head + 4 - text;
        }
    }
    char *found;
    while (stream->has_head && (found = memmem(text + start, end - start, "\nid: sha256:", 12))) {
        char *done = memmem(found, text + end - found, "\n\n", 2);
        if (!done) break;
        memcpy(stream->id, found + 5, ID - 1);
        if (stream->event_time < last_old) heard++;
        stream->event_time = time;
        start = done + 2 - text;
    }
    stream->tail_length = end - start < sizeof stream->tail ? end - start : sizeof stream->tail;
    memcpy(stream->tail, text + end - stream->tail_length, stream->tail_length);
}

static void receive(uint32_t index) {
    struct stream *stream = &streams[index];
    char bytes[4096];
    ssize_t length = read(stream->socket, bytes, sizeof bytes);
    if (length < 0 && errno == EAGAIN) return;
    if (length <= 0) {
        // The server ends: every stream has to.
        close(stream->socket);
        stream->socket = -1;
        return;
    }
    read_events(stream, bytes, length, now());
}

static int compare(const void *one, const void *other) {
    int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
    return (a > b) - (a < b);
}

static void print_latencies(void) {
    int64_t *times = calloc(count, sizeof *times);
    for (uint32_t index = 0; index < count; index++) times[index] = streams[index].event_time - last_old;
    qsort(times, count, sizeof *times, compare);
    printf("%" PRId64 " %" PRId64 " %" PRId64 "\n", times[count / 2], times[(uint64_t)count * 99 / 100], times[count - 1]);
    fflush(stdout);
    free(times);
    heard = 0;
    new_time = 0;
}

// Reads the response to the poller, and returns whether there was one.
static bool read_poll(int client) {
    char bytes[8192];
    ssize_t length = read(client, bytes, sizeof bytes - 1);
    if (length <= 0) return false;
    bytes[length] = 0;
    char *tag = strstr(bytes, "ETag: \"");
    if (!tag) errx(1, "no ETag: %.200s", bytes);
    if (strncmp(body_tag, tag + 7, ID - 1) == 0) {
        if (!new_time) last_old = now();
    } else {
        memcpy(body_tag, tag + 7, ID - 1);
        if (last_old) new_time = now();
        else last_old = now();
    }
    return true;
}

static void poll_item(const char *path) {
    static int client = -1;
    static bool is_waiting;
    static int64_t next;
    if (client < 0) client = connect_to_server(POLLER);
    if (is_waiting && read_poll(client)) is_waiting = false;
    if (is_waiting || now() < next) return;
    next = now() + 250000;
    is_waiting = true;
    request(client, path, "X-From: ", "the poller");
}

static void reopen_some(double rate, int64_t since) {
    static int64_t reopened;
    int64_t due = (now() - since) * rate / 1e9;
    for (; reopened < due; reopened++) {
        uint32_t index = random() % count;
        if (streams[index].socket < 0 || !streams[index].has_head) continue;
        close(streams[index].socket);
        open_stream(index);
    }
}

static void print_ids(void) {
    for (uint32_t index = 0; index < count; index++) {
        uint32_t equal = 0, first = index;
        for (uint32_t other = 0; other < count; other++) {
            if (strcmp(streams[index].id, streams[other].id) != 0) continue;
            equal++;
            if (other < first) first = other;
        }
        if (first == index) printf("%s %u\n", streams[index].id, equal);
    }
}

int main(int argc, char **argv) {
    if (argc < 5) errx(64, "usage: listeners PORT TOKEN COUNT latency|churn|idle [ITEM|RATE]");
    port = atoi(argv[1]), token = argv[2], count = atoi(argv[3]);
    bool is_latency = strcmp(argv[4], "latency") == 0, is_churn = strcmp(argv[4], "churn") == 0;
    epoll = epoll_create1(EPOLL_CLOEXEC);
    streams = calloc(count, sizeof *streams);
    struct epoll_event input = {.events = EPOLLIN, .data.u32 = INPUT}, events[256];
    epoll_ctl(epoll, EPOLL_CTL_ADD, STDIN_FILENO, &input);
    for (uint32_t index = 0; index < count; index++) {
        if (is_churn) strcpy(streams[index].id, "none");
        open_stream(index);
    }
    bool is_ready = false, ends = false;
    int64_t start = now(), end = INT64_MAX;
    while (now() < end) {
        struct timespec pause = {.tv_nsec = is_latency && is_ready ? 250000 : 10000000};
        int found = epoll_pwait2(epoll, events, 256, &pause, NULL);
        for (int index = 0; index < found; index++) {
            uint32_t key = events[index].data.u32;
            if (key == INPUT) ends = true;
            else if (key < count) receive(key);
        }
        if (!is_ready && begun == count) {
            is_ready = true;
            puts("ready");
            fflush(stdout);
        }
        if (is_ready && is_latency) poll_item(argv[5]);
        if (is_ready && is_latency && heard == count && new_time) print_latencies();
        if (is_ready && is_churn && !ends) reopen_some(atof(argv[5]), start);
        // Streams that were opened last get their event.
        if (ends && end == INT64_MAX) end = now() + (is_churn ? 2000000000 : 0);
        if (ends) epoll_ctl(epoll, EPOLL_CTL_DEL, STDIN_FILENO, NULL);
    }
    if (is_churn) print_ids();
}
