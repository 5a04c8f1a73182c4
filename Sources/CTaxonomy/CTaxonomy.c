#include "CTaxonomy.h"

// #embed is of C23; the compiler knows it in every C.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char us_gaap[] = {
#embed "../../Events/taxonomy/us-gaap.json"
};
static const unsigned char mine[] = {
#embed "../../Events/taxonomy/mine.json"
};
static const unsigned char statements[] = {
#embed "../../Events/taxonomy/statements.json"
};
static const unsigned char checks[] = {
#embed "../../Events/taxonomy/checks.json"
};

static const unsigned char elements[] = {
#embed "../../Events/taxonomy/elements.tsv"
};

const unsigned char *assay_taxonomy_elements(size_t *byte_count) {
  *byte_count = sizeof elements;
  return elements;
}

const unsigned char *assay_taxonomy_file(size_t index, size_t *byte_count) {
  switch (index) {
  case 0: *byte_count = sizeof us_gaap; return us_gaap;
  case 1: *byte_count = sizeof mine; return mine;
  case 2: *byte_count = sizeof statements; return statements;
  case 3: *byte_count = sizeof checks; return checks;
  default: *byte_count = 0; return NULL;
  }
}
