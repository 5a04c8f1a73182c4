#pragma once

#include <stddef.h>

/// The pages of `Sources/Manual/commands`, one after the other.
const unsigned char *assay_manual_bytes(void);

/// How many bytes they have.
size_t assay_manual_byte_count(void);

/// Where the page ends that begins at `start`: at the heading of the next, or at the end of them all.
size_t assay_manual_page_end(size_t start);
