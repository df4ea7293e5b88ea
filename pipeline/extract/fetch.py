"""An address to bytes: time-outs, retries with back-off, limits, and content checked against its type."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from pipeline.errors import SourceError
from pipeline.extract.media import DOCX, HTML, PDF, sniff_media

AGENT = "parley/0.1 (+reads public statements of governments)"
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_MEDIA_OF_TYPE = {"application/pdf": PDF, "application/msword": DOCX, DOCX: DOCX}


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """Seconds to connect and between two reads, for the whole document, tries an address, first pause, redirects."""

    connect_timeout: float = 10.0
    read_timeout: float = 30.0
    total_timeout: float = 300.0
    tries: int = 3
    pause: float = 1.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document from the net: its bytes, the address that gave them in the end, and the declared type."""

    data: bytes
    url: str
    content_type: str


def fetch_address(
    addresses: str | Sequence[str], *, max_bytes: int = 100_000_000, settings: FetchSettings | None = None
) -> Fetched:
    """The document at the first address that gives one.

    Raises SourceError of the first address that failed for a reason better than the network (not_found, too_large, wrong_type, ...),
    else of the last.
    """
    import requests

    settings = settings or FetchSettings()
    wanted = [addresses] if isinstance(addresses, str) else list(addresses)
    failures: list[SourceError] = []
    with requests.Session() as session:
        session.headers["User-Agent"] = AGENT
        for address in wanted:
            try:
                return _fetch_patiently(session, address, max_bytes, settings)
            except SourceError as error:
                failures.append(error)
    if not failures:
        raise SourceError("not_found", "", "no address given")
    raise next((error for error in failures if error.reason != "network"), failures[-1])


def check_address(address: str) -> None:
    """SourceError unless the address is http or https with a host."""
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise SourceError("not_found", address, f"not an address ({error})") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SourceError("not_found", address, "only http and https addresses with a host are read")


class _Passing(Exception):
    """A failure that another try may mend; ``after``: seconds the server asked to wait."""

    def __init__(self, detail: str, after: float = 0.0) -> None:
        super().__init__(detail)
        self.after = after


def _fetch_patiently(session: object, address: str, max_bytes: int, settings: FetchSettings) -> Fetched:
    pause = settings.pause
    for attempt in range(1, settings.tries + 1):
        try:
            return _fetch_once(session, address, max_bytes, settings)
        except _Passing as failure:
            if attempt == settings.tries:
                raise SourceError("network", address, f"{failure} ({attempt} tries)") from failure
            time.sleep(max(pause, min(failure.after, 30.0)))
            pause *= 2
    raise SourceError("network", address, "no try was allowed")


def _fetch_once(session: object, address: str, max_bytes: int, settings: FetchSettings) -> Fetched:
    import requests

    assert isinstance(session, requests.Session)
    url, end = address, time.monotonic() + settings.total_timeout
    for _ in range(settings.redirects + 1):
        check_address(url)
        try:
            with session.get(
                url,
                timeout=(settings.connect_timeout, settings.read_timeout),
                stream=True,
                allow_redirects=False,
            ) as response:
                if response.is_redirect:
                    url = urljoin(url, response.headers["Location"])
                    continue
                _check_status(response, address)
                return _read_body(response, address, url, max_bytes, end)
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema) as error:
            raise SourceError("not_found", address, str(error)[:200]) from error
        except requests.exceptions.SSLError as error:
            raise SourceError("network", address, "the server's certificate is not trusted") from error
        except (requests.exceptions.RequestException, OSError) as error:
            raise _Passing(_say(error)) from error
    raise SourceError("network", address, f"more than {settings.redirects} redirects")


def _check_status(response: object, address: str) -> None:
    import requests

    assert isinstance(response, requests.Response)
    status = response.status_code
    if status in _AGAIN:
        after = response.headers.get("Retry-After", "")
        raise _Passing(f"status {status}", float(after) if after.isdigit() else 0.0)
    if status in (404, 410):
        raise SourceError("not_found", address, f"status {status}")
    if status in (401, 403):
        raise SourceError("unreadable", address, f"the server refuses it (status {status})")
    if status != 200:
        raise SourceError("network", address, f"status {status}")


def _read_body(response: object, address: str, url: str, max_bytes: int, end: float) -> Fetched:
    import requests

    assert isinstance(response, requests.Response)
    declared = response.headers.get("Content-Length", "")
    if declared.isdigit() and int(declared) > max_bytes:
        raise SourceError("too_large", address, f"{declared} bytes, the limit is {max_bytes}")
    parts: list[bytes] = []
    size = 0
    for part in response.iter_content(65_536):
        size += len(part)
        if size > max_bytes:
            raise SourceError("too_large", address, f"over {max_bytes} bytes")
        if time.monotonic() > end:
            raise SourceError("timed_out", address, "the server sends too slowly")
        parts.append(part)
    encoded = response.headers.get("Content-Encoding", "identity") not in ("", "identity")
    if declared.isdigit() and not encoded and size < int(declared):
        raise _Passing(f"only {size} of {declared} bytes came")
    data = b"".join(parts)
    content_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    _check_content(data, content_type, address)
    return Fetched(data, url, content_type)


def _check_content(data: bytes, content_type: str, address: str) -> None:
    if not data.strip():
        raise SourceError("empty", address)
    promised = _MEDIA_OF_TYPE.get(content_type)
    if promised is None and urlsplit(address).path.lower().endswith(".pdf"):
        promised = PDF
    if promised and sniff_media(data) == HTML:
        raise SourceError("wrong_type", address, "the server sent a web page in place of the document")


def _say(error: BaseException) -> str:
    import requests

    if isinstance(error, requests.exceptions.Timeout):
        return "the server did not answer in time"
    return "the connection failed" if isinstance(error, requests.exceptions.ConnectionError) else str(error)[:120]
