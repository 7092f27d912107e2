"""Two hundred texts that are no formulas, from people who mean no good."""

_PYTHON = [
    "__import__('os').system('id')", "__import__", "().__class__", "x.__class__", "x.real", "x[0]", "[x]", "{x}",
    "{x: x}", "(x, x)", "x if x else x", "lambda: x", "lambda x: x", "f'{x}'", "'x'", '"x"', "b'x'", "x := 2",
    "(x := 2)", "x = 2", "x == 2", "x != 2", "x is x", "x in x", "not x", "x and x", "x or 1", "True", "False", "None",
    "...", "x; x", "x\nx", "x\rx", "x\tx", "x # x", "x \\\n + 1", "*x", "**x", "max(*x)", "max(**x)", "max(x, key=x)",
    "max(x for x in x)", "[x for x in x]", "yield x", "await x", "async", "import os", "del x", "pass", "return x",
    "raise x", "assert x", "global x", "exec('x')", "eval('x')", "compile(x)", "open(x)", "print(x)", "getattr(x, x)",
    "globals()", "locals()", "vars()", "dir()", "type(x)", "object()", "id(x)", "input()", "breakpoint()", "exit()",
    "np.exp(x)", "math.pi", "os", "sys", "x@x", "x//2", "x%2", "x&x", "x|x", "~x", "x<<2", "x>>2", "x!", "`x`",
    "$x", "x?", "x$", "@x", "x:2", "0x10*x", "0b1*x", "0o7*x", "1_000*x", "1j*x", "1e*x", "1.2.3*x", "1__0*x", "x_1",
    "_x", "__x__", "__debug__", "exp(__x__)", "x(2)", "pi(x)", "2(x)", "(x)(x)", "sin(x)(x)", "sin()(x)", "exp(exp)",
]  # fmt: skip
_SIZES = [
    "9**9**9", "9^9^9*x", "x^(9^9^9)", "x^1e9", "x^-1e9", "x^101", "2^(2^(2^(2^(2^x))))^1e3", "1e999*x", "1e308*10*x",
    "1/0*x", "0/0*x", "log(0)*x", "log(-1)*x", "sqrt(-1)*x", "(-1)^0.5*x", "exp(1000)*x", "cosh(1e4)*x", "x*0^-1",
    "(" * 5000 + "x" + ")" * 5000, "(" * 90 + "x" + ")" * 90, "(" * 21 + "x" + ")" * 21, "sin(" * 40 + "x" + ")" * 40,
    "-" * 180 + "x", "+" * 100_000 + "x", "--x", "+-x", "not not x > 0", "x" * 150, "x+" * 90 + "x",
    "x^" * 98 + "x", "1" * 5000 + "*x", "x" + "+1" * 1_000_000, "max(" + "x," * 90 + "x)" + "+1", "e" * 100_000,
    "(" * 100_000, ")" * 100_000, "[" * 200, "x^" * 5000, "sin " * 40 + "x", "9" * 199 + "x", "1e" + "9" * 150 + "*x",
    "+".join(f"sin({i}*x)" for i in range(25)), "*".join(f"(x+{i})" for i in range(30)), "1" + "-1" * 90, "0" * 180,
]  # fmt: skip
_SIGNS = [
    "", " ", "   ", "\0", "x\0", "x+\0", "\ufeffx", "x\u200b", "\u202ex", "х", "х+1", "х*sigmoid(1.702*х)", "𝑥", "𝐱^2",
    "ｘ", "x²", "x³", "√x", "∞*x", "π*x", "е^x", "sіn(x)", "ѕin(x)", "ехр(x)", "１*x", "٣*x", "२*x", "x＋1", "x﹢1",
    "x⁄2", "x∗2", "x‐1", "x–1", "x—1", "x﹣1", "(x）", "（x)", "x\u00a0+1", "x\u3000+1", "x\u2028+1", "🙂", "x+🙂",
    "ſin(x)", "ﬁn(x)", "\ud800", "x\udfff", "é*x", "x\u0301", "e\u0301xp(x)", "µ*x", "Ω", "x≤2", "x≥2", "x≠2", "x→2",
    "|x|", "x‖x",
]  # fmt: skip
_SHAPES = [
    "x+", "*x", "x**", "x x", "2x", "x2", "x 2", "2 3*x", "(x", "x)", "()", "x()", "sin", "sin x", "sin()",
    "sin(x, x)", "max(x)", "max()", "max(x,)", "max(,x)", "min(x,,x)", ",x", "x,", "x,x", "where(x)", "where(x, 1, 2)",
    "where(x>0, 1)", "where(1>0, x, 1)", "where(x>0, x>1, 1)", "x>0", "x>0>x", "(x>0)+1", "sin(x>0)", "x<>0", "x>=<0",
    "where(not x, 1, x)", "y", "X", "z", "t*x", "sigmod(x)", "exp x", "3", "pi", "2*pi", "exp(1)", "0*log(0)", "x^^2",
    "x***2", "x/*2", "./x",
]  # fmt: skip

HOSTILE = [*_PYTHON, *_SIZES, *_SIGNS, *_SHAPES]
