"""One HTTP request to a server that runs here."""

import base64
import http.client
import json
import urllib.error
import urllib.request
from typing import Any


def ask(
    url: str, *, method: str = "GET", body: Any = None, user: tuple[str, str] | None = None, timeout: float = 10.0
) -> tuple[int, bytes]:
    """Answers status and content, also of a refusal. Raises OSError when nothing answers, or not to the end."""
    request = urllib.request.Request(url, method=method)  # noqa: S310
    if body is not None:
        request.data = body if isinstance(body, bytes) else json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    if user is not None:
        request.add_header("Authorization", "Basic " + base64.b64encode(":".join(user).encode()).decode())
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        try:
            answer = opener.open(request, timeout=timeout)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        with answer:
            return answer.status, answer.read()
    except http.client.HTTPException as error:  # it died in the middle of its answer
        raise ConnectionError(f"{type(error).__name__}: {error}") from error


def require(url: str, **how: Any) -> bytes:
    """The same, but anything else than success raises OSError."""
    status, content = ask(url, **how)
    if status >= 300:
        raise OSError(f"{status} {content[:300].decode(errors='replace')}")
    return content
