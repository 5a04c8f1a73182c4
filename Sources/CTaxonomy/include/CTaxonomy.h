#ifndef CTAXONOMY_H
#define CTAXONOMY_H

#include <stddef.h>

// The standard definitions: the files of Events/taxonomy, one after the other, as event lines.
// They are part of the program, so that an installed binary needs no other file.
const unsigned char *assay_taxonomy_bytes(void);

// How many bytes there are.
size_t assay_taxonomy_byte_count(void);

#endif
