"""Prints the variables of .env files as python-dotenv reads them.

Reads a JSON list of texts from standard input, and prints a JSON list of lists of names and values; a value is null for a
name alone. References to the variables of the process are not resolved, since it has none.
"""

import io
import json
import logging
import os
import sys

from dotenv import dotenv_values

logging.disable(logging.CRITICAL)
os.environ.clear()
json.dump([list(dotenv_values(stream=io.StringIO(text, newline="")).items()) for text in json.load(sys.stdin)], sys.stdout)
