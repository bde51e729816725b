"""Tests of what people come for, in Chromium, with and without scripts.

    python3 -m unittest discover --start-directory Tests/Browsing
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse
from pathlib import Path

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import repositories
from browser import console_of, copied, main_text, open_browser, requests_of, set_window, wait_for_text, wait_until
from served_example import Server

TASKS = [
    # What a person asks, the repository, the texts of what is clicked, and what is read then.
    ("where does the key of acme/gpt-4o go", "example", ["acme/gpt-4o"],
     "is sent to\nhttps://eu.api.openai.com/v1/chat/completions"),
    ("what retires this quarter", "hundred", ["Retiring this quarter"], "11 of 100 providers"),
    ("a snippet for Python", "example", ["acme/gpt-4o", "Python"], "from openai import OpenAI"),
    ("who changed the model last", "example", ["acme/gpt-4o"], "2026-11-29 Grace Example"),
    ("why is my change not live", "broken", ["Why?"], '"antropic" is not a provider slug'),
]


class Tasks(unittest.TestCase):
    """Each question is answered in at most three clicks from the list."""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="roster-browsing-"))
        cls.repositories = {
            "example": repositories.example(cls.folder / "example"),
            "hundred": repositories.hundred(cls.folder / "hundred"),
        }
        cls.repositories["broken"], break_it = repositories.broken(cls.folder / "broken")
        cls.servers = {name: Server(repository.folder) for name, repository in cls.repositories.items()}
        break_it()
        cls.browsers = {"on": open_browser(), "off": open_browser(scripts=False)}

    @classmethod
    def tearDownClass(cls):
        for browser in cls.browsers.values():
            browser.quit()
        for server in cls.servers.values():
            server.close()
        shutil.rmtree(cls.folder)

    def wait(self, browser, text):
        """Waits until the page has a text; loads it again, since history is read aside from requests."""
        for _ in range(100):
            if text in main_text(browser):
                return
            time.sleep(0.1)
            browser.refresh()
        self.assertIn(text, main_text(browser))

    def click(self, browser, text):
        found = [
            element for element in browser.find_elements(By.CSS_SELECTOR, "a, summary, button") if text in element.text
        ]
        self.assertTrue(found, f"nothing to click with the text {text}: {main_text(browser)[:2000]}")
        # As people scroll until they see it.
        found[0].send_keys(Keys.ENTER) if found[0].tag_name == "summary" else found[0].click()

    def test_each_question_takes_at_most_three_clicks(self):
        self.wait_for_refusal()
        for scripts, browser in self.browsers.items():
            set_window(browser, 1280)
            for question, name, clicks, answer in TASKS:
                with self.subTest(question, scripts=scripts):
                    self.assertLessEqual(len(clicks), 3)
                    browser.get(self.servers[name].url + "/")
                    for text in clicks:
                        self.click(browser, text)
                    self.wait(browser, answer) if clicks == ["acme/gpt-4o"] else wait_for_text(browser, answer)

    def wait_for_refusal(self):
        browser = self.browsers["off"]
        browser.get(self.servers["broken"].url + "/")
        self.wait(browser, "A newer revision is not served")

    def test_scripts_add_copying_and_filtering(self):
        browser = self.browsers["on"]
        browser.get(self.servers["example"].url + "/")
        browser.find_element(By.CSS_SELECTOR, "input[type=search]").send_keys("CLAUDE")
        shown = [row for row in browser.find_elements(By.CSS_SELECTOR, ".list tbody tr") if row.is_displayed()]
        self.assertEqual(len(shown), 2)
        self.assertIn("2 of the 10 rows", browser.find_element(By.ID, "found").text)
        browser.get(self.servers["example"].url + "/p/acme/gpt-4o")
        self.assertGreater(len(browser.find_elements(By.CSS_SELECTOR, ".code button")), 5)
        browser.get(self.servers["example"].url + "/p/acme/claude")
        self.assertEqual(console_of(browser), [])

    def test_git_applies_a_copied_patch(self):
        browser, server = self.browsers["on"], self.servers["example"]
        for name, model in [("gpt-4o", "gpt-5.4"), ("claude", "claude-opus-5"), ("claude", "a: 'b' # \"c\" <d> & e")]:
            with self.subTest(name, model=model):
                browser.get(f"{server.url}/p/acme/{name}?" + urllib.parse.urlencode({"model": model}))
                patch = copied(browser, "the patch")
                self.assertEqual(console_of(browser), [])
                copy = repositories.Repository(self.folder / f"{name}-{len(model)}")
                shutil.copytree(self.repositories["example"].folder, copy.folder, dirs_exist_ok=True)
                subprocess.run(
                    ["git", "apply", "--whitespace=error-all", "-"], input=patch, cwd=copy.folder, check=True, text=True)
                shown = json.loads(copy.roster("provider", "show", f"acme/{name}", "--format", "json"))
                self.assertEqual(shown["defaultModel"], model)

    def test_the_search_works_without_scripts(self):
        browser = self.browsers["off"]
        browser.get(self.servers["hundred"].url + "/")
        self.assertFalse(browser.find_elements(By.CSS_SELECTOR, ".code button"))
        search = browser.find_element(By.CSS_SELECTOR, "input[type=search]")
        search.send_keys("claude-bedrock", Keys.ENTER)
        wait_for_text(browser, "1 of 100 providers")
        self.click(browser, "Clear")
        wait_for_text(browser, "100 providers in 2 projects")
        self.click(browser, "Model")
        models = [cell.text for cell in browser.find_elements(By.CSS_SELECTOR, ".list bdi[data-v]")]
        self.assertEqual(len(models), 100)
        self.assertEqual(models, sorted(models))

    def test_a_page_follows_the_registry(self):
        browser = self.browsers["on"]
        repository = repositories.example(self.folder / "changing")
        server = Server(repository.folder)
        try:
            browser.get(server.url + "/")
            time.sleep(0.5)
            repository.replace("providers/acme/claude.yaml", "Claude for support", "Claude for search")
            for _ in range(100):
                if browser.find_element(By.ID, "live").text:
                    break
                time.sleep(0.1)
            self.assertIn("A newer registry is served.", browser.find_element(By.ID, "live").text)
            self.click(browser, "Load it")
            wait_for_text(browser, "Claude for search")
        finally:
            browser.get("about:blank")
            server.close()

    def test_a_first_view_takes_three_requests(self):
        browser = self.browsers["on"]
        browser.execute_cdp_cmd("Network.clearBrowserCache", {})
        requests_of(browser)
        browser.get(self.servers["hundred"].url + "/")
        kinds = []

        def has_all():
            # The icon and the stream follow the page.
            kinds.extend(url for url in requests_of(browser) if not url.endswith(".svg") and "/events" not in url)
            return len(kinds) >= 3

        wait_until(has_all)
        time.sleep(0.5)
        has_all()
        self.assertEqual(len(kinds), 3, kinds)


if __name__ == "__main__":
    sys.exit(unittest.main())
