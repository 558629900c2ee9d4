"""Every error a user can cause or meet. Each message names the value, the limit and the remedy."""

from collections.abc import Iterable


class RtsepError(Exception):
    """Base of all errors that the command line prints as one line, without a traceback."""


class ConfigError(RtsepError):
    """A setting is unknown, malformed or out of range."""


class DeviceError(RtsepError):
    """An audio device is missing, lost, or refuses what was asked of it."""


class SeparatorError(RtsepError):
    """A separator is unknown, breaks its contract, or failed to prepare."""


class RemoteError(RtsepError):
    """A host that is controlled from elsewhere cannot be reached, or answers no more."""


class AudioFileError(RtsepError):
    """A sound file cannot be read or written."""


class BlockError(RtsepError):
    """The shared block is missing, of another version, or already owned."""


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A hint at the nearest of `names`, for the end of an error's message; empty if none is near.

    >>> did_you_mean("vocls", ["vocals", "drums"]), did_you_mean("flute", ["vocals", "drums"])
    ("did you mean 'vocals'?", '')
    """
    import difflib  # here, not above: every process imports this file, and hardly any errs

    close = difflib.get_close_matches(name, list(names), n=1)
    return f"did you mean {close[0]!r}?" if close else ""
