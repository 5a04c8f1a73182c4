#pragma once

#include <stddef.h>

/// The style sheet of the pages.
const unsigned char *assay_web_style(size_t *byte_count);

/// The script of the pages, an ECMAScript module.
const unsigned char *assay_web_script(size_t *byte_count);
