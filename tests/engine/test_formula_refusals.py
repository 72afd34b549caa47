"""What is no formula is refused: at once, cheaply, with a sentence that points at the place."""

import ast
import re
import signal
import string
import tracemalloc

import pytest

import playground.surfaces.formula.expression as expression
from playground.surfaces.formula import Formula
from playground.surfaces.formula.errors import FormulaError

# One text each, three blanks apart.
ATTACKS = r"""
__import__('os').system('ls')   __import__("os")   eval('x')   exec('x')   open('/etc/passwd')
open(x)   compile(x, y, x)   globals()   locals()   vars()   dir()   print(x)   input()   exit()
quit()   help()   breakpoint()   getattr(x, y)   setattr(x, y, 1)   type(x)   id(x)
memoryview(x)   bytearray(999999999)   bytes(999999999)   range(10**9)   list(range(10**9))
sum(x)   map(sin, x)   x.__class__   x.__class__.__bases__
().__class__.__bases__[0].__subclasses__()   (1).__class__   1..__class__   1.0.real   x.real
x.T   x.dtype   sin.__globals__   sin.__self__   sin(x).__class__   np.sin(x)   numpy.load(x)
math.sin(x)   os.system(x)   x[0]   x[:]   x[0:1]   [x]   [x, y]   {x}   {x: y}   {}   []
(x, y)   x, y   (x,)   ()   'x'   "x"   '''x'''   b'x'   r'x'   u"x"   f'{x}'   f"{x.__class__}"
'a' * 999999999   "a" + "b"   lambda: x   lambda x: x   lambda x, y: x + y   (lambda: 0)()
[i for i in range(9)]   {i for i in x}   (i for i in x)   {i: i for i in x}   (x := 3)   x := 3
x = 3   x == y   x != y   x < y   x <= y   x > y   x >= y   x < y < 1   x <> y   x if y else 1
x if x > 0 else -x   x and y   x or y   not x   x in y   x not in y   x is y   x is not y
await x   yield x   yield   import os   from os import system   del x   pass   return x
raise x   assert x   global x   for i in x: x   while 1: x   if x: y   def f(): x
class A: pass   with x: y   try: x   @x   x; y   x;   x: y   x -> y   x & y   x | y   x ^ y   ~x
x << 2   x >> 2   x // y   x % y   x @ y   x ** ** y   x *** y   x */ y   x /* y */   x +* y
sin(x=x)   sin(**x)   sin(*x)   max(*x)   max(x, *y)   max(x, y, key=sin)   max(x, y, default=0)
max(x for x in y)   sin   sin + 1   sin * x   sin(sin)   x + sin   -sin   x(1)   x(y)   pi(x)
e(x)   2(x)   (x)(y)   (x) (y)   sin(x)(y)   sin(x) cos(y)   (sin)(x)   (sin)(x) + y
+sin(x)cos(y)   ...   x...   None   True   False   True*x   x + None   __debug__   __name__   _
_x   x_   NotImplemented   Ellipsis   self   x#y   x # a comment   # x   x\y   x\   \x41
\u0078   $x$   `x`   x?   x!   x!y   @   ~   &   |   $   <script>alert(1)</script>
<img src=x onerror=alert(1)>   x<b>y</b>   x&lt;y   javascript:alert(1)
[x](http://example.org)   **x**   x**y**   ${x}   {{x}}   %s   x; drop table   ${jndi:ldap://x}
../../etc/passwd
"""

NUMBERS = r"""
1j*x   x + 1J   1.5j + x   1e3j*x   1_000*x   x + 1_0.5   0x10*x   0XFF + x   0o17*x   0b11*x
0777*x   01*x   00.5*x   1e999*x   x - 1e400   1e13*x   10000000000001 + x
99999999999999999999999999999999999999*x   1e-400*x   0.0000000000000000000000000000000000001*x
x + 1e-31   inf*x   -inf + x   x + nan   infinity*x   Infinity + x   NaN*x   oo + x   1.2.3*x
1..2*x   1.5.*x   1e*x   1e+*x   1e5.5*x   1ex   1e5e5*x   1 000*x   x + 1 2   9**9**9
9**9**9 + x   9**9**9**9**9*x   x**9**9**9   x**1000   x**-101   x**(10*10+1)   x**1e12
(x+y)**(50+51)   2**(2**7)*x   x*(1e12)**(1e12)   (1e12)**99*x   x + exp(1000)
exp(exp(exp(9)))*x   cosh(1e3) + x   x/0   x/(1-1)   1/0*x   x + 0/0   x/sin(0)   0**-1*x
0**(-0.5) + x   sqrt(-1)*x   (-8)**(1/3)*x   (-1)**0.5 + x   log(0)*x   log(-1) + x
log2(0) + x   log10(-3)*x   asin(2) + x   acos(-1.5)*x   x + hypot(exp(700), 1)**2   3   3 + 4
pi   e**pi   sin(1)   max(1, 2)   -1.5   0
"""

BROKEN = r"""
x +   x -   x *   x /   x **   * x   / x   ** x   +   -   *   /   **   ,   .   x.   .x   x . y
x,   ,x   x,,y   sin(   sin)   sin()   sin(,)   sin(x   sin x)   sin(x,   sin(x))   sin(x, y)
sin(x,)   cos()   atan2(x)   atan2(x, y, 1)   hypot(x)   hypot(x, y, 1)   hypot()   min(x)
max(x)   max()   max(,)   max(x,)   max(,x)   max(x,,y)   max(x y)   exp(x, 2)   log(x, 2)
log(x, 10)   sqrt(x, y)   abs(x, y)   (   )   )(   ((x)   (x))   (x   x)   ()x   x()   ()()
(x + )   ( + )   (x)(   x (y   x + (y   x + y)   x y   x 2   2 x   2x   x2   x2y   2xy   xy   yx
xx   xyx   x(x+1)   2(x+1)   (x+1)2   (x+1)x   (x+1)(x-1)   )x(   2sin(x)   2 pi x   pix   2pi*x
ex   x e   sinx   sin x   sin 2x   cosy   sqrtx   sqrt x   sin**2(x)   sin^2(x)   sin2(x)
exp x   log x   foo   foo(x)   z   z**2   x + z   t   r   theta   x1 + x2   x0   x1   f(x)
f(x,y)   f(x,y)=x**2   f(x, y) = x**2 + y**2   z=x**2   z = x*y   y = x**2   x**2 = 0
x**2 + y**2 == 1   X   Y   X**2 + Y**2   SIN(x)   Sin(x)   PI*x   Pi*x   E**x   x*Y   x^2
x^2 + y^2   e^x   e^(-x)   x^-1   2^x   x**2^3   x*^2   |x|   |x - y|   ||x||   1,5*x   x + 0,5
x**1,5   (1,5)*x   3,14*sin(x)   sin(1,5*x)   max(1,5*x, y)   min(x, 2,5)   hypot(1,5*x, y)
ln(x)   Ln(x)   LN(x)   lg(x)   ld(x)   arctan(x)   arcsin(x)   arccos(x)   arctan2(y, x)
asinh(x)   acosh(x)   atanh(x)   sen(x)   tg(x)   ctg(x)   cot(x)   sec(x)   csc(x)   cbrt(x)
root(x)   sqr(x)   pow(x, 2)   power(x, 2)   floor(x)   ceil(x)   round(x)   sign(x)   sgn(x)
mod(x, 2)   fabs(x)   expm1(x)   log1p(x)   erf(x)   gamma(x)   factorial(x)   sum(x, y)
mean(x, y)   maximum(x, y)   sine(x)   cosinus(x)   tangent(x)   5!   x!   50%   x%   30°   2:3
x:y   x'   f'(x)   \frac{x}{y}   \sin(x)   \sqrt{x}   x^{2}   x_1   [x+1]*2   {x+1}*2   x;y   x=
=x   x**2 +   x**2 ++   x--   x++   x y z   hello   x squared   x plus y   minimum of x
"""

SIGNS = [
    "x²",
    "x³ + y",
    "x⁻¹",
    "xⁿ",
    "2×x",
    "2·x",
    "2⋅x",
    "2∙x",
    "2•x",
    "2∗x",
    "x÷2",
    "x∕2",
    "x⁄2",
    "x−y",
    "x–y",
    "x—y",
    "−x",
    "x‐1",
    "√x",
    "√(x)",
    "∛x",
    "π*x",
    "2π",
    "∞",
    "x∞",
    "½*x",
    "¼ + x",
    "x≤y",
    "x≥y",
    "x≠y",
    "x≈y",
    "x→y",
    "∂x",
    "∑x",
    "∫x",
    "λ*x",
    "θ",
    "α + x",
    "µ*x",
    "x°",
    "x′",
    "х",
    "у",
    "х + у",
    "x + у",
    "ｘ",
    "ｙ**2",
    "𝑥",
    "𝒙 + 𝒚",
    "ⅹ",
    "ｓin(x)",
    "sin（x）",
    "ѕin(x)",
    "ﬁ(x)",
    "ℯ**x",
    "ℼ",
    "ᴨ*x",
    "x＋y",
    "x＊y",
    "x＝y",
    "x，y",
    "x＾2",
    "１*x",
    "x + ２",
    "٣*x",
    "x٠",
    "१*x",
    "x१",
    "𝟐*x",
    "x\u00a0+ y",
    "x\u2003y",
    "x\u200by",
    "\u200bx",
    "x\u200d",
    "\ufeffx",
    "x\u202ey",
    "\u202ex",
    "x\u2066y",
    "x\u0301",
    "x\u0338",
    "e\u0301",
    "sin\u00a0(x)",
    "x\u2028y",
    "x\u2029y",
    "x\x85y",
    "x\x00",
    "\x00",
    "x\x00y",
    "x\ny",
    "x\n",
    "\nx",
    "x\r\ny",
    "x\r",
    "(x\n)",
    "x\n+ y",
    "x\x0by",
    "x\x0c",
    "x\x1b[31m",
    "x\x08y",
    "x\x7f",
    "\x07",
    "x\ud800",
    "\udcff",
    "x😀",
    "😀",
    "x”",
    "“x”",
    "‘x’",
    "«x»",
    "x…",
    "…",
    "x\\\ny",
    "x + \\\n y",
    "x\U000e0078",
    "\U0010ffff",
]

LARGE = [
    "",
    " ",
    "   ",
    "\t",
    " \t ",
    "x" * 501,
    "x" + " " * 500,
    " " * 501,
    "x+" * 250 + "x",
    "9" * 501,
    "x**" * 200 + "x",
    "(" * 41 + "x" + ")" * 41,
    "(" * 249 + "x" + ")" * 249,
    "(" * 500,
    ")" * 500,
    "((x))" * 90,
    "sin(" * 41 + "x" + ")" * 41,
    "sin(" * 100 + "x" + ")" * 100,
    "-" * 41 + "x",
    "+" * 499 + "x",
    "-" * 199 + "x",
    "- " * 150 + "x",
    "x" + "**x" * 45,
    "2**" * 99 + "x",
    "x**-" * 60 + "x",
    "x+" * 100 + "x",
    "x*" * 101 + "x",
    "max(" + "x," * 199 + "y)",
    "x" + "+1" * 100,
    "x" * 500,
    "e" * 400,
    "pi" * 200,
    "log2" * 120,
    "log10" * 100 + "q",
    "sin" * 166,
    "xy" * 250,
    "1" * 500,
    "0." + "0" * 400 + "1*x",
    "1e" + "9" * 400,
    "1e-" + "9" * 400 + "*x",
    "." * 500,
    "," * 500,
    "*" * 500,
    "x," * 250,
    "(" * 200 + ")" * 200,
    "[" * 500,
    "{" * 500,
    "'" * 500,
    "\\" * 500,
    "\x00" * 500,
    "\n" * 500,
    "х" * 500,
    "😀" * 500,
    "x" * 10**6,
    "(" * 10**6,
    "9" * 10**6,
    "9**" * 10**5 + "9",
    "-" * 10**6 + "x",
    "\x00" * 10**6,
    "x+" * 10**5 + "x",
    "𝑥" * 10**5,
]

NOT_TEXT = [
    None,
    True,
    3,
    2.5,
    1j,
    b"x",
    bytearray(b"x"),
    ["x"],
    ("x",),
    {"x": 1},
    {"x"},
    object(),
    len,
    str,
    Formula,
    lambda x: x,
    float("nan"),
    range(3),
    memoryview(b"x"),
]

LISTED = re.split("\n+|   ", (ATTACKS + NUMBERS + BROKEN).strip("\n"))
REFUSED = [*LISTED, *SIGNS, *LARGE]


@pytest.fixture(autouse=True)
def guard_against_hanging():
    """Not a timing test: it only turns an endless parse into a failure."""

    def hang(*_):
        raise TimeoutError("the refusal hangs")

    previous = signal.signal(signal.SIGALRM, hang)
    signal.setitimer(signal.ITIMER_REAL, 10)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, previous)


def refusal_of(text) -> str:
    with pytest.raises(ValueError, match=r"\w+ \w+") as caught:
        Formula(text)
    assert isinstance(caught.value, FormulaError) or not isinstance(text, str)
    return str(caught.value)


def test_there_are_hundreds_of_different_bad_inputs():
    assert len(set(REFUSED)) > 600


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: ascii(text[:30]))
def test_what_is_no_formula_is_refused_with_a_sentence(text):
    message = refusal_of(text)
    assert message.endswith(".")
    assert message.isprintable(), "control and bidirectional characters stand as codes"
    assert len(message) < 1200


@pytest.mark.parametrize("text", LARGE, ids=lambda text: ascii(text[:30]))
def test_a_refusal_takes_little_memory(text):
    refusal_of("x^2")
    tracemalloc.start()
    refusal_of(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2e6


@pytest.mark.parametrize("text", NOT_TEXT, ids=lambda value: type(value).__name__)
def test_what_is_not_text_is_refused_as_a_value_error(text):
    assert refusal_of(text)
    with pytest.raises(ValueError, match="A formula is text"):
        expression.parse(text)


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("x^2", "character 2, '^'", "**"),
        ("y + x²", "character 6, '²'", "x**2"),
        ("1 + 2x", "character 5, '2x'", "2*x"),
        ("2(x+1)", "character 1, '2('", "2*(...)"),
        ("(x+1)(x-1)", "character 5, ')('", "(...)*(...)"),
        ("y*xy", "character 3, 'xy'", "x*y"),
        ("x2", "character 1, 'x2'", "x**2"),
        ("sinx", "character 1, 'sinx'", "sin(x)"),
        ("1 + sin x", "character 5, 'sin'", "sin(x)"),
        ("ln(x)", "character 1, 'ln'", "log(x)"),
        ("arctan(x)", "'arctan'", "atan(x)"),
        ("sen(x)", "'sen'", "sin(x)"),
        ("X", "character 1, 'X'", "small letters: x"),
        ("|x|", "character 1, '|'", "abs(x)"),
        ("1,5*x", "character 1, '1,5'", "1.5"),
        ("sin(1,5*x)", "character 5, '1,5'", "point"),
        ("max(1,5*x, y)", "character 5, '1,5'", "1.5 for one number"),
        ("2·x", "character 2, '·'", "2*x"),
        ("x−y", "character 2, '−'", "minus"),
        ("z = x", "character 1, 'z ='", "only the height"),
        ("  x + $", "character 7, '$'", "means nothing"),
        ("x + (y", "character 5, '('", "never closed"),
        ("x + y)", "character 6, ')'", "never opened"),
        ("x + ", "character 3, '+'", "missing after"),
        ("x + х", "character 5, 'х'", "cyrillic small letter ha"),
        ("x\u202e", r"character 2, '\u202e'", "right-to-left override"),
        ("x\n+y", r"character 2, '\n'", "single line"),
        ("x + exp(1000)", "character 5, 'exp(1000)'", "too large"),
        ("  x + sqrt(-1)", "character 7, 'sqrt(-1)'", "not a real number"),
        ("x + y**200", "character 5, 'y**200'", "at most 100"),
        ("y + x/(1-1)", "character 5, 'x/(1-1)'", "divides by zero"),
        ("atan2(x)", "'atan2(x)'", "takes 2 arguments, not 1"),
        ("x//2", "character 2, '//'", "single /"),
        ("sine(x)", "'sine'", "sin(x)"),
        ("sqrrt(x)", "'sqrrt'", "did you mean sqrt"),
    ],
)
def test_the_sentence_points_at_the_place_and_says_what_to_write(text, place, hint):
    message = refusal_of(text)
    assert place in message
    assert hint in message


@pytest.mark.parametrize("sign", sorted(set(string.printable) - set(" \t()*+,-./xye0123456789")))
def test_no_other_keyboard_character_means_anything_beside_x(sign):
    refusal_of(f"x{sign}")
    refusal_of(f"{sign}x")
    refusal_of(f"x{sign}y")


@pytest.mark.parametrize(
    "source",
    [
        "x.real",
        "x[0]",
        "x[0:1]",
        "'x'",
        "b'x'",
        "f'{x}'",
        "1j",
        "True",
        "None",
        "...",
        "[x]",
        "(x, y)",
        "{x}",
        "{x: y}",
        "lambda: x",
        "[x for x in y]",
        "(x for x in y)",
        "x if y else 1",
        "x < y",
        "x and y",
        "not x",
        "~x",
        "x // y",
        "x % y",
        "x @ y",
        "x ^ y",
        "x | y",
        "x & y",
        "x << y",
        "x >> y",
        "(x := y)",
        "sin(*x)",
        "sin(x=y)",
        "sin(x, y=x)",
        "sin(**x)",
        "sin.x(y)",
        "x(y)",
        "z",
        "eval(x)",
        "sin(x)(y)",
        "(sin)",
        "10**400",
        "sin()",
        "sin(x, y)",
        "max(x)",
    ],
)
def test_the_whitelist_of_the_tree_holds_without_the_gates_before_it(source):
    node = ast.parse(source, mode="eval").body
    with pytest.raises(ValueError, match=r"At character"):
        expression._Builder(source, 0).build(node, 0)
