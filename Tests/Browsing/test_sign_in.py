"""Tests of signing in and out in Chromium, with and without scripts, and of other sites that try to."""

import http.server
import re
import sys
import threading
import time
import unittest

from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

import repositories  # noqa: F401  (it finds served_example)
from browser import console_of, copied, main_text, open_browser, wait_until
from served_example import ServedExample

PAGE = "/p/acme/claude?model=a%20b"


class OtherSite(http.server.ThreadingHTTPServer):
    """A page with a link to the server, and with forms that sign in and out there."""

    def __init__(self, url, token):
        page = f"""<!doctype html><title>Other site</title><a href="{url}{PAGE}">Link</a>
            <form id=sign-out method=post action="{url}/sign-out"></form>
            <form id=sign-in method=post action="{url}/sign-in"><input name=token value="{token}"></form>"""

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(page.encode())

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        # Another site by its name, and another origin of the same site by its port.
        self.urls = [f"http://localhost:{self.server_port}/", f"http://127.0.0.1:{self.server_port}/"]
        threading.Thread(target=self.serve_forever, daemon=True).start()


class SignIn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = ServedExample()
        cls.other = OtherSite(cls.server.url, cls.server.token)
        cls.browsers = {"on": open_browser(), "off": open_browser(scripts=False)}

    @classmethod
    def tearDownClass(cls):
        for browser in cls.browsers.values():
            browser.quit()
        cls.other.shutdown()
        cls.server.close()

    def setUp(self):
        for browser in self.browsers.values():
            browser.get(self.server.url + "/sign-in")
            browser.delete_all_cookies()

    def wait(self, browser, title):
        WebDriverWait(browser, 10).until(lambda browser: browser.title == title + " · Roster", browser.title)

    def sign_in(self, browser, token, path="/sign-in"):
        browser.get(self.server.url + path)
        browser.find_element(By.NAME, "token").send_keys(token)
        browser.find_element(By.CSS_SELECTOR, "button.go").click()

    def sign_out(self, browser):
        browser.find_element(By.XPATH, "//button[text()='Sign out']").click()
        self.wait(browser, "Sign in")

    def test_copies_the_command_for_a_token(self):
        self.assertRegex(copied(self.browsers["on"], "the command"), "^roster ")

    def test_returns_to_the_page_that_asked_for_it(self):
        for scripts, browser in self.browsers.items():
            with self.subTest(scripts=scripts):
                self.sign_in(browser, "wrong", PAGE)
                WebDriverWait(browser, 10).until(lambda browser: browser.find_elements(By.ID, "error"))
                self.assertIn("This token is not valid", main_text(browser))
                browser.find_element(By.NAME, "token").send_keys(self.server.token)
                browser.find_element(By.CSS_SELECTOR, "button.go").click()
                self.wait(browser, "acme/claude")
                self.assertEqual(browser.current_url, self.server.url + PAGE)
                [cookie] = browser.get_cookies()
                self.assertTrue(cookie["httpOnly"] and cookie["sameSite"] == "Strict" and len(cookie["value"]) == 43)
        self.assertEqual(self.browsers["on"].execute_script("return document.cookie"), "")

    def test_the_way_back_shows_nothing_after_the_sign_out(self):
        for scripts, browser in self.browsers.items():
            with self.subTest(scripts=scripts):
                self.sign_in(browser, self.server.token)
                self.wait(browser, "Providers")
                for path in [PAGE, "/status.html", "/"]:
                    browser.get(self.server.url + path)
                self.sign_out(browser)
                self.assertEqual(browser.get_cookies(), [])
                for _ in range(4):
                    browser.back()
                    time.sleep(0.3)
                    wait_until(lambda: browser.title == "Sign in · Roster")
                    self.assertEqual(browser.title, "Sign in · Roster", browser.current_url)
                    self.assertNotIn("acme", main_text(browser))

    def test_a_link_of_another_site_leads_to_the_page(self):
        browser = self.browsers["off"]
        self.sign_in(browser, self.server.token)
        self.wait(browser, "Providers")
        browser.get(self.other.urls[0])
        browser.find_element(By.LINK_TEXT, "Link").click()
        self.wait(browser, "Sign in")
        browser.find_element(By.LINK_TEXT, "Open the page").click()
        self.wait(browser, "acme/claude")
        self.assertEqual(browser.current_url, self.server.url + PAGE)
        browser.get(self.other.urls[1])
        browser.find_element(By.LINK_TEXT, "Link").click()
        self.wait(browser, "acme/claude")

    def test_other_origins_cannot_sign_in_or_out(self):
        browser = self.browsers["on"]
        self.sign_in(browser, self.server.token)
        self.wait(browser, "Providers")
        [cookie] = browser.get_cookies()
        for url in self.other.urls:
            for form in ["sign-in", "sign-out"]:
                with self.subTest(form, url=url):
                    browser.get(url)
                    browser.execute_script(f"document.getElementById('{form}').submit()")
                    self.wait(browser, "Sign in")
                    self.assertIn("The form was not sent from this page", main_text(browser))
                    browser.get(self.server.url + "/")
                    self.assertEqual(browser.title, "Providers · Roster")
                    self.assertEqual(browser.get_cookies()[0]["value"], cookie["value"])
            browser.get(url)
            result = browser.execute_async_script(
                f"fetch('{self.server.url}/', {{credentials: 'include'}}).then(arguments[0], arguments[0])")
            self.assertNotIn("status", result, "a script of another origin reads no page")
        console_of(browser)

    def test_a_page_follows_the_registry_until_the_sign_out(self):
        browser = self.browsers["on"]
        self.sign_in(browser, self.server.token)
        self.wait(browser, "Providers")
        first = browser.current_window_handle
        file = self.server.folder / "providers/acme/claude.yaml"
        text = file.read_text()
        try:
            time.sleep(0.5)
            file.write_text(re.sub(r"(?m)^name: .*", "name: Another name", text))
            WebDriverWait(browser, 20).until(lambda browser: browser.find_element(By.ID, "live").text)
            self.assertIn("A newer registry is served.", browser.find_element(By.ID, "live").text)
            browser.switch_to.new_window("tab")
            browser.get(self.server.url + "/")
            self.sign_out(browser)
            browser.close()
            browser.switch_to.window(first)
            browser.find_element(By.LINK_TEXT, "Load it").click()
            self.wait(browser, "Sign in")
        finally:
            file.write_text(text)


if __name__ == "__main__":
    sys.exit(unittest.main())
