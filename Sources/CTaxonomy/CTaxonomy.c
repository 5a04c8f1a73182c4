#include "CTaxonomy.h"

// #embed is of C23; the compiler knows it in every C.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char taxonomy[] = {
#embed "../../Events/taxonomy/us-gaap.jsonl"
    ,
#embed "../../Events/taxonomy/mine.jsonl"
    ,
#embed "../../Events/taxonomy/statements.jsonl"
    ,
#embed "../../Events/taxonomy/checks.jsonl"
};

const unsigned char *assay_taxonomy_bytes(void) { return taxonomy; }

size_t assay_taxonomy_byte_count(void) { return sizeof taxonomy; }
