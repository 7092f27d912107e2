"""Which columns of a frame may be features and which the label: a first choice, and what it passes over."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from .. import limits
from ..notes import Note, listed

if TYPE_CHECKING:
    import pandas as pd

_CALLED_IDS = """
id ids index idx no nr num number row rownum key # № lfd nummer numéro numero código codigo uid unnamed
번호 순번 연번 아이디 番号 编号 序号 编码
"""
# What label columns are often called; a name alone makes no column the label.
_CALLED_LABELS = """
label class target species y kind type category outcome result diagnosis survived group churn
klasse kategorie art gruppe ziel etikett diagnose classe catégorie espèce étiquette cible clase categoría especie
etiqueta objetivo categoria rótulo alvo etichetta soort klass класс категория вид метка
클래스 레이블 라벨 분류 종 종류 범주 결과 クラス ラベル 分類 種類 类别 标签 分类
"""
_IDS, _LABELS = frozenset(_CALLED_IDS.split()), frozenset(_CALLED_LABELS.split())
_WORDS = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]*|[^\W\d_a-zA-Z]+|[#№]")
_LACKING = 0.3  # share of gaps from which on a column is not suggested: its rows would be left out
_SKEWED = 0.95  # share of the most frequent class from which on a column is hardly a label
MEASURE = Note("the F value of an analysis of variance")


@dataclass(frozen=True)
class Suggestion:
    features: tuple[str, ...]
    label: str
    notes: list[Note] = field(default_factory=list)


def suggestion(frame: "pd.DataFrame", unnamed: list[str]) -> Suggestion:
    """The label is the likeliest of the columns with few values; features are all other columns that can be, but for
    row numbers and ids, which would tell the class of sorted data."""
    notes: list[Note] = []
    ids = [name for name in frame if is_id(frame[name], name, name in unnamed)]
    if ids:
        notes.append(
            Note(
                "Columns that are not suggested, because they look like row numbers or ids: {names}.", names=listed(ids)
            )
        )
    label = _likeliest_label(frame, ids)
    lacking = [name for name in frame if name not in (*ids, label) and frame[name].isna().mean() > _LACKING]
    if lacking:
        notes.append(
            Note("Columns that are not suggested, because many values are missing: {names}.", names=listed(lacking))
        )
    rest = [name for name in frame if name not in (*ids, *lacking, label)]
    texts = [name for name in rest if is_text(frame[name])]
    many = [name for name in texts if frame[name].nunique() > limits.VALUES // 2]
    if many:
        notes.append(
            Note("Columns that are not suggested, because they have many different texts: {names}.", names=listed(many))
        )
    same = [name for name in rest if frame[name].nunique() < 2]
    if same:
        notes.append(
            Note("Columns that are not suggested, because all values are the same: {names}.", names=listed(same))
        )
    features = [name for name in rest if name not in (*many, *same)]
    width = sum(frame[name].nunique() if name in texts else 1 for name in features)
    if width > limits.FEATURES[1]:
        number = len(rest)
        features = _that_tell_most(frame, features, label)
        notes.append(
            Note(
                "{chosen} of {number} columns are suggested: those that tell most about '{label}', by {measure}.",
                chosen=len(features), number=number, label=label, measure=MEASURE,
            )
        )  # fmt: skip
    return Suggestion(tuple(features), label, notes)


def is_text(column: "pd.Series") -> bool:
    return column.dtype == object and not column.dropna().map(lambda value: isinstance(value, bool)).all()


def is_id(column: "pd.Series", name: str, is_unnamed: bool) -> bool:
    """Whether a column has different whole numbers and no name, or one that ids have: a real feature may have
    different whole numbers, too."""
    words = [word.casefold() for word in _WORDS.findall(name)]
    is_called = is_unnamed or bool(words and {words[0], words[-1]} & _IDS)
    if not is_called or column.dtype.kind not in "iufO" or len(column) < 3:
        return False
    filled = column.dropna()
    if not filled.is_unique or filled.empty:
        return False
    return column.dtype == object or bool((filled.astype(float) % 1 == 0).all())


def scores(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """How much each feature (n, f) tells about the classes (n,), by `MEASURE`; a gap counts as the mean."""
    from sklearn.feature_selection import f_classif

    scale = np.nanmax(np.abs(X), axis=0, initial=1e-300)
    X = X / scale  # or squares would be infinite
    X = np.where(np.isnan(X), np.nanmean(X, axis=0), X)
    with np.errstate(all="ignore"):
        X = np.where(np.ptp(X, axis=0) > 0, X, np.random.default_rng(0).random(len(X))[:, None] * 1e-9)
        values = f_classif(X, y)[0]
    return np.nan_to_num(np.where(np.isnan(values), 0, values), posinf=np.finfo(float).max)


def _that_tell_most(frame: "pd.DataFrame", features: list[str], label: str) -> list[str]:
    """As many of the columns, in their order, as there may be features, those of the highest score first."""
    import pandas as pd

    rows = frame[frame[label].notna()]
    y = pd.factorize(rows[label].astype(str))[0]
    worth, width = {}, {}
    for name in features:
        column = rows[name]
        X = pd.get_dummies(column).to_numpy(float) if is_text(column) else column.to_numpy(float)[:, None]
        worth[name], width[name] = X, X.shape[1]
    flat = scores(np.column_stack(list(worth.values())), y) if len(set(y)) > 1 else np.zeros(sum(width.values()))
    ends = np.cumsum(list(width.values()))
    score = {name: flat[end - width[name] : end].max() for name, end in zip(features, ends)}
    chosen, left = set(), limits.FEATURES[1]
    for name in sorted(features, key=lambda name: -score[name]):
        if width[name] <= left:
            chosen.add(name)
            left -= width[name]
    return [name for name in features if name in chosen]


def _likeliest_label(frame: "pd.DataFrame", ids: list[str]) -> str:
    """By name, place, kind of values and how evenly they occur, of the columns that have a class for each row; else the
    last column of texts, or the last."""
    names = [name for name in frame if name not in ids] or list(frame)

    def fitness(name: str) -> tuple[float, int]:
        column, place = frame[name], names.index(name)
        counts = column.value_counts()
        is_numeric = column.dtype.kind in "iuf"
        if not limits.CLASSES[0] <= len(counts) <= limits.CLASSES[1]:
            return (-1.0 if is_numeric else -0.5), place
        shares = counts.to_numpy() / counts.sum()
        points = 1 - 0.5 * column.isna().mean() + 0.5 * float(-(shares * np.log(shares)).sum() / np.log(len(shares)))
        points += 4 * _is_called_label(name) + 2 * (name == names[-1]) + 1 * (name == names[0]) + 1 * (not is_numeric)
        if is_numeric and (column.dropna() % 1 != 0).any():
            points -= 3  # measures, not classes
        return points - 1.5 * (shares.max() > _SKEWED) - 2 * (column.isna().mean() > _LACKING), place

    return max(names, key=fitness)


def _is_called_label(name: str) -> bool:
    words = [word.casefold() for word in _WORDS.findall(name)]
    return name.strip().casefold() in _LABELS or bool(words and words[-1] in _LABELS - {"y", "art", "type", "group"})
