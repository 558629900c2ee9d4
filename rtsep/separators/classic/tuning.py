"""How much each cue counts, and each stem's claim before any cue: the only numbers here that came from music.

Found by minimising the squared error of each stem relative to its energy (the mean of the logarithms, by L-BFGS) on
40 s each of five songs of "Everything Is Free" by Software-Entwicklungskit (CC0) and on seven mixtures of 16 s made of
free samples of acoustic and electronic instruments, speech and singing. 117 numbers: a table to read, not a network.
"""

WEIGHT_KNOTS_HZ = (80.0, 500.0, 4000.0)
BIAS_KNOTS_HZ = (50.0, 120.0, 300.0, 900.0, 3000.0, 9000.0)

WEIGHTS = (
    (  # 80 Hz: vocals, drums, bass
        (0.04, -0.032, 0.121, 0.082, -0.132, -0.084, -0.072, -0.148, 0.028),
        (0.037, 0.088, 0.162, -0.042, -0.331, 0.404, 0.304, -0.145, -0.052),
        (0.078, 0.072, 0.209, -0.208, -0.048, -0.37, 0.533, -0.208, -0.025),
    ),
    (  # 500 Hz: vocals, drums, bass
        (0.104, 0.102, 0.024, 0.179, 0.126, -0.215, 0.156, -1.03, 0.034),
        (0.136, 0.343, 0.147, -0.629, -0.275, 0.101, 0.201, -0.243, 0.193),
        (0.004, -0.179, 0.131, -0.25, -0.367, -0.06, 0.597, -0.252, 0.204),
    ),
    (  # 4000 Hz: vocals, drums, bass
        (0.121, 0.065, -0.047, -0.178, 0.08, -0.099, -0.12, -0.248, 0.013),
        (-0.058, 0.103, -0.103, -0.162, -0.111, 0.152, 0.138, -0.119, 0.303),
        (-0.027, -0.005, 0.094, -0.067, -0.103, -0.008, 0.0, -0.032, 0.042),
    ),
)
"""Per knot and stem, the weight of each of `CUES`, in nepers of power per unit of the cue."""

BIASES = (
    (  # mid: (vocals, drums, bass) per knot
        (-0.4, -0.775, -0.091),
        (0.493, 0.901, -0.181),
        (0.132, 0.319, 0.418),
        (0.083, -0.038, -0.499),
        (0.018, -0.354, -0.099),
        (-0.007, 0.362, -0.038),
    ),
    (  # side: (vocals, drums, bass) per knot
        (-0.037, -0.284, 0.003),
        (-0.21, -0.312, -0.54),
        (-0.334, -0.496, -0.622),
        (0.527, -0.403, -0.264),
        (0.268, -0.36, -0.051),
        (0.138, -0.043, -0.015),
    ),
)
"""Per channel and knot, the log claim (nepers of power) of each stem before any cue is seen."""
