"""Chromium without a window, for the pages of a server."""

import importlib.util
import json
import shutil
import time
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.by import By

SCHEMES = ["light", "dark"]
WIDTHS = [360, 1440]


def open_browser(scripts=True):
    """Returns a driver of Chromium; without `scripts` the browser runs none."""
    options = webdriver.ChromeOptions()
    options.binary_location = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])))
    for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                     "--force-color-profile=srgb", "--lang=en"]:
        options.add_argument(argument)
    if not scripts:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    driver.execute_cdp_cmd("Network.enable", {})
    return driver


def set_window(driver, width, scheme="light", height=900):
    """Sets the size of the window and the preferred colors."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def requests_of(driver):
    """Returns the URLs that the browser has requested since the last call."""
    urls = []
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            urls.append(message["params"]["request"]["url"])
    return urls


def console_of(driver):
    """Returns the messages of the console since the last call, without those about statuses such as 404."""
    messages = [entry["message"] for entry in driver.get_log("browser")]
    return [message for message in messages if "responded with a status of 4" not in message]


def axe_source():
    """Returns the script of axe, which finds barriers."""
    folder = Path(importlib.util.find_spec("axe_playwright_python").origin).parent
    return (folder / "axe.min.js").read_text()


def barriers(driver, source):
    """Returns the barriers that axe finds on the page, with everything unfolded."""
    driver.execute_script("for (const part of document.querySelectorAll('details')) part.open = true")
    # In the way of a debugger, which the policy of the page does not restrict.
    driver.execute_cdp_cmd("Runtime.evaluate", {"expression": source})
    result = driver.execute_async_script("""
        axe.run(document, {}).then(arguments[0], (error) => arguments[0]({violations: [{id: String(error), nodes: []}]}))
    """)
    return [
        f"{found['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for found in result["violations"] for node in (found["nodes"] or [{"html": ""}])
    ]


def copied(driver, title):
    """Returns what the button of the box with a title copies."""
    # Chromium gives the clipboard to the window in front only, which a headless one never is.
    driver.execute_script("navigator.clipboard.writeText = async (text) => { window.copiedText = text; }")
    driver.find_element(By.CSS_SELECTOR, f'.code button[aria-label="Copy: {title}"]').click()
    wait_for_text(driver, "Copied")
    assert driver.find_element(By.ID, "copied").get_attribute("textContent") == "Copied"
    return driver.execute_script("return window.copiedText")


def main_text(driver):
    return driver.find_element(By.TAG_NAME, "main").text


def wait_until(is_met, seconds=10):
    """Waits until a condition is met, and not longer than a time: the caller checks it."""
    end = time.monotonic() + seconds
    while not is_met() and time.monotonic() < end:
        time.sleep(0.1)


def wait_for_text(driver, text):
    """Waits until the page has a text; a key that is pressed does not wait for the page that it opens."""
    shown = ""
    for _ in range(100):
        try:
            shown = main_text(driver)
            if text in shown:
                return
        except (NoSuchElementException, StaleElementReferenceException):
            pass  # The next page is being loaded.
        time.sleep(0.1)
    raise AssertionError(f"there is no {text!r} on the page: {shown}")
