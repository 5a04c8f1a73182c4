#pragma once

#include <stddef.h>

/// The pages of `Sources/Manual/commands`, one after the other.
const unsigned char *assay_manual_bytes(void);

/// How many bytes they have.
size_t assay_manual_byte_count(void);
