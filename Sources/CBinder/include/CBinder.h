#pragma once

#include <stddef.h>

/// The program that checks proofs with nothing but Python's standard library.
const unsigned char *assay_binder_verifier(size_t *byte_count);

/// The functions by which a browser checks proofs, an ECMAScript module.
const unsigned char *assay_binder_proofs(size_t *byte_count);

/// What the page of a binder does with them, a part of the same module.
const unsigned char *assay_binder_script(size_t *byte_count);
