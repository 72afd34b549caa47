"""Every update rule once more, term by term, in plain floats for one coordinate.

Written from the papers and PyTorch's documentation, not from our equations.  Each function takes
the settings, the point before the update, the gradient seen, the scheduled rate, the number of the
update and the terms of the update before; it returns its own terms, the step among them.
"""

from math import copysign, nan, sqrt


def sign(x):
    return copysign(1.0, x) if x else 0.0


def corrections(o, t):
    return {"correction_beta1": 1 - o.beta1**t, "correction_beta2": 1 - o.beta2**t}


def averages(o, g, old):
    m = o.beta1 * old.get("m", 0.0) + (1 - o.beta1) * g
    v = o.beta2 * old.get("v", 0.0) + (1 - o.beta2) * g**2
    return m, v


def gradient_descent(o, x, g, lr, t, old):
    return {"step": -lr * (g + o.weight_decay * x)}


def momentum(o, x, g, lr, t, old):
    g = g + o.weight_decay * x
    b = g if t == 1 else o.momentum * old["velocity"] + (1 - o.dampening) * g
    return {"velocity": b, "step": -lr * b}


def nesterov(o, x, g, lr, t, old):
    g = g + o.weight_decay * x
    b = o.momentum * old.get("velocity", 0.0) + g
    d = g + o.momentum * b
    return {"velocity": b, "d": d, "step": -lr * d}


def adagrad(o, x, g, lr, t, old):
    g = g + o.weight_decay * x
    s = old.get("s", o.initial_accumulator) + g**2
    divisor = sqrt(s) + o.eps
    return {"s": s, "divisor": divisor, "step": -lr / (1 + (t - 1) * o.lr_decay) * g / divisor}


def mean_square_adagrad(o, x, g, lr, t, old):
    s = old.get("s", 0.0) + g**2
    sigma = sqrt(s / t)
    divisor = sigma + o.eps
    return {"s": s, "sigma": sigma, "divisor": divisor, "step": -lr * g / divisor}


def rmsprop(o, x, g, lr, t, old):
    g = g + o.weight_decay * x
    v = o.alpha * old.get("v", 0.0) + (1 - o.alpha) * g**2
    if t == 1 and o.first_gradient:
        v = g**2
    m = o.alpha * old.get("m", 0.0) + (1 - o.alpha) * g
    variance = v - m**2 if o.centered else v
    sigma = sqrt(variance) if variance >= 0 else nan
    b = o.momentum * old.get("velocity", 0.0) + g / (sigma + o.eps)
    return {
        "v": v,
        "m": m,
        "sigma": sigma,
        "divisor": sigma + o.eps,
        "velocity": b,
        "step": -lr * b,
    }


def adadelta(o, x, g, lr, t, old):
    g = g + o.weight_decay * x
    v = o.rho * old.get("v", 0.0) + (1 - o.rho) * g**2
    d = sqrt(old.get("u", 0.0) + o.eps) / sqrt(v + o.eps) * g
    u = o.rho * old.get("u", 0.0) + (1 - o.rho) * d**2
    return {"v": v, "d": d, "u": u, "step": -lr * d}


def adam(o, x, g, lr, t, old):
    g = g + o.weight_decay * x
    m, v = averages(o, g, old)
    c = corrections(o, t)
    one, two = c.values() if o.bias_correction else (1.0, 1.0)
    divisor = sqrt(v / two) + o.eps
    return {
        "m": m,
        "v": v,
        "m_hat": m / one,
        "v_hat": v / two,
        "divisor": divisor,
        **c,
        "step": -lr * (m / one) / divisor,
    }


def adamw(o, x, g, lr, t, old):
    m, v = averages(o, g, old)
    c = corrections(o, t)
    m_hat, v_hat = m / (1 - o.beta1**t), v / (1 - o.beta2**t)
    divisor = sqrt(v_hat) + o.eps
    step = (1 - lr * o.weight_decay) * x - lr * m_hat / divisor - x
    return {"m": m, "v": v, "m_hat": m_hat, "v_hat": v_hat, "divisor": divisor, **c, "step": step}


def amsgrad(o, x, g, lr, t, old):
    g = g + o.weight_decay * x
    m, v = averages(o, g, old)
    w = max(old.get("w", 0.0), v)
    c = corrections(o, t)
    m_hat, w_hat = m / (1 - o.beta1**t), w / (1 - o.beta2**t)
    divisor = sqrt(w_hat) + o.eps
    return {
        "m": m,
        "v": v,
        "w": w,
        "m_hat": m_hat,
        "w_hat": w_hat,
        "divisor": divisor,
        **c,
        "step": -lr * m_hat / divisor,
    }


def nadam(o, x, g, lr, t, old):
    g = g + o.weight_decay * x
    m, v = averages(o, g, old)
    mu = o.beta1 * (1 - 0.5 * 0.96 ** (t * o.momentum_decay))
    mu_next = o.beta1 * (1 - 0.5 * 0.96 ** ((t + 1) * o.momentum_decay))
    product = old.get("product", 1.0) * mu
    m_bar = (1 - mu) * g / (1 - product) + mu_next * m / (1 - product * mu_next)
    v_hat = v / (1 - o.beta2**t)
    divisor = sqrt(v_hat) + o.eps
    return {
        "m": m,
        "v": v,
        "v_hat": v_hat,
        "mu": mu,
        "mu_next": mu_next,
        "product": product,
        "m_bar": m_bar,
        "divisor": divisor,
        **corrections(o, t),
        "step": -lr * m_bar / divisor,
    }


def radam(o, x, g, lr, t, old):
    g = g + o.weight_decay * x
    m, v = averages(o, g, old)
    m_hat = m / (1 - o.beta1**t)
    rho_inf = 2 / (1 - o.beta2) - 1
    rho = rho_inf - 2 * t * o.beta2**t / (1 - o.beta2**t)
    under = (rho - 4) * (rho - 2) * rho_inf / ((rho_inf - 4) * (rho_inf - 2) * rho)
    r = sqrt(under) if under >= 0 else nan
    divisor = sqrt(v) + o.eps
    l = sqrt(1 - o.beta2**t) / divisor  # noqa: E741
    scale = r * l if rho > 5 else 1.0
    return {
        "m": m,
        "v": v,
        "m_hat": m_hat,
        "rho_inf": rho_inf,
        "rho": rho,
        "r": r,
        "l": l,
        "divisor": divisor,
        "scale": scale,
        **corrections(o, t),
        "step": -lr * scale * m_hat,
    }


def adamax(o, x, g, lr, t, old):
    g = g + o.weight_decay * x
    m, _ = averages(o, g, old)
    u = max(o.beta2 * old.get("u", 0.0), abs(g) + o.eps)
    m_hat = m / (1 - o.beta1**t)
    return {"m": m, "u": u, "m_hat": m_hat, **corrections(o, t), "step": -lr * m_hat / u}


def rprop(o, x, g, lr, t, old):
    s = sign(g * old.get("direction", 0.0))
    delta = lr if t == 1 else old["delta"]
    if s > 0:
        delta *= o.eta_plus
    elif s < 0:
        delta *= o.eta_minus
    delta = min(max(delta, o.step_min), o.step_max)
    direction = 0.0 if s < 0 else g
    return {"s": s, "delta": delta, "direction": direction, "step": -delta * sign(direction)}


def lion(o, x, g, lr, t, old):
    m = old.get("m", 0.0)
    u = sign(o.beta1 * m + (1 - o.beta1) * g)
    return {"u": u, "m": o.beta2 * m + (1 - o.beta2) * g, "step": -lr * (u + o.weight_decay * x)}


def newton(o, x, g, lr, t, old):
    H, i = old["H"], old["i"]
    own, other, beside = H[i, i] + o.damping, H[1 - i, 1 - i] + o.damping, H[0, 1]
    det = own * other - beside**2
    d = (other * g - beside * old["other"]) / det
    return {"a": own, "det": det, "d": d, "step": -lr * d}


BY_HAND = {
    "GradientDescent": gradient_descent,
    "Momentum": momentum,
    "Nesterov": nesterov,
    "Adagrad": adagrad,
    "MeanSquareAdagrad": mean_square_adagrad,
    "RMSProp": rmsprop,
    "Adadelta": adadelta,
    "Adam": adam,
    "AdamW": adamw,
    "AMSGrad": amsgrad,
    "NAdam": nadam,
    "RAdam": radam,
    "Adamax": adamax,
    "Rprop": rprop,
    "Lion": lion,
    "Newton": newton,
}
