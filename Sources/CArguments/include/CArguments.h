#ifndef ROSTER_ARGUMENTS_H
#define ROSTER_ARGUMENTS_H

/// Returns the number of arguments that the process was started with, including the name of the program.
int roster_argument_count(void);

/// Returns the arguments, after which there is a null pointer.
char **roster_arguments(void);

#endif
