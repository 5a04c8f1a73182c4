#include <zlib.h>

// inflateInit2 is a macro that Swift does not see.
static inline int assay_inflate_init_raw(z_stream *stream) { return inflateInit2(stream, -MAX_WBITS); }
