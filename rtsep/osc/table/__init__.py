"""The one table: every address that rtsep understands or sends."""

from rtsep.osc.messages import Message
from rtsep.osc.table.midi import MIDI
from rtsep.osc.table.mixer import MIXER
from rtsep.osc.table.separator import SEPARATOR
from rtsep.osc.table.service import SERVICE
from rtsep.osc.table.show import SHOW
from rtsep.osc.table.status import STATUS

TABLE: tuple[Message, ...] = (*MIXER, *SHOW, *SEPARATOR, *STATUS, *SERVICE, *MIDI)
