"""Records PyTorch's numbers, which the tests hold core to, in the files beside this one; shares of variance are
statsmodels'.

Run it from the project's root, in an environment of its own with both and the project's requirements:

    pip install torch==2.13.0 statsmodels==0.15.0 -r requirements.txt
    python -m tests.reference.record

PyTorch gives every value, slope, step and loss; core gives only the data and the parameters to begin with, which are
recorded too, so that a test can tell when they have changed.  What PyTorch has no text for, by the entry's record, is
left out.
"""

from tests.reference import (
    record_dead_relu,
    record_engine,
    record_formulas,
    record_function_code,
    record_initializers,
    record_neuron,
    record_optimizer_terms,
    record_shares,
    record_softmax,
    record_vanishing,
)


def main() -> None:
    record_engine.record()
    record_dead_relu.record()
    record_formulas.record()
    record_function_code.record()
    record_initializers.record()
    record_neuron.record()
    record_optimizer_terms.record()
    record_shares.record()
    record_softmax.record()
    record_vanishing.record()


if __name__ == "__main__":
    main()
