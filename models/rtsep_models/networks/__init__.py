"""Networks by the name that a training configuration or a card gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rtsep.errors import ConfigError, did_you_mean
from rtsep_models.networks.band import BandNetwork
from rtsep_models.networks.bsrnn import Bsrnn
from rtsep_models.networks.conv_tasnet import ConvTasNet
from rtsep_models.networks.demucs_causal import DemucsCausal
from rtsep_models.networks.hs_tasnet import HsTasNet
from rtsep_models.networks.openunmix_causal import OpenUnmixCausal
from rtsep_models.networks.rave import Rave
from rtsep_models.networks.rt_stt import RtStt
from rtsep_models.networks.student_lstm import StudentLstm
from rtsep_models.networks.wave_unet import WaveUnet
from rtsep_models.networks.wavenet import WaveNet
from rtsep_models.streaming.contract import Network

NETWORKS: Mapping[str, type[Network]] = {
    "band": BandNetwork,
    "bsrnn": Bsrnn,
    "conv_tasnet": ConvTasNet,
    "demucs_causal": DemucsCausal,
    "hs_tasnet": HsTasNet,
    "openunmix_causal": OpenUnmixCausal,
    "rave": Rave,
    "rt_stt": RtStt,
    "student_lstm": StudentLstm,
    "wave_unet": WaveUnet,
    "wavenet": WaveNet,
}


def build(name: str, options: Mapping[str, Any]) -> Network:
    """A network with random weights.

    Raises ConfigError if no network has this name or takes these options.
    """
    if name not in NETWORKS:
        hint = did_you_mean(name, NETWORKS)
        raise ConfigError(f"no network is called {name!r} (there are: {', '.join(NETWORKS)}); {hint}")
    try:
        return NETWORKS[name](**options)
    except TypeError as error:
        raise ConfigError(
            f"network {name!r} does not take these options: {error}; correct the configuration"
        ) from error
