#include <sys/syscall.h>

// Declared here and not included, so that no declaration of the C library is found in two modules.
extern long syscall(long number, ...);

// renameat2(2) with RENAME_NOREPLACE from the current folder (AT_FDCWD), which the C library declares for
// GNU sources only. Returns 0, or -1 and sets errno.
static inline int assay_rename_without_replacing(const char *from, const char *to) {
  return (int)syscall(SYS_renameat2, -100, from, -100, to, 1U);
}

// Locks of open files (fcntl(2)), declared for GNU sources only.
static const int ASSAY_F_OFD_GETLK = 36;
static const int ASSAY_F_OFD_SETLK = 37;

// How many bytes a pipe holds (fcntl(2)), declared for GNU sources only.
static const int ASSAY_F_GETPIPE_SZ = 1032;
