"""Tests of scripts/prose: lines that it must flag and lines that it must let pass."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from texts import texts
from words import ALLOWED, FLAGGED, flagged, opening

BAD = [
    "Whoever asks gets a copy.",
    "The offset where the key stands.",
    "Its file says which one.",
    "How grave it is.",
    "A value that is no number.",
    "The bytes are none of ours, since there are so many.",
    "The characters behind the prefix.",
    "Written anew, once more, and for good.",
    "What there was to compare.",
    "Handed over to the writer.",
    "It is taken for a key.",
    "Nobody can mend it.",
    "The value is another one.",
    "Nil where it has none.",
]

GOOD = [
    "Returns the offset of the key.",
    "The server is behind a reverse proxy.",
    "There is no such file, and there are none to come.",
    "It is no longer than the limit, and no more is read.",
    "The branch is three commits behind main.",
    "JSON stands for JavaScript Object Notation.",
    "The standard library and a stand-alone program.",
    "Reads all lines at a time, not all at once.",
    "Did you mean the other? It is meant to be read.",
]

SWIFT = r'''
/// The position, which is
/// no offset.
let mended = "plain words" // says so
let url = "http://example.com/says so" + #"a \#(name("so many")) stands"#
/* two
   lines behind */
/// What it is.
@Test("stands still")
func standsStill() {}
let text = """
    He said "this" \(value
        .joined()) anew
    """
'''


class ProseTests(unittest.TestCase):
    def test_flags_each_bad_line(self):
        for line in BAD:
            self.assertTrue(flagged(line), line)

    def test_lets_each_good_line_pass(self):
        for line in GOOD:
            self.assertEqual(flagged(line), [], line)

    def test_each_entry_has_a_reason(self):
        for entry, reason in [*FLAGGED.items(), *ALLOWED.items()]:
            self.assertTrue(reason, entry)

    def test_finds_a_phrase_across_the_line_end_of_a_comment(self):
        self.assertEqual([words for _, words, _ in flagged("/// a value that is\n    /// no number")], ["is no"])

    def test_finds_openings(self):
        self.assertEqual(opening(" Whether it is."), "Whether")
        self.assertIsNone(opening(" Whatsoever it is."))
        self.assertIsNone(opening(" Returns whether it is."))

    def test_takes_a_swift_file_apart(self):
        found = [(text.kind, text.line, " ".join(text.text.split())) for text in texts("a.swift", SWIFT)]
        expected = [
            ("doc", 2, "/// The position, which is /// no offset."),
            ("comment", 4, "// says so"),
            ("comment", 6, "/* two lines behind */"),
            ("doc", 8, "/// What it is."),
            ("message", 4, "plain words"),
            ("message", 5, "http://example.com/says so"),
            ("message", 5, "a … stands"),
            ("name", 9, "stands still"),
            ("message", 11, 'He said "this" … anew'),
            ("name", 4, "mended"),
            ("name", 5, "url"),
            ("name", 10, "stands Still"),
            ("name", 11, "text"),
        ]
        self.assertEqual(found, expected)

    def test_finds_labels_of_parameters(self):
        source = "func f(beside rows: [Int], _ so: (a: Int, b: Int),\n    inFront: Int) { g(behind: 1) }\n"
        names = [(text.line, text.text) for text in texts("a.swift", source) if text.kind == "name"]
        self.assertEqual(names, [(1, "f"), (1, "beside rows"), (1, "_ so"), (1, "b"), (2, "in Front")])

    def test_skips_code_in_pages(self):
        page = "Text\n\n```\nit stands\n```\n\n- `says` and [a link](stands.md)\n"
        self.assertEqual([flagged(text.text) for text in texts("a.md", page)], [[], []])

    def test_reads_comments_and_docstrings_of_python(self):
        source = '"""What it is."""\n\n\ndef stands():\n    # says so\n    return "#stands"\n'
        found = [(text.kind, text.line, text.text) for text in texts("a.py", source)]
        self.assertEqual(found, [("doc", 1, "///What it is."), ("comment", 5, "# says so"), ("name", 4, "stands")])

    def test_reads_comments_of_shell(self):
        found = [text.text for text in texts("run", "#!/bin/sh\n# Stands\necho 'a#b' # says\n")]
        self.assertEqual(found, ["# Stands", "# says"])

    def test_exits_with_one_for_a_bad_file_and_zero_for_a_good_one(self):
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder, "page.md")
            for text, code in [("It stands here.\n", 1), ("It is here.\n", 0)]:
                page.write_text(text)
                run = [sys.executable, "-B", str(Path(__file__).with_name("prose.py")), folder]
                self.assertEqual(subprocess.run(run, capture_output=True).returncode, code, text)


if __name__ == "__main__":
    unittest.main()
