// PCRE2 works on code units of 8, 16 or 32 bits; a message is UTF-8, so 8.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
