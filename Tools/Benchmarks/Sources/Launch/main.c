// Runs a program and writes what the whole process took, as JSON, to a file:
//
//   Launch FILE [-q] PROGRAM [ARGUMENT...]    -q: its standard output is thrown away
//
// A small program does this, because a process counts the memory of the one that started it as its
// own until it has begun.

#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long nanoseconds(struct timespec time) {
  return (long long)time.tv_sec * 1000000000 + time.tv_nsec;
}

static long long processor(struct timeval time) {
  return (long long)time.tv_sec * 1000000000 + (long long)time.tv_usec * 1000;
}

int main(int count, char **arguments) {
  int first = count > 2 && strcmp(arguments[2], "-q") == 0 ? 3 : 2;
  if (count <= first) return 64;
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  pid_t child = vfork();
  if (child == 0) {
    if (first == 3) {
      int nothing = open("/dev/null", O_WRONLY);
      if (nothing >= 0) dup2(nothing, STDOUT_FILENO);
    }
    execv(arguments[first], arguments + first);
    _exit(127);
  }
  int status;
  struct rusage usage;
  if (child < 0 || wait4(child, &status, 0, &usage) != child) return 71;
  clock_gettime(CLOCK_MONOTONIC, &end);
  FILE *file = fopen(arguments[1], "w");
  if (file == NULL) return 73;
  fprintf(file, "{\"wall\":%lld,\"cpu\":%lld,\"memory\":%lld}\n",
          nanoseconds(end) - nanoseconds(start),
          processor(usage.ru_utime) + processor(usage.ru_stime), (long long)usage.ru_maxrss * 1024);
  fclose(file);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
