"""The data in a script for PyTorch: features and labels, both parts, what is fitted to the training part."""

from ..data.datasets import DATASETS, DatasetSpec
from ..data.loading import SPLIT_SEED, code_of
from ..data.made_features import MADE_FEATURES
from ..data.tables import Table
from ..train.experiment import Experiment
from .layout import INLINE_ROWS, filled, lines


def data(spec: DatasetSpec) -> str:
    """Features X and labels y, before anything is fitted."""
    return code_of(spec) if spec.table is None else _own(spec.table)


def _own(table: Table) -> str:
    if len(table.y) <= INLINE_ROWS:
        X = lines("", [filled([repr(x) for x in row], "[]") for row in table.X], "[]")
        y = filled([repr(k) for k in table.y], "[]")
        return f"X = np.array({X})\ny = np.array({y})\n"
    return """\
import json
from pathlib import Path
# The file that the page's JSON download gives: the data are too many to stand here.
table = json.loads(Path("experiment.json").read_text())["dataset"]["table"]
X, y = np.array(table["X"]), np.array(table["y"])
"""


def split(experiment: Experiment) -> str:
    """Both parts as tensors."""
    spec = experiment.dataset
    if not spec.has_test_part:
        return _unsplit(spec, experiment.dtype)
    size = f"test_size={spec.test_share}, random_state={spec.seed + SPLIT_SEED}"
    head, fit, inputs = _fitted(spec)
    fit = f"{fit}  # the test part has no say in it\n" if fit else ""
    return f"""\
from sklearn.model_selection import train_test_split
{head}\
X_train, X_test, y_train, y_test = train_test_split(X, y, {size}, stratify=y)
{fit}\
X_train, X_test = (torch.tensor({inputs.format("X")}, dtype=torch.{experiment.dtype}) for X in (X_train, X_test))
y_train, y_test = torch.tensor(y_train), torch.tensor(y_test)
"""


def _unsplit(spec: DatasetSpec, dtype: str) -> str:
    """All samples as training data."""
    head, fit, inputs = _fitted(spec)
    fit = f"{fit}\n" if fit else ""
    return f"""\
{head}\
X_train, y_train = X, y  # all samples: there is no test part
{fit}\
X_train, y_train = torch.tensor({inputs.format("X_train")}, dtype=torch.{dtype}), torch.tensor(y_train)
"""


def _fitted(spec: DatasetSpec) -> tuple[str, str, str]:
    """What comes before the split, what is fitted to the training part, and the inputs of features `{}`."""
    is_pca = spec.view == "pca2"
    # What a generator makes has no two values that are far apart: there the plain scaler gives the same.
    is_measured = spec.table is not None or not DATASETS[spec.name].made
    scaler = "Scaler" if is_measured else "StandardScaler"
    head, fit, inputs = "", "", "{}"
    if spec.standardised:
        head = f"from sklearn.preprocessing import StandardScaler\n{_PCA_IMPORTS if is_pca else ''}"
        head += _SCALER_CLASS if is_measured else ""
        fit, inputs = (_PCA if is_pca else _SCALER).format(scaler=scaler), "scaler.transform({})"
    elif is_pca:
        head, fit, inputs = "from sklearn.decomposition import PCA\n", _RAW_PCA, "pca.transform({})"
    if spec.made_features:
        codes = ", ".join(MADE_FEATURES[name].code for name in spec.made_features)
        head, inputs = head + _MADE.format(codes=codes), f"with_made({inputs})"
    return head, fit, inputs


_SCALER_CLASS = '''\


class Scaler(StandardScaler):
    """Divides by the standard deviation, but by no less than the smallest step between two values of a feature."""

    def fit(self, X, y=None):
        super().fit(X)
        steps = [np.diff(np.unique(feature)).min(initial=np.inf) for feature in X.T]
        self.scale_ = np.maximum(self.scale_, np.where(np.isinf(steps), 1, steps))
        return self


'''
_SCALER = "scaler = {scaler}().fit(X_train)"
_RAW_PCA = 'pca = PCA(n_components=2, svd_solver="full").fit(X_train)'
_MADE = """\


def with_made(X):
    x1, x2 = X.T
    return np.column_stack([x1, x2, {codes}])


"""
_PCA_IMPORTS = "from sklearn.decomposition import PCA\nfrom sklearn.pipeline import make_pipeline\n"
_PCA = """\
scaler = make_pipeline({scaler}(), PCA(n_components=2, svd_solver="full"), StandardScaler())
scaler.fit(X_train)"""
