/* What libsodium itself takes: opens every box of a file, checks its padding, and hashes the value with its salt.
 *
 *   sealing_reference open KEYS BOXES COUNT      KEYS: 32 public and 32 private bytes; BOXES: boxes of 304 bytes
 *   sealing_reference speed SECONDS              seals and openings a second of one core
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BOX = 304, PADDED = 256 };

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static int open_all(const char *keys_path, const char *boxes_path, size_t count) {
    unsigned char keys[64], payload[PADDED], digest[16], *boxes = malloc(count * BOX);
    FILE *file = fopen(keys_path, "rb");
    if (!file || fread(keys, 1, sizeof keys, file) != sizeof keys) return 1;
    fclose(file);
    file = fopen(boxes_path, "rb");
    if (!file || !boxes || fread(boxes, BOX, count, file) != count) return 1;
    fclose(file);
    for (size_t index = 0; index < count; index++) {
        size_t length;
        if (crypto_box_seal_open(payload, boxes + index * BOX, BOX, keys, keys + 32) != 0) return 1;
        if (sodium_unpad(&length, payload, PADDED, 256) != 0) return 1;
        crypto_generichash_blake2b(digest, sizeof digest, payload + length - 24, 24, payload + length - 44, 16);
        sodium_memzero(payload, sizeof payload);
    }
    return 0;
}

static int speed(double seconds) {
    unsigned char public_key[32], private_key[32], payload[PADDED] = {0}, box[BOX];
    crypto_box_keypair(public_key, private_key);
    for (int opening = 0; opening < 2; opening++) {
        size_t count = 0;
        double start = now();
        while (now() - start < seconds) {
            for (int batch = 0; batch < 100; batch++, count++) {
                if (opening ? crypto_box_seal_open(payload, box, BOX, public_key, private_key)
                            : crypto_box_seal(box, payload, PADDED, public_key)) return 1;
            }
        }
        printf("%s %.0f\n", opening ? "openings" : "seals", count / (now() - start));
    }
    return 0;
}

int main(int count, char **arguments) {
    if (sodium_init() < 0) return 1;
    if (count == 5 && !strcmp(arguments[1], "open")) return open_all(arguments[2], arguments[3], atoi(arguments[4]));
    if (count == 3 && !strcmp(arguments[1], "speed")) return speed(atof(arguments[2]));
    return 64;
}
