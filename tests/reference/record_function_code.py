"""What PyTorch's code on the page of activation functions prints, run as it stands there, in `function_code.json`."""

import contextlib
import io
import json
from pathlib import Path

import torch

from core.lessons.function_code import torch_code
from tests.reference import cases


def record_code(code: str) -> dict[str, object]:
    names = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(code, "copied", "exec"), names)
    return {"code": code, "value": names["value"].tolist(), "slope": names["slope"].tolist()}


def record() -> None:
    torch.set_default_dtype(torch.float32)
    found = {name: record_code(torch_code(name)) for name in cases.ACTIVATIONS_IN_TORCH}
    rows = ",\n".join(f"{json.dumps(name)}: {json.dumps(row)}" for name, row in found.items())
    Path(__file__).with_name("function_code.json").write_text(f"{{\n{rows}\n}}\n")
