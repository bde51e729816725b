// The yardstick of scripts/bench: the least that a program which turns a Roster repository into JSON has to do.
//
//     reference [-t THREADS] [-o FILE] [DIR]
//
// It lists providers/* and secrets/*, opens, reads and closes every .yaml file in them and roster.yaml, parses each with
// libyaml and writes one line of JSON a file. It checks no rule, resolves no reference, sorts nothing and keeps no place:
// what Roster costs beyond it is the price of those. Threads take whole folders from one list, so that they share nothing
// but a counter, and each appends to a buffer of its own.

#define _GNU_SOURCE
#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml.h>

enum { maximum_depth = 64, maximum_threads = 256 };

struct buffer {
    char *bytes;
    size_t length, capacity;
};

struct worker {
    pthread_t thread;
    struct buffer input, output;
};

static int top;         // the repository's folder
static char **folders;  // "providers/acme", "secrets/acme", …
static size_t folder_count;
static atomic_size_t next_folder;

static inline char *reserve(struct buffer *buffer, size_t extra) {
    if (buffer->capacity - buffer->length < extra) {
        size_t capacity = buffer->capacity ? buffer->capacity : 1 << 16;
        while (capacity - buffer->length < extra) capacity *= 2;
        buffer->bytes = realloc(buffer->bytes, capacity);
        if (!buffer->bytes) err(1, "realloc");
        buffer->capacity = capacity;
    }
    return buffer->bytes + buffer->length;
}

static inline void append(struct buffer *buffer, const void *bytes, size_t length) {
    memcpy(reserve(buffer, length), bytes, length);
    buffer->length += length;
}

static inline void append_byte(struct buffer *buffer, char byte) {
    *reserve(buffer, 1) = byte;
    buffer->length++;
}

static void append_string(struct buffer *buffer, const unsigned char *text, size_t length) {
    static const char hex[] = "0123456789abcdef";
    char *out = reserve(buffer, 6 * length + 2);
    *out++ = '"';
    for (size_t i = 0; i < length; i++) {
        unsigned char c = text[i];
        if (c >= 0x20 && c != '"' && c != '\\') {
            *out++ = (char)c;
        } else if (c >= 0x20) {
            *out++ = '\\';
            *out++ = (char)c;
        } else if (c == '\n') {
            *out++ = '\\';
            *out++ = 'n';
        } else {
            memcpy(out, "\\u00", 4);
            out[4] = hex[c >> 4];
            out[5] = hex[c & 15];
            out += 6;
        }
    }
    *out++ = '"';
    buffer->length = (size_t)(out - buffer->bytes);
}

static const unsigned char *skip_digits(const unsigned char *text) {
    while (*text >= '0' && *text <= '9') text++;
    return text;
}

// Whether a plain scalar, which libyaml ends with a NUL, can stand in JSON as it is: a number, true, false or null.
static bool is_json_literal(const unsigned char *text, size_t length) {
    const char *word = (const char *)text;
    switch (*text) {
    case 't': return length == 4 && !memcmp(word, "true", 4);
    case 'f': return length == 5 && !memcmp(word, "false", 5);
    case 'n': return length == 4 && !memcmp(word, "null", 4);
    case '-': case '0' ... '9': break;
    default: return false;
    }
    const unsigned char *end = text + length;
    if (*text == '-') text++;
    const unsigned char *digits = text;
    text = skip_digits(text);
    if (text == digits || (*digits == '0' && text - digits > 1)) return false;
    if (*text == '.') {
        digits = ++text;
        text = skip_digits(text);
        if (text == digits) return false;
    }
    if (*text == 'e' || *text == 'E') {
        text++;
        if (*text == '+' || *text == '-') text++;
        digits = text;
        text = skip_digits(text);
        if (text == digits) return false;
    }
    return text == end;
}

static void append_yaml(struct buffer *output, const char *text, size_t length, const char *folder, const char *name) {
    struct { bool mapping; unsigned items; } levels[maximum_depth] = {{false, 0}};
    unsigned depth = 0;
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) errx(1, "yaml_parser_initialize");
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, length);

    for (bool done = false; !done;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            errx(1, "%s/%s:%zu: %s", folder, name, parser.problem_mark.line + 1, parser.problem);
        }
        bool starts_node = event.type == YAML_SCALAR_EVENT || event.type == YAML_SEQUENCE_START_EVENT
            || event.type == YAML_MAPPING_START_EVENT;
        bool is_key = false;
        if (starts_node && depth > 0) {
            unsigned item = levels[depth].items++;
            is_key = levels[depth].mapping && item % 2 == 0;
            if (item > 0) append_byte(output, levels[depth].mapping && !is_key ? ':' : ',');
        }
        switch (event.type) {
        case YAML_SCALAR_EVENT: {
            const unsigned char *value = event.data.scalar.value;
            size_t size = event.data.scalar.length;
            bool plain = event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
            if (plain && !is_key && is_json_literal(value, size)) append(output, value, size);
            else if (plain && !is_key && size == 0) append(output, "null", 4);
            else append_string(output, value, size);
            break;
        }
        case YAML_SEQUENCE_START_EVENT:
        case YAML_MAPPING_START_EVENT: {
            bool mapping = event.type == YAML_MAPPING_START_EVENT;
            if (++depth == maximum_depth) errx(1, "%s/%s: nested too deep", folder, name);
            levels[depth].mapping = mapping;
            levels[depth].items = 0;
            append_byte(output, mapping ? '{' : '[');
            break;
        }
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT:
            append_byte(output, levels[depth--].mapping ? '}' : ']');
            break;
        case YAML_ALIAS_EVENT:
            errx(1, "%s/%s: an alias", folder, name);
        case YAML_STREAM_END_EVENT:
            done = true;
            break;
        default:
            break;
        }
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

static void convert_file(struct worker *worker, int parent, const char *folder, const char *name) {
    int file = openat(parent, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) err(1, "%s/%s", folder, name);
    struct stat status;
    if (fstat(file, &status) != 0) err(1, "%s/%s", folder, name);
    if (!S_ISREG(status.st_mode)) errx(1, "%s/%s: not a regular file", folder, name);

    size_t size = (size_t)status.st_size;
    ssize_t count = read(file, reserve(&worker->input, size), size);
    if (count < 0 || (size_t)count != size) err(1, "%s/%s", folder, name);
    close(file);

    append(&worker->output, "{\"path\":\"", 9);
    append(&worker->output, folder, strlen(folder));
    append_byte(&worker->output, '/');
    append(&worker->output, name, strlen(name));
    append(&worker->output, "\",\"value\":", 10);
    append_yaml(&worker->output, worker->input.bytes, size, folder, name);
    append(&worker->output, "}\n", 2);
}

static bool is_yaml_name(const char *name) {
    size_t length = strlen(name);
    return length > 5 && !memcmp(name + length - 5, ".yaml", 5);
}

static DIR *open_folder(const char *path) {
    int folder = openat(top, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *stream = folder < 0 ? NULL : fdopendir(folder);
    if (!stream) err(1, "%s", path);
    return stream;
}

static void *work(void *argument) {
    struct worker *worker = argument;
    for (size_t i; (i = atomic_fetch_add_explicit(&next_folder, 1, memory_order_relaxed)) < folder_count;) {
        DIR *folder = open_folder(folders[i]);
        for (struct dirent *entry; (entry = readdir(folder));) {
            if (is_yaml_name(entry->d_name)) convert_file(worker, dirfd(folder), folders[i], entry->d_name);
        }
        closedir(folder);
    }
    return NULL;
}

static void list_folders(const char *parent) {
    DIR *stream = open_folder(parent);
    for (struct dirent *entry; (entry = readdir(stream));) {
        if (entry->d_name[0] == '.') continue;
        if ((folder_count & (folder_count + 1)) == 0) {
            folders = realloc(folders, (2 * folder_count + 2) * sizeof *folders);
            if (!folders) err(1, "realloc");
        }
        if (asprintf(&folders[folder_count++], "%s/%s", parent, entry->d_name) < 0) err(1, "asprintf");
    }
    closedir(stream);
}

static void write_all(int file, const struct buffer *buffer) {
    for (size_t written = 0; written < buffer->length;) {
        ssize_t count = write(file, buffer->bytes + written, buffer->length - written);
        if (count < 0) err(1, "write");
        written += (size_t)count;
    }
}

int main(int argument_count, char **arguments) {
    static struct worker workers[maximum_threads];
    int thread_count = 1, output = STDOUT_FILENO;
    const char *output_path = NULL;
    for (int option; (option = getopt(argument_count, arguments, "t:o:")) != -1;) {
        if (option == 't') thread_count = atoi(optarg);
        else if (option == 'o') output_path = optarg;
        else return 64;
    }
    if (thread_count < 1 || thread_count > maximum_threads) errx(64, "threads: 1 to %d", maximum_threads);
    const char *repository = optind < argument_count ? arguments[optind] : ".";
    top = open(repository, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (top < 0) err(1, "%s", repository);

    list_folders("providers");
    list_folders("secrets");
    for (int i = 1; i < thread_count; i++) {
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0) errx(1, "pthread_create");
    }
    convert_file(&workers[0], top, ".", "roster.yaml");
    work(&workers[0]);
    for (int i = 1; i < thread_count; i++) pthread_join(workers[i].thread, NULL);

    if (output_path) {
        output = open(output_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
        if (output < 0) err(1, "%s", output_path);
    }
    for (int i = 0; i < thread_count; i++) write_all(output, &workers[i].output);
    return 0;
}
