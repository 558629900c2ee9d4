"""`rtsep models add` against a server on this machine: what is not as announced leaves nothing behind."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import msgspec
import pytest
from trialset import GOOD
from typer.testing import CliRunner

from rtsep_models.commands import models
from rtsep_models.weights.card import CARD_FILE, LARGEST_CARD, WeightsError
from rtsep_models.weights.download import add
from rtsep_models.weights.store import FOLDER_VARIABLE, find, folders, remove

CONTENT = bytes(range(256)) * 1000


class Site:
    """A web server; `pages` are bodies by path, or functions that answer a request."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes | Callable[[BaseHTTPRequestHandler], None]] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = site.pages.get(self.path)
                if page is None:
                    self.send_error(404)
                elif isinstance(page, bytes):
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(page)))
                    self.end_headers()
                    self.wfile.write(page)
                else:
                    page(self)

            def log_message(self, *_: Any) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/sets/{CARD_FILE}"

    def publish(self, **changes: object) -> str:
        """Put the card and its file up; the card's digest."""
        entry = {"sha256": hashlib.sha256(CONTENT).hexdigest(), "size": len(CONTENT)}
        raw = msgspec.json.encode(GOOD | {"files": {"head.onnx": entry}} | changes)
        self.pages |= {f"/sets/{CARD_FILE}": raw, "/sets/head.onnx": CONTENT}
        return hashlib.sha256(raw).hexdigest()


@pytest.fixture
def site() -> Iterator[Site]:
    """A running server."""
    site = Site()
    thread = threading.Thread(target=site.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield site
    site.server.shutdown()
    thread.join()
    site.server.server_close()


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder, not made yet."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "models"))
    return tmp_path / "models"


def silent(file: str, received: int, size: int) -> None:
    """No progress bar."""


def redirect(target: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """A page that sends the client elsewhere."""

    def page(request: BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Location", target)
        request.end_headers()

    return page


def endless(request: BaseHTTPRequestHandler) -> None:
    """Sends more than anybody asked for, without saying how much."""
    request.send_response(200)
    request.end_headers()
    try:
        for _ in range(4 * LARGEST_CARD // len(CONTENT) + 2):
            request.wfile.write(CONTENT)
    except ConnectionError:
        pass


def cut_short(request: BaseHTTPRequestHandler) -> None:
    """Announces all and sends half."""
    request.send_response(200)
    request.send_header("Content-Length", str(len(CONTENT)))
    request.end_headers()
    request.wfile.write(CONTENT[: len(CONTENT) // 2])


def test_a_published_set_is_installed_found_and_removed(site: Site) -> None:
    seen: list[tuple[str, int, int]] = []
    weights = add(site.url, site.publish(), lambda *told: seen.append(told))
    assert seen[-1] == ("head.onnx", len(CONTENT), len(CONTENT))
    assert find("trial") == weights
    assert weights.verified("head.onnx").read_bytes() == CONTENT
    remove("trial")
    assert "trial" not in folders()


def test_a_newer_version_replaces_the_older_one(site: Site, place: Path) -> None:
    add(site.url, site.publish(), silent)
    add(site.url, site.publish(version="2").upper(), silent)
    assert find("trial").card.version == "2"
    assert [folder.name for folder in place.iterdir()] == ["trial"]


@pytest.mark.parametrize(
    ("path", "page", "told"),
    [
        (CARD_FILE, None, "404"),
        (CARD_FILE, b"{}", "has SHA-256"),
        (CARD_FILE, endless, "more than the"),
        (CARD_FILE, redirect("file:///etc/hostname"), "not allowed"),
        (CARD_FILE, redirect("ftp://127.0.0.1/card.json"), "unknown url type"),
        ("head.onnx", None, "404"),
        ("head.onnx", CONTENT[:-1], "ended after"),
        ("head.onnx", cut_short, "ended after"),
        ("head.onnx", CONTENT + b"x", "more than the"),
        ("head.onnx", endless, "more than the"),
        ("head.onnx", CONTENT[::-1], "its card says"),
        ("head.onnx", redirect("file:///etc/hostname"), "not allowed"),
    ],
)
def test_what_is_not_as_announced_leaves_what_was_there(
    path: str, page: Any, told: str, site: Site, place: Path
) -> None:
    before = add(site.url, site.publish(), silent)
    digest = site.publish(version="2")
    site.pages.pop(f"/sets/{path}")
    if page is not None:
        site.pages[f"/sets/{path}"] = page
    with pytest.raises(WeightsError, match=told):
        add(site.url, digest, silent)
    assert find("trial").card == before.card
    assert find("trial").verified("head.onnx").read_bytes() == CONTENT
    assert [folder.name for folder in place.iterdir()] == ["trial"]


@pytest.mark.parametrize("name", ["../escaped.onnx", "/escaped.onnx", "..\\escaped.onnx", "a/b.onnx"])
def test_a_file_name_cannot_leave_its_folder(name: str, site: Site, tmp_path: Path) -> None:
    entry = {"sha256": hashlib.sha256(CONTENT).hexdigest(), "size": len(CONTENT)}
    digest = site.publish(files={name: entry})
    with pytest.raises(WeightsError, match="must be plain"):
        add(site.url, digest, silent)
    assert not list(tmp_path.rglob("*escaped*"))


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://127.0.0.1/card.json", "card.json", "http://"])
def test_only_the_web_is_asked(url: str) -> None:
    with pytest.raises(WeightsError, match=r"https://|cannot be fetched"):
        add(url, "0" * 64, silent)


def test_a_digest_that_is_none_is_told_before_anything_is_fetched(site: Site) -> None:
    with pytest.raises(WeightsError, match="64 hexadecimal digits"):
        add(site.url, "abc", silent)


def test_a_place_that_cannot_be_written_is_told(site: Site, place: Path) -> None:
    place.write_text("in the way")
    with pytest.raises(WeightsError, match="cannot be written"):
        add(site.url, site.publish(), silent)


def test_the_commands_add_list_show_and_remove(site: Site, place: Path) -> None:
    runner = CliRunner()
    added = runner.invoke(models, ["add", site.url, "--sha256", site.publish()], catch_exceptions=False)
    assert "trial 1 is installed" in added.output
    listed = runner.invoke(models, ["list"], catch_exceptions=False).output
    assert "trial" in listed
    assert "CC-BY-4.0" in listed
    shown = runner.invoke(models, ["show", "trial"], catch_exceptions=False).output
    assert "CC0" in shown
    assert "intact" in shown
    (place / "trial" / "head.onnx").write_bytes(b"spoilt")
    with pytest.raises(WeightsError, match="6 bytes instead of"):
        runner.invoke(models, ["show", "trial"], catch_exceptions=False)
    (place / "trial" / CARD_FILE).write_text("spoilt")
    assert "is no card of weights" in runner.invoke(models, ["list"], catch_exceptions=False).output
    assert "removed" in runner.invoke(models, ["remove", "trial"], catch_exceptions=False).output
    assert "trial" not in folders()
