#ifndef CTAXONOMY_H
#define CTAXONOMY_H

#include <stddef.h>

// The standard definitions: the files of Events/taxonomy, each an array of events, in the order in
// which they are recorded. They are part of the program, so that an installed binary needs no other
// file. Returns NULL after the last file.
const unsigned char *assay_taxonomy_file(size_t index, size_t *byte_count);

// Elements of the public taxonomies, Events/taxonomy/elements.tsv: a heading, then a line each with its
// name, period type, balance, data type and label, and tabs between them.
const unsigned char *assay_taxonomy_elements(size_t *byte_count);

#endif
