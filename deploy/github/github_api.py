"""Requests to the API of the host, with the token of the environment.

Only the Python programs in this folder import it. Each answer is untrusted: it is bounded, no redirect is followed, and an
answer that is not the expected JSON is an error with a sentence.
"""

import http.client
import json
import os
import re
import signal
import urllib.error
import urllib.parse
import urllib.request

# A page has 100 comments of 65,536 characters, and each character can take six bytes in JSON.
LIMIT = 64 << 20
PAGES = 50
PAGE = 100
# Seconds for one operation of the network, and for all that a program asks.
TIMEOUT = 30
TOTAL = 240


class APIError(Exception):
    """A request that failed. Its text is a sentence for the log and names no content of the answer."""

    def __init__(self, text, status=None):
        super().__init__(text)
        self.status = status


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows nothing: the token is for one host."""

    def redirect_request(self, *_):
        return None


def limit_time(seconds=TOTAL):
    """Ends the program with an APIError when the API takes too long, however slowly it answers."""

    def expire(*_):
        raise APIError(f"the API took more than {seconds} seconds")

    signal.signal(signal.SIGALRM, expire)
    signal.alarm(seconds)


def repository():
    """Returns the repository as OWNER/NAME."""
    name = os.environ.get("GITHUB_REPOSITORY", "")
    if not re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*/[A-Za-z0-9_.-]+", name):
        raise APIError("GITHUB_REPOSITORY is not OWNER/NAME")
    return name


def in_repository(*parts):
    """Returns the path of something in the repository; each part is one segment."""
    return path("repos", *repository().split("/"), *parts)


def path(*parts):
    """Returns a path of segments, percent-encoded."""
    segments = [urllib.parse.quote(str(part), safe="") for part in parts]
    if any(segment in ("", ".", "..") for segment in segments):
        raise APIError("a request would leave its path")
    return "/".join(segments)


def get(where, **query):
    """Returns the JSON of a GET request."""
    return request("GET", where + ("?" + urllib.parse.urlencode(query) if query else ""))


def pages(where, **query):
    """Returns all elements of a paged list.

    Raises APIError where the list is longer than what is read: a list that is not complete proves nothing.
    """
    elements = []
    for page in range(1, PAGES + 1):
        answer = get(where, per_page=PAGE, page=page, **query)
        if not isinstance(answer, list):
            raise APIError("GET was not answered with a list")
        elements += answer
        if len(answer) < PAGE:
            return elements
    raise APIError(f"the list has more than {PAGES * PAGE} elements, and the rest was not read")


def request(method, where, body=None):
    """Sends a request and returns the JSON of its answer; None for an empty one."""
    api = os.environ.get("GITHUB_API_URL") or "https://api.github.com"
    data = None if body is None else json.dumps(body).encode()
    headers = {
        "Accept": "application/vnd.github+json",
        "Content-Type": "application/json",
        "User-Agent": "roster",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    if token := os.environ.get("ROSTER_COMMENT_TOKEN"):
        headers["Authorization"] = f"Bearer {token}"
    opener = urllib.request.build_opener(NoRedirect)
    try:
        message = urllib.request.Request(f"{api.rstrip('/')}/{where}", data, headers, method=method)
        with opener.open(message, timeout=TIMEOUT) as answer:
            content = answer.read(LIMIT + 1)
        if len(content) > LIMIT:
            raise APIError(f"{method} was answered with more than {LIMIT} bytes")
        return json.loads(content) if content.strip() else None
    except urllib.error.HTTPError as error:
        raise APIError(f"{method} was answered with {error.code}", error.code) from None
    except (ValueError, RecursionError):
        raise APIError(f"{method} was not answered with JSON") from None
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or type(error).__name__
        raise APIError(f"{method} failed: {reason}") from None
