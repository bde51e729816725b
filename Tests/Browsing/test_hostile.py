"""Tests of pages with hostile values, in Chromium: nothing runs, nothing leaves, nothing breaks out."""

import json
import shutil
import tempfile
import unittest
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import repositories
from browser import console_of, open_browser, requests_of
from served_example import Server

# Counts what markup could have added. A page has one script, and no other element that loads or runs something.
FOUND = """
    const all = [...document.querySelectorAll("*")];
    return {
        scripts: document.scripts.length,
        loading: document.querySelectorAll("img, iframe, svg, object, embed, base, style, video, audio, meta[http-equiv]").length,
        handlers: all.filter((one) => [...one.attributes].some((other) => /^on|^style$|^srcdoc$/.test(other.name))).length,
        links: [...document.links].filter((one) => !["http:", "https:"].includes(one.protocol)).map((one) => one.href),
        outside: [...document.links].filter((one) => one.host !== location.host && !/noopener/.test(one.rel)).map((one) => one.href),
        forms: [...document.forms].filter((one) => new URL(one.action).origin !== location.origin).length,
        ran: typeof window.pwned,
        violations: window.violations,
    };
"""
# Before any script of a page.
WATCH = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
"""
NOTHING = {"scripts": 1, "loading": 0, "handlers": 0, "links": [], "outside": [], "forms": 0, "ran": "undefined", "violations": []}


class HostileValues(unittest.TestCase):
    """Pages of 500 records with markup in every field."""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="roster-browsing-"))
        cls.repository = repositories.hostile(cls.folder / "hostile")
        cls.server = Server(cls.repository.folder)
        cls.browser = open_browser()
        cls.browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()
        cls.server.close()
        shutil.rmtree(cls.folder)

    def crawl(self, paths, is_bypassing):
        """Opens pages, with or without the policy, and checks what they contain and requested."""
        browser = self.browser
        browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": is_bypassing})
        for path in paths:
            browser.get(self.server.url + path)
            found = browser.execute_script(FOUND)
            self.assertEqual(found, NOTHING, path)
        console = console_of(browser)
        self.assertEqual(console, [])
        host = urlsplit(self.server.url).netloc
        others = {url for url in requests_of(browser) if urlsplit(url).netloc not in (host, "")}
        self.assertEqual(others, set())

    def records(self):
        with urllib.request.urlopen(self.server.url + "/api/v1/ai-providers?include=handle") as response:
            return json.load(response)

    def test_nothing_breaks_out_of_any_page(self):
        records = self.records()
        self.assertEqual(len(records), 510)
        lists = [f"/?page={page}" for page in range(1, 7)] + [
            "/?q=%3Cscript%3E", "/?project=%22%3E%3Cscript%3E", "/?host=%27%20onload=x", "/?provider=%3C/option%3E",
            "/?sort=%22%3E", "/?q=" + "%22%3E%3Cimg%20src=x%20onerror=pwned=1%3E",
        ]
        pages = [f"/p/{record['handle']}" for record in records]
        # Half of the records without the policy, so that the escaping is not hidden by it.
        self.crawl(lists + pages[::2], is_bypassing=True)
        self.crawl(lists + pages[1::2] + ["/status.html"], is_bypassing=False)
        changes = [f"{page}?model=%3Cscript%3Epwned=1%3C/script%3E%27%22%0A$(touch%20pwned)" for page in pages[:20]]
        self.crawl(changes, is_bypassing=True)

    def test_values_are_shown_as_they_are(self):
        for record in self.records()[:150]:
            self.browser.get(f"{self.server.url}/p/{record['handle']}")
            shown = self.browser.execute_script("""
                return [document.querySelector(".sub bdi").textContent,
                    document.querySelector(".facts code bdi").textContent, document.querySelector("h1").textContent]
            """)
            self.assertEqual(shown, [record["name"], record["defaultModel"], record["handle"]])

    def test_the_status_shows_hostile_lines(self):
        repository = repositories.Repository(self.folder / "refused")
        shutil.copy(self.repository.folder / "roster.yaml", repository.folder)
        repository.write("providers/acme/ok.yaml", "id: aip_0000000000000000\nname: Ok\nprovider: ollama\ndefaultModel: m\n")
        repository.commit("Start")
        server = Server(repository.folder)
        try:
            for number, payload in enumerate(repositories.PAYLOADS):
                repository.write(f"providers/acme/b{number}.yaml", f"id: aip_{number:016}\nname: x\nprovider: {json.dumps(payload, ensure_ascii=False)}\ndefaultModel: m\n")
            for _ in range(100):
                with urllib.request.urlopen(server.url + "/status") as response:
                    if json.load(response)["lastAttempt"]["ok"] is False:
                        break
            self.browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
            for path in ["/status.html", "/"]:
                self.browser.get(server.url + path)
                self.assertEqual(self.browser.execute_script(FOUND), NOTHING)
            self.assertIn("is not served", self.browser.page_source)
        finally:
            self.browser.get("about:blank")
            server.close()


if __name__ == "__main__":
    unittest.main()
