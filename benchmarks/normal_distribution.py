"""Where `core.nn.kernels` has its normal distribution function from: Phi(z) = 1/2 + tanh(z P(z^2)) / 2.

    PYTHONPATH=. python benchmarks/normal_distribution.py

For each degree of P, its coefficients, highest power first, and how far Phi is off: as fitted, and computed in float32.
P is fitted to atanh(2 Phi - 1) / z by least squares; weights turn its error into that of Phi, and grow where that is
large, until it is alike everywhere (Lawson 1961).  A P whose highest coefficient is negative is of no use far out.
"""

import numpy as np
from scipy.special import log_ndtr, ndtr

ROUNDS = 200


def fit(degree: int) -> tuple[np.ndarray, float]:
    """Coefficients (degree + 1,), and the greatest error of Phi for 0 < z < 6."""
    z = np.linspace(1e-3, 6, 6000)
    angle = 0.5 * (log_ndtr(z) - log_ndtr(-z))  # atanh(2 Phi - 1), without cancelling
    powers = np.vander(z * z, degree + 1)
    by_p = 0.5 * z / np.cosh(angle) ** 2  # slope of Phi by P
    weights = np.ones_like(z)
    for _ in range(ROUNDS):
        scale = by_p * np.sqrt(weights)
        p = np.linalg.lstsq(powers * scale[:, None], angle / z * scale, rcond=None)[0]
        error = np.abs(powers @ p - angle / z) * by_p
        weights *= error / error.max()
        weights /= weights.mean()
    return p, float(error.max())


def in_float32(p: np.ndarray) -> float:
    """The greatest error of Phi for |z| < 12, computed as the kernel does."""
    z = np.linspace(-12, 12, 200_001, dtype=np.float32)
    half = np.float32(0.5)
    phi = half * np.tanh(z * np.polyval(p.astype(np.float32), z * z)) + half
    return float(np.abs(phi - ndtr(z.astype(float))).max())


def main() -> None:
    for degree in range(3, 8):
        p, error = fit(degree)
        coefficients = ", ".join(f"{c:.8e}" for c in p)
        print(f"degree {degree}: {error:.1e} as fitted, {in_float32(p):.1e} in float32: {coefficients}")


if __name__ == "__main__":
    main()
