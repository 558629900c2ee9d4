"""Every error a user can cause or meet. Each message names the value, the limit and the remedy."""


class RtsepError(Exception):
    """Base of all errors that the command line prints as one line, without a traceback."""


class ConfigError(RtsepError):
    """A setting is unknown, malformed or out of range."""


class DeviceError(RtsepError):
    """An audio device is missing, lost, or refuses what was asked of it."""


class SeparatorError(RtsepError):
    """A separator is unknown, breaks its contract, or failed to prepare."""


class AudioFileError(RtsepError):
    """A sound file cannot be read or written."""


class BlockError(RtsepError):
    """The shared block is missing, of another version, or already owned."""
