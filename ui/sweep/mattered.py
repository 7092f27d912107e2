"""What mattered: shares of the variance of a grid's accuracies, as bars."""

from core.sweeps.shares import Share, Shares
from ui.charts.choice import choosable
from ui.charts.layers import SCHEMA, layer, quantity, spanning
from ui.charts.layers import names as nominal
from ui.charts.lines import in_percent
from ui.charts.palette import LINE_COLOUR
from ui.shell.language import N_, _
from ui.shell.numbers import percent
from ui.sweep.naming import heading

ROW = 34  # pixels
_LINES = "split(replace(datum.label, ' × ', ' ×|'), '|')"  # two for a pair, which a phone has no room for in one
COLOUR = "#0072B2"
_PAIR = N_("{one} × {other}")
_HIGHER = N_("Three factors or more together")
_DRAW, _OWN, _LUCK = N_("Luck: the draw of the data"), N_("Luck: the rest"), N_("Luck")
_MOST = N_(
    "**{factor} matters most: it explains {share} of all differences between the test accuracies.** Luck, the "
    "differences between seeds of one setting, explains {luck}."
)
_LUCK_MOST = N_(
    "**Luck matters most: {luck} of all differences between the test accuracies are between seeds of one setting.** "
    "The largest share of a choice has {factor}: {share}."
)
_NONE_SHOWN = N_(
    "**No choice is shown to matter: {luck} of all differences between the test accuracies are between seeds of one "
    "setting.** The largest share of a choice has {factor}: {share}. Luck may give as much."
)
_READING = N_("Bar: share of the variance; all bars sum to 100 %. Line in a bar: what luck alone gives on average.")
_TOGETHER = N_("A × is what two factors do together, beyond what each does alone.")
_SPLIT = N_(
    "The draw of the data is the same for all networks of a seed, so a comparison seed by seed is free of it. The rest "
    "of luck differs from network to network."
)
_NOT_SPLIT = N_("Each draw of the data has only one network here, so luck cannot be split further.")
_CHOSEN = N_("All shares depend on the values that were chosen: a wider range of values often has a larger share.")
_TEXT, _BAR = N_("Shares of the variance of test accuracy. {bars}."), N_("{name}: {share}")


def shares_chart(found: Shares) -> dict:
    """The Vega-Lite specification: a bar for each share, the largest first, luck below, and what luck would give."""
    rows = [
        {"name": name, "share": share, "by_luck": by_luck, "told": percent(share), "is_luck": is_luck}
        for name, share, by_luck, is_luck in _bars(found)
    ]
    names = [row["name"] for row in rows]
    x_axis = {"labelExpr": in_percent(), "tickCount": 5}
    x = quantity(
        "share",
        _("Share of the variance"),
        axis=x_axis,
        scale=spanning([{"least": 0}, *rows], "least", "share", "by_luck") | {"nice": True},
    )
    y = nominal(
        "name", scale={"domain": names}, axis={"ticks": False, "domain": False, "labelExpr": _LINES, "labelLimit": 200}
    )
    colour = {"condition": {"test": "datum.is_luck", "value": LINE_COLOUR}, "value": COLOUR}
    told = [nominal("name", _("Factor")), nominal("told", _("Share of the variance"))]
    mark = {"type": "tick", "thickness": 2, "size": ROW - 4, "color": "#D55E00"}
    layers = [
        layer("shares", {"type": "bar", "height": ROW - 10}, x=x, y=y, color=colour, tooltip=told),
        layer("shares", {"type": "text", "align": "left", "dx": 6}, x=x, y=y, text=nominal("told")),
        layer("shares", mark, x=x | {"field": "by_luck"}, y=y)
        | {"transform": [{"filter": "!datum.is_luck"}]},
    ]  # fmt: skip
    return choosable(
        SCHEMA | {
            "layer": layers, "height": ROW * len(rows), "autosize": {"type": "fit-x", "contains": "padding"},
            "padding": {"right": 48, "left": 5, "top": 5, "bottom": 5}, "datasets": {"shares": rows},
        }
    )  # fmt: skip


def message(found: Shares) -> str:
    """Which factor has the largest share, beside luck."""
    shown = [effect for effect in found.effects if effect.is_shown]
    most = max(shown or found.effects, key=lambda effect: effect.share)
    sentence = _NONE_SHOWN if not shown else _MOST if most.share > found.luck else _LUCK_MOST
    return _(sentence, factor=_name(most), share=percent(most.share),
             luck=percent(found.luck))  # fmt: skip


def reading(found: Shares) -> str:
    """How to read the bars."""
    has_pairs = any(len(effect.factors) > 1 for effect in found.effects)
    of_luck = _SPLIT if found.has_parts else _NOT_SPLIT
    return " ".join([_(_READING), *([_(_TOGETHER)] if has_pairs else []), _(of_luck), _(_CHOSEN)])


def text(found: Shares) -> str:
    """The bars in words."""
    bars = "; ".join(_(_BAR, name=name, share=percent(share)) for name, share, _by, _is in _bars(found))
    return _(_TEXT, bars=bars)


def _bars(found: Shares) -> list[tuple[str, float, float, bool]]:
    """(name, share, what luck alone gives, whether it is luck)."""
    effects = sorted(found.effects, key=lambda effect: -effect.share)
    bars = [
        (_name(effect), effect.share, effect.by_luck, False) for effect in effects if effect.by_luck or effect.share
    ]
    if found.higher.by_luck or found.higher.share:
        bars.append((_(_HIGHER), found.higher.share, found.higher.by_luck, False))
    if not found.has_parts:
        return [*bars, (_(_LUCK), found.luck, 0.0, True)]
    return [*bars, (_(_DRAW), found.draw, 0.0, True), (_(_OWN), found.own, 0.0, True)]


def _name(effect: Share) -> str:
    names = [heading(name) for name in effect.factors]
    return names[0] if len(names) == 1 else _(_PAIR, one=names[0], other=names[1])
