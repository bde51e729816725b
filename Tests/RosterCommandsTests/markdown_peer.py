"""Renders a comment with GitHub's implementation of Markdown, and describes the result.

Reads Markdown; prints as JSON the tags, the links, the visible text outside of code, the text inside of code, and each
table's rows as lists of cells.
"""

import html.parser
import json
import sys

import cmarkgfm
from cmarkgfm.cmark import Options


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.links, self.plain, self.code, self.tables = set(), [], [], [], []
        self.depth = 0
        self.comments = []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        attributes = dict(attributes)
        self.links += [attributes[name] for name in ("href", "src") if name in attributes]
        if tag == "code":
            self.depth += 1
        elif tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag):
        if tag == "code":
            self.depth -= 1

    def handle_comment(self, text):
        self.comments.append(text)

    def handle_data(self, text):
        (self.code if self.depth else self.plain).append(text)
        if self.tables and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1] += text


def rows(table):
    return [[cell.strip() for cell in row] for row in table]


page = Page()
page.feed(cmarkgfm.github_flavored_markdown_to_html(sys.stdin.read(), Options.CMARK_OPT_UNSAFE))
print(
    json.dumps(
        {
            "tags": sorted(page.tags),
            "links": page.links,
            "plain": "".join(page.plain),
            "code": page.code,
            "tables": [rows(table) for table in page.tables],
            "comments": page.comments,
        }
    )
)
