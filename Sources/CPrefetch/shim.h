// Asks the processor to fetch what lies there: it is read soon. Any address will do.
static inline void assay_prefetch(const void *address) { __builtin_prefetch(address); }
