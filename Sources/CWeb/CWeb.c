#include "CWeb.h"

// #embed is of C23; the compiler knows it in every C.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char style[] = {
#embed "../Web/Assets/page.css"
};

static const unsigned char script[] = {
#embed "../Web/Assets/page.js"
};

const unsigned char *assay_web_style(size_t *byte_count) {
  *byte_count = sizeof style;
  return style;
}

const unsigned char *assay_web_script(size_t *byte_count) {
  *byte_count = sizeof script;
  return script;
}
