#ifndef ROSTER_SHA256_H
#define ROSTER_SHA256_H

#include <stddef.h>
#include <stdint.h>

/// Returns whether the processor has instructions for SHA-256.
int roster_sha256_is_supported(void);

/// Updates a SHA-256 state (FIPS 180-4, section 6.2) with blocks of 64 bytes.
///
/// Call it only where `roster_sha256_is_supported` returns 1.
void roster_sha256_update(uint32_t state[8], const uint8_t *blocks, size_t count);

#endif
