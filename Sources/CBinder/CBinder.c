#include "CBinder.h"

// #embed is of C23; the compiler knows it in every C.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char verifier[] = {
#embed "../../Tools/verify-proof"
};

static const unsigned char proofs[] = {
#embed "../Web/Assets/page.js"
};

static const unsigned char script[] = {
#embed "../Reports/Binder/verify.js"
};

const unsigned char *assay_binder_verifier(size_t *byte_count) {
  *byte_count = sizeof verifier;
  return verifier;
}

const unsigned char *assay_binder_proofs(size_t *byte_count) {
  *byte_count = sizeof proofs;
  return proofs;
}

const unsigned char *assay_binder_script(size_t *byte_count) {
  *byte_count = sizeof script;
  return script;
}
