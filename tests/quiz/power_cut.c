/* Loaded into a server, keeps beside each file of a folder what of it is surely on disk: its content when it was last synced.

   What was written and not synced may be lost when the power fails; here it is lost always. QUIZ_FILES names the folder whose files
   are kept, QUIZ_DISK the folder where. A copy takes its name only when it is whole, so that a kill leaves the one before. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void keep(int file) {
    const char *files = getenv("QUIZ_FILES"), *disk = getenv("QUIZ_DISK");
    char link[64], path[PATH_MAX], draft[PATH_MAX + 8], kept[PATH_MAX], block[1 << 16];
    if (!files || !disk) return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return;
    path[length] = 0;
    const char *name = strrchr(path, '/') + 1;
    if (strncmp(path, files, strlen(files)) || strstr(name, ".secret")) return;
    snprintf(kept, sizeof kept, "%s/%s", disk, name);
    snprintf(draft, sizeof draft, "%s.draft", kept);
    struct stat about;
    int in = open(path, O_RDONLY), out;
    if (in < 0 || fstat(in, &about)) abort();
    if (!S_ISREG(about.st_mode)) { close(in); return; }
    out = open(draft, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (out < 0) abort();
    off_t at = 0;
    ssize_t part;
    while ((part = pread(in, block, sizeof block, at)) > 0) {
        if (write(out, block, part) != part) abort();
        at += part;
    }
    if (part < 0 || close(in) || close(out) || rename(draft, kept)) abort();
}

int fsync(int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    int result = real(file);
    if (!result) keep(file);
    return result;
}

int fdatasync(int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    int result = real(file);
    if (!result) keep(file);
    return result;
}
