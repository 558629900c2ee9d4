"""Getting a set of weights from the network. Nothing is installed that does not match the digest the user was given.

The user names the card's address and its SHA-256; the card names its files, which lie beside it, with theirs. So one
digest vouches for all. Everything is fetched into a folder of its own, and only a complete set takes its name.
"""

from __future__ import annotations

import hashlib
import http.client
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib import request
from urllib.error import HTTPError
from urllib.parse import quote, urljoin, urlsplit

from rtsep_models.weights.card import CARD_FILE, DIGEST, LARGEST_CARD, FileEntry, WeightsError, decode_card
from rtsep_models.weights.store import Weights, user_folder

TIMEOUT_S = 30.0
CHUNK = 1 << 16
Progress = Callable[[str, int, int], None]
"""Told file name, bytes so far, bytes in all."""


def _opener() -> request.OpenerDirector:
    """Speaks HTTP and HTTPS and nothing else: a redirection to a local file ends in an error."""
    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler,
        request.UnknownHandler,
        request.HTTPHandler,
        request.HTTPSHandler,
        request.HTTPDefaultErrorHandler,
        request.HTTPRedirectHandler,
        request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener


@contextmanager
def _telling(url: str) -> Iterator[None]:
    """Turn what the network raises into a WeightsError."""
    try:
        yield
    except HTTPError as error:
        error.close()
        raise WeightsError(f"{url} cannot be fetched: {error.code} {error.reason}; check the address") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise WeightsError(f"{url} cannot be fetched: {reason}; check the address and the connection") from error


def _chunks(url: str, limit: int) -> Iterator[bytes]:
    """The body of `url`, at most `limit` bytes. Raises WeightsError."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise WeightsError(f"{url} is no web address; give one that begins with https://")
    with _telling(url), _opener().open(url, timeout=TIMEOUT_S) as answer:
        received = 0
        while chunk := answer.read(CHUNK):
            received += len(chunk)
            if received > limit:
                raise WeightsError(f"{url} sends more than the {limit} bytes announced; ask its publisher")
            yield chunk


def _fetch(url: str, entry: FileEntry, path: Path, progress: Progress) -> None:
    """Write one file of the set. Raises WeightsError unless it is exactly the one announced."""
    digest, received = hashlib.sha256(), 0
    try:
        with path.open("xb") as file:
            for chunk in _chunks(url, entry.size):
                digest.update(chunk)
                received += file.write(chunk)
                progress(path.name, received, entry.size)
    except OSError as error:
        raise WeightsError(
            f"{path} cannot be written ({error.strerror}); make room, or name another folder with RTSEP_MODELS"
        ) from error
    if received != entry.size:
        raise WeightsError(f"{url} ended after {received} of {entry.size} bytes; try again")
    if digest.hexdigest() != entry.sha256:
        raise WeightsError(f"{url} has SHA-256 {digest.hexdigest()}, its card says {entry.sha256}; ask its publisher")


def add(url: str, sha256: str, progress: Progress) -> Weights:
    """Install the set whose card lies at `url` into the user's folder; an older one of the same name is replaced.

    Raises WeightsError if anything is not as announced; then nothing has changed.
    """
    if not DIGEST.fullmatch(sha256.lower()):
        raise WeightsError(f"--sha256 {sha256!r} must be 64 hexadecimal digits; copy it from where the address stands")
    raw = b"".join(_chunks(url, LARGEST_CARD))
    digest = hashlib.sha256(raw).hexdigest()
    if digest != sha256.lower():
        raise WeightsError(
            f"the card at {url} has SHA-256 {digest}, not {sha256.lower()}; check both, or ask its publisher"
        )
    card = decode_card(raw, url)
    target = user_folder() / card.name
    partial = target.with_name(f".{card.name}.{secrets.token_hex(4)}")
    try:
        partial.mkdir(parents=True)
        for name, entry in card.files.items():
            _fetch(urljoin(url, quote(name)), entry, partial / name, progress)
        (partial / CARD_FILE).write_bytes(raw)
        if target.exists():
            shutil.rmtree(target)
        partial.rename(target)
    except OSError as error:
        raise WeightsError(
            f"{target} cannot be written ({error.strerror}); make room, or name another folder with RTSEP_MODELS"
        ) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return Weights(target, card)
