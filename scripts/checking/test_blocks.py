"""Tests of scripts/pages: which blocks are found, which pages are refused, and what a failing block reports."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

from blocks import PageError, blocks, matches, session

PAGE = pathlib.Path("Page.md")
PROGRAM = pathlib.Path(__file__).with_name("pages.py")


def fence(language, text, *comments):
    return "".join(f"<!-- {comment} -->\n" for comment in comments) + f"```{language}\n{text}\n```\n"


class BlockTests(unittest.TestCase):
    def test_reads_directives_before_a_block(self):
        text = "text\n" + fence("sh", "roster check", "in an empty folder", "exit code 1") + fence("yaml", "a: 1", "file: a/b.yaml")
        first, second = blocks(PAGE, text)
        self.assertEqual((first.line, first.place, first.code, first.text), (4, "an empty folder", "1", "roster check\n"))
        self.assertEqual((second.file, second.is_run), ("a/b.yaml", True))

    def test_forgets_a_comment_that_text_follows(self):
        [block] = blocks(PAGE, "<!-- exit code 1 -->\ntext\n\n" + fence("sh", "true"))
        self.assertEqual(block.code, "0")

    def test_refuses_what_a_reader_could_not_run(self):
        refused = {
            "a block without a language": fence("", "roster check"),
            "an unknown language": fence("shell", "roster check"),
            "a directive with a typing error": fence("sh", "true", "not run needs GitHub"),
            "a directive that is given twice": fence("sh", "true", "exit code 1", "exit code 2"),
            "an exit code of data": fence("yaml", "a: 1", "exit code 1"),
            "an exit code of a block that is not run": fence("sh", "true", "not run: needs GitHub", "exit code 1"),
            "a block that is not closed": "```sh\ntrue\n",
            "commands in a block of text": fence("text", "git clone https://example.com/a"),
        }
        for name, text in refused.items():
            with self.subTest(name), self.assertRaises(PageError):
                blocks(PAGE, text)

    def test_compares_output_with_gaps(self):
        [block] = blocks(PAGE, fence("console", "$ echo one \\\n> two\none two\n$ true"))
        self.assertEqual(session(block), [("echo one \\\ntwo", ["one two"]), ("true", [])])
        self.assertTrue(matches(["id rk_…", "…", "end"], "id rk_12ab\na\nb\nend\n"))
        self.assertTrue(matches(["…"], ""))
        self.assertFalse(matches(["end"], "end\nmore\n"))
        self.assertFalse(matches([], "more\n"))


class RunTests(unittest.TestCase):
    def run_page(self, text):
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder) / "Page.md"
            page.write_text(text)
            command = [sys.executable, "-B", str(PROGRAM), "--roster", "/bin/true", str(page)]
            return subprocess.run(command, capture_output=True, text=True, timeout=60)

    def test_keeps_the_state_of_the_shell(self):
        text = fence("sh", "cd ..\nexport A=1", "in an empty folder") + fence("sh", "test $A = 1 && test ! -e page && roster")
        run = self.run_page(text)
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertIn("2 command blocks of 1 pages ran", run.stdout)

    def test_reports_a_command_that_fails_in_the_middle(self):
        run = self.run_page(fence("sh", "false\ntrue", "in an empty folder"))
        self.assertEqual(run.returncode, 1)
        self.assertIn("exit code 1: false", run.stderr)

    def test_reports_a_missing_failure_and_another_output(self):
        self.assertIn("exit code 0, not 1", self.run_page(fence("sh", "true", "in an empty folder", "exit code 1")).stderr)
        run = self.run_page(fence("console", "$ echo b\na", "in an empty folder"))
        self.assertIn("another output", run.stderr)

    def test_types_an_answer_at_each_hidden_prompt(self):
        commands = "for i in 1 2 3; do read -rsp 'key: ' key < /dev/tty; echo; test \"$key\" = 'a b'; done"
        text = fence("sh", commands, "in an empty folder", "typed: a b")
        self.assertEqual(self.run_page(text).returncode, 0)

    def test_counts_what_cannot_run(self):
        text = fence("sh", "true", "in an empty folder") + fence("sh", "false", "not run: needs GitHub")
        self.assertIn("1 needs GitHub: Page.md:6", self.run_page(text).stdout)
        self.assertEqual(self.run_page(fence("sh", "false", "not run: needs GitHub")).returncode, 1)


if __name__ == "__main__":
    unittest.main()
