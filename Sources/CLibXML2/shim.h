// Debian's libxml2 includes the headers of its ICU, and Foundation carries an ICU of another version:
// a compiler that loads both refuses them, depending on the order of a first build. Only the layout of
// encoding handlers depends on ICU, and nothing here looks into one.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/SAX2.h>
#include <libxml/parser.h>
